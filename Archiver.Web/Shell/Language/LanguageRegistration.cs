using System.Globalization;
using Archiver.Web.Api;
using Microsoft.AspNetCore.Localization;
using MudBlazor;

namespace Archiver.Web.Shell.Language;

/// <summary>Registers whose language and whose way to write numbers a page has.</summary>
internal static class LanguageRegistration
{
    public static IServiceCollection AddLanguage(this IServiceCollection services) => services.AddScoped<ViewerCulture>().AddTransient<MudLocalizer, MudTexts>();

    /// <summary>
    /// Pages and circuits follow what was chosen (a cookie), else what the browser asks for: its language as far as there is one, its numbers and
    /// dates in any case. The API speaks English to everybody: programs read it.
    /// </summary>
    public static void UseLanguage(this IApplicationBuilder app)
    {
        // What nobody reads in their own language, the API, logs and records, is the same whatever the machine's language is.
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (CultureInfo.InvariantCulture, Languages.English);
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments(ApiEndpoints.Prefix),
            pages => pages.UseRequestLocalization(new RequestLocalizationOptions
            {
                DefaultRequestCulture = new RequestCulture(CultureInfo.GetCultureInfo("en-US"), Languages.English),
                SupportedCultures = CultureInfo.GetCultures(CultureTypes.SpecificCultures | CultureTypes.NeutralCultures).Where(culture => culture.Name.Length > 0).ToList(),
                SupportedUICultures = [.. Languages.All],
                // An address is the same for everybody: the language is the reader's.
                RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()],
            }));
    }
}

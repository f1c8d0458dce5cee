using System.Globalization;

namespace Archiver.Web.Tests.Shell.Language;

/// <summary>What runs while it is held is read by somebody who speaks a language, and writes numbers as is usual there.</summary>
internal sealed class InLanguage : IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _language = CultureInfo.CurrentUICulture;

    private InLanguage(string culture, string language) =>
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(culture), CultureInfo.GetCultureInfo(language));

    public static InLanguage German() => new("de-DE", "de");

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _language);
}

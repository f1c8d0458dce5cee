using System.Text.Json;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.SignIn;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Display;
using Archiver.Web.Shell.Hardening;
using Archiver.Web.Shell.Language;
using Archiver.Web.Shell.Welcome;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MudBlazor;
using MudBlazor.Services;

namespace Archiver.Web.Shell;

/// <summary>Registers the frame that every page stands in: components, layout, theme, health.</summary>
internal static class ShellRegistration
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(configuration =>
        {
            configuration.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            configuration.SnackbarConfiguration.PreventDuplicates = false;
            configuration.SnackbarConfiguration.ShowTransitionDuration = 100;
            configuration.SnackbarConfiguration.HideTransitionDuration = 100;
        });
        services.AddHealthChecks();
        services.AddRequestLimits();
        services.AddSecurityHeaderPolicies()
            .AddPolicy(SecurityHeaders.ForeignPicture, SecurityHeaders.AddForeignPicture)
            .AddPolicy(SecurityHeaders.ForeignDocument, SecurityHeaders.AddForeignDocument);
        services.AddSingleton<SecondTicker>();
        services.AddScoped<CommandExecutor>();
        services.AddScoped<ViewerTime>();
        services.AddLanguage();
        services.AddWelcome();
        return services;
    }

    public static void UseShell(this WebApplication app)
    {
        app.UseSecurityHeaders(SecurityHeaders.Create());
        if (!app.Services.GetRequiredService<SignInOptions>().HasProvider) app.UseLoopbackGuard();
        app.UseSameOriginGuard();
        app.UseLanguage();
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseAuthentication();
        app.UseRateLimiter(); // it counts by person
        app.UseSignIn();
        app.UseAntiforgery();
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        // The frame's ancestors are part of the one policy that goes with every answer.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null).Add(NeedSession);
        // Live: the process answers. Ready: what it stands on answers, too.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteHealthAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteHealthAsync }).AllowAnonymous();
    }

    // The circuit's own addresses. It opens for whoever is signed in, and tells those who may see nothing so.
    private static void NeedSession(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder route && route.RoutePattern.RawText?.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal) == true)
            endpoint.Metadata.Add(new AuthorizeAttribute(AccessPolicies.SignedIn));
    }

    private static Task WriteHealthAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => new
            {
                status = entry.Value.Status.ToString(),
                description = entry.Value.Description,
                data = entry.Value.Data,
            }),
        },
        JsonSerializerOptions.Web,
        context.RequestAborted);
}

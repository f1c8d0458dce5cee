using System.Text.Json;
using Archiver.Web.Cloud;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Display;
using Archiver.Web.Shell.Hardening;
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
        services.AddSingleton<SecondTicker>();
        services.AddScoped<CommandExecutor>();
        services.AddScoped<ViewerTime>();
        return services;
    }

    public static void UseShell(this WebApplication app, CloudMode mode)
    {
        app.UseSecurityHeaders(SecurityHeaders.Create());
        if (mode == CloudMode.Local) app.UseLoopbackGuard();
        app.UseSameOriginGuard();
        app.UseRateLimiter();
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseAntiforgery();
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets();
        // The frame's ancestors are part of the one policy that goes with every answer.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        // Live: the process answers. Ready: what it stands on answers, too.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteHealthAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteHealthAsync });
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

using System.Net;
using Archiver.Infra.LocalCloud;
using Archiver.Web.Cloud;

namespace Archiver.Web.Shell;

/// <summary>
/// Keeps a dashboard that has no provider to sign in at to the machine it runs on: it binds loopback addresses only, and
/// answers a request only when its peer and the host that it names are loopback (a page of another host, rebound by DNS to
/// 127.0.0.1, still names its own host).
/// </summary>
internal static class LoopbackGuard
{
    /// <summary>Checks the addresses that the settings name.</summary>
    /// <exception cref="StartupException">One of them is not loopback.</exception>
    public static void CheckAddresses(IConfiguration configuration) => CheckAddresses(
        (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>()));

    /// <summary>Checks addresses that the dashboard is bound to, or is to be.</summary>
    /// <exception cref="StartupException">One of them is not loopback.</exception>
    public static void CheckAddresses(IEnumerable<string> addresses)
    {
        string[] outside = [.. addresses.Where(url => !Loopback.IsHost(BindingAddress.Parse(url).Host))];
        if (outside.Length == 0) return;
        throw new StartupException([.. outside.Select(url =>
            $"urls names {url}, which other machines reach, and SignIn:Authority names no provider to sign in at: without one, whoever reads this terminal signs in "
            + "with every role, and the dashboard answers on this machine only, as with http://localhost:5080.")]);
    }

    /// <summary>Adds the check of every request.</summary>
    public static void UseLoopbackGuard(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        bool peerIsLocal = context.Connection.RemoteIpAddress is not { } peer || IPAddress.IsLoopback(peer);
        if (peerIsLocal && Loopback.IsHost(context.Request.Host.Host)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This dashboard answers on the machine that it runs on only.");
    });
}

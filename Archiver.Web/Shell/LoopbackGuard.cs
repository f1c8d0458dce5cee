using System.Net;
using Archiver.Infra.LocalCloud;
using Archiver.Web.Cloud;

namespace Archiver.Web.Shell;

/// <summary>
/// Keeps a dashboard that has no sign-in to the machine it runs on: in local mode it binds loopback addresses only, and
/// answers a request only when its peer and the host that it names are loopback (a page of another host, rebound by DNS to
/// 127.0.0.1, still names its own host).
/// </summary>
internal static class LoopbackGuard
{
    /// <exception cref="StartupException">In local mode, an address in <c>urls</c> is not loopback.</exception>
    public static void CheckAddresses(IConfiguration configuration, CloudMode mode)
    {
        if (mode != CloudMode.Local) return;
        string[] outside = [.. (configuration["urls"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(url => !Loopback.IsHost(BindingAddress.Parse(url).Host))];
        if (outside.Length == 0) return;
        throw new StartupException([.. outside.Select(url =>
            $"urls names {url}: without sign-in the dashboard answers on this machine only, as with http://localhost:5080.")]);
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

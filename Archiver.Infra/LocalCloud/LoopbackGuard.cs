using Archiver.Infra.LocalCloud.Wire;
using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud;

/// <summary>
/// Keeps web pages away from the endpoint, which asks nobody for a password. A page that a developer happens to have open can send
/// requests to 127.0.0.1: by itself (the browser then adds <c>Origin</c> or <c>Sec-Fetch-*</c>), or under a name of its own
/// that resolves to 127.0.0.1 (the <c>Host</c> header then has that name). No AWS client does either.
/// </summary>
internal static class LoopbackGuard
{
    /// <summary>Lets a request pass, or answers it with 403 and the reason.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        Reason(context.Request) is { } reason ? RefuseAsync(context.Response, reason) : next(context);

    private static string? Reason(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
            return "The local cloud answers only to the hosts 127.0.0.1, localhost, [::1] and names under localhost.";
        if (request.Headers.ContainsKey("Origin") || request.Headers.Keys.Any(name => name.StartsWith("Sec-Fetch-", StringComparison.OrdinalIgnoreCase)))
            return "The local cloud does not answer browsers.";
        return null;
    }

    // A bucket may stand before the host's name, as in bucket.s3.localhost; no name under localhost is anybody else's (RFC 6761).
    private static bool IsLoopback(string host) => Loopback.IsHost(host) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpResponse response, string reason)
    {
        RequestBodies.LeaveUnread(response.HttpContext);
        response.StatusCode = StatusCodes.Status403Forbidden;
        return response.WriteAsJsonAsync(new { __type = "AccessDeniedException", message = reason });
    }
}

using Microsoft.Extensions.Primitives;

namespace Archiver.Web.Shell.Hardening;

/// <summary>
/// Keeps the pages of other sites from acting with a signed-in person's cookie. A browser says where a request comes from
/// (<c>Origin</c>, <c>Sec-Fetch-Site</c>); what would change something, and every way into a circuit, is answered to this site's own pages
/// only. A WebSocket, which no same-origin policy of the browser holds back, is checked like the rest.
/// </summary>
/// <remarks>A client that is no browser sends neither header, and has no cookie of somebody else's.</remarks>
internal static class SameOriginGuard
{
    private const string Circuits = "/_blazor";

    /// <summary>Adds the check of every request.</summary>
    /// <param name="app">The application.</param>
    /// <param name="exempt">Paths that another site's form is meant to post to: a sign-in provider's answers, which carry a proof of their own.</param>
    public static void UseSameOriginGuard(this IApplicationBuilder app, params PathString[] exempt) => app.Use((context, next) =>
    {
        if (!Acts(context.Request) || exempt.Contains(context.Request.Path) || IsOwn(context.Request)) return next(context);
        return TypedResults.Problem("The request comes of another site's page.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    });

    private static bool Acts(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || request.Path.StartsWithSegments(Circuits);

    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out StringValues site) && site is not ["same-origin"]) return false;
        if (!request.Headers.TryGetValue("Origin", out StringValues origin)) return true;
        // The host tells sites apart; the scheme is the proxy's business where there is one.
        return origin is [{ } text] && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}

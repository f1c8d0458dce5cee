using Microsoft.Net.Http.Headers;
using static Archiver.Web.Identity.IdentityWords;

namespace Archiver.Web.Identity.SignIn;

/// <summary>
/// Lets a request through only where a page of this dashboard sent it: it has the dashboard's own <c>Origin</c>, which no page of
/// another site can claim, and a header that such a page could send only after asking first, which nobody here answers.
/// </summary>
internal sealed class SameOrigin : IEndpointFilter
{
    /// <summary>The header; its value does not matter.</summary>
    public const string Header = "X-Archiver";

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => IsSame(context.HttpContext.Request)
        ? next(context)
        : ValueTask.FromResult<object?>(TypedResults.Problem(L["The request does not come of a page of this dashboard."], statusCode: StatusCodes.Status400BadRequest));

    // Behind a proxy the scheme may be another than the browser's; host and port say enough.
    private static bool IsSame(HttpRequest request) =>
        request.Headers.ContainsKey(Header)
        && Uri.TryCreate(request.Headers[HeaderNames.Origin], UriKind.Absolute, out Uri? origin)
        && (request.Host.Port is { } port
            ? origin.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase) && origin.Port == port
            : origin.IsDefaultPort && origin.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase));
}

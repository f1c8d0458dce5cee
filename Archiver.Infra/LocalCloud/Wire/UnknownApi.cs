using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>Answers what is no service's: never a silent success.</summary>
internal sealed class UnknownApi : IWireApi
{
    public static readonly UnknownApi Instance = new();

    /// <inheritdoc/>
    public bool Accepts(HttpRequest request) => true;

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        return context.Response.WriteAsJsonAsync(new
        {
            __type = "UnknownServiceException",
            message = "The local cloud has no service that answers this request.",
        });
    }
}

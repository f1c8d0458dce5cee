using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>Answers what is no service's: never a silent success.</summary>
internal sealed class UnknownApi : IWireApi
{
    public static readonly UnknownApi Instance = new();

    /// <inheritdoc/>
    public WireProtocol Protocol => WireProtocol.Json;

    /// <inheritdoc/>
    /// <remarks>No signature is good for it.</remarks>
    public string SigningName => "unknown";

    /// <inheritdoc/>
    public long? MaxRequestBytes => null;

    /// <inheritdoc/>
    public bool Accepts(HttpRequest request) => true;

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context) =>
        throw new AwsError("UnknownOperationException", "The local cloud has no service that answers this request.");

    /// <inheritdoc/>
    public Task RefuseAsync(HttpContext context, AwsError error)
    {
        context.Response.StatusCode = error.StatusCode;
        return context.Response.WriteAsJsonAsync(new { __type = error.Code, message = error.Message });
    }
}

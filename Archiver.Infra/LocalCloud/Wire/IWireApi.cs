using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>One service of the local cloud as it stands on the wire: what is its, and how it answers.</summary>
internal interface IWireApi
{
    /// <summary>The shape in which it answers.</summary>
    WireProtocol Protocol { get; }

    /// <summary>The service's name in a signature's credential scope, such as <c>sqs</c>.</summary>
    string SigningName { get; }

    /// <summary>The largest request body, in bytes; of a larger one no more is read. Nothing for a service whose bodies stream, each call with
    /// a limit of its own.</summary>
    long? MaxRequestBytes { get; }

    /// <summary>Whether a request is for this service. The first service that says yes, in the order of registration, has it.</summary>
    bool Accepts(HttpRequest request);

    /// <summary>Answers a request whole, errors included.</summary>
    Task HandleAsync(HttpContext context);

    /// <summary>Answers a request that is refused before the service sees it, in the service's own error shape.</summary>
    Task RefuseAsync(HttpContext context, AwsError error);
}

using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>One service of the local cloud as it stands on the wire: what is its, and how it answers.</summary>
internal interface IWireApi
{
    /// <summary>Whether a request is for this service. The first service that says yes, in the order of registration, has it.</summary>
    bool Accepts(HttpRequest request);

    /// <summary>Answers a request whole, errors included.</summary>
    Task HandleAsync(HttpContext context);
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>The target of a request as it was sent: a web server's own idea of a path is decoded and folded.</summary>
internal static class RequestTarget
{
    /// <summary>The path, and the query without its question mark.</summary>
    public static (string Path, string Query) Split(HttpContext context)
    {
        string target = OriginForm(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        int question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
    }

    /// <summary>The target without scheme and host, which a client sends to what it takes for a proxy.</summary>
    public static string OriginForm(string rawTarget)
    {
        // Some client sends the absolute form, http://HOST/PATH.
        int scheme = rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || rawTarget[0] == '/')
            return rawTarget;
        int path = rawTarget.IndexOf('/', scheme + 3);
        return path < 0 ? "/" : rawTarget[path..];
    }
}

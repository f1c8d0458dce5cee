using Archiver.Infra.LocalCloud.S3.State;
using Microsoft.Net.Http.Headers;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>What conditional headers come to.</summary>
internal enum Verdict
{
    Proceed,

    /// <summary>The client has what it asks for.</summary>
    NotModified,

    /// <summary>A condition does not hold.</summary>
    Failed,
}

/// <summary>The conditional headers of a read, in the order of RFC 9110, section 13.2.2.</summary>
/// <param name="IfMatch">An entity tag, a list of them, or <c>*</c>.</param>
/// <param name="IfNoneMatch">The same, negated.</param>
/// <param name="IfModifiedSince">An HTTP date; one that cannot be read is as if it were not there.</param>
/// <param name="IfUnmodifiedSince">The same, negated.</param>
internal sealed record Preconditions(string? IfMatch, string? IfNoneMatch, string? IfModifiedSince, string? IfUnmodifiedSince)
{
    /// <summary>Those of a GET or HEAD.</summary>
    public static Preconditions OfRead(S3Call call) =>
        new(call.Header("If-Match"), call.Header("If-None-Match"), call.Header("If-Modified-Since"), call.Header("If-Unmodified-Since"));

    /// <summary>Those that a copy has for its source.</summary>
    public static Preconditions OfCopySource(S3Call call) => new(
        call.Header("x-amz-copy-source-if-match"),
        call.Header("x-amz-copy-source-if-none-match"),
        call.Header("x-amz-copy-source-if-modified-since"),
        call.Header("x-amz-copy-source-if-unmodified-since"));

    /// <summary>Decides about an object.</summary>
    /// <param name="etag">Its entity tag, without quotes.</param>
    /// <param name="modified">When it was written; dates in headers have whole seconds.</param>
    public Verdict Decide(string etag, DateTimeOffset modified)
    {
        long second = modified.ToUnixTimeSeconds();
        if (IfMatch is not null)
        {
            if (!ETags.Match(IfMatch, etag))
                return Verdict.Failed;
        }
        else if (Second(IfUnmodifiedSince) < second)
        {
            return Verdict.Failed;
        }
        bool known = IfNoneMatch is not null ? ETags.Match(IfNoneMatch, etag) : Second(IfModifiedSince) >= second;
        return known ? Verdict.NotModified : Verdict.Proceed;
    }

    private static long? Second(string? date) => HeaderUtilities.TryParseDate(date, out DateTimeOffset parsed) ? parsed.ToUnixTimeSeconds() : null;
}

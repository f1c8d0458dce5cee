using Archiver.Infra.LocalCloud.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Archiver.Infra.LocalCloud.Signing;

/// <summary>
/// Lets only requests through that are signed with the local cloud's key. S3's bodies stream on, to be held to what their headers promise
/// while they are stored; those of the other services are read whole first, because the signature covers them.
/// </summary>
internal sealed class SignatureGuard(SigningKey key, CloudIdentity identity, TimeProvider time)
{
    private const string Unsigned = "UNSIGNED-PAYLOAD";
    private const string UnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private const string SignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string SignedChunksAndTrailer = SignedChunks + "-TRAILER";

    // As AWS holds it: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, RequestTimeTooSkewed.
    private static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(15);

    /// <summary>Reads a request's signature and checks all that can be told of it without the body.</summary>
    /// <param name="api">The service that it is for.</param>
    /// <exception cref="AwsError">It is not signed as it must be.</exception>
    public SignatureClaim Read(HttpContext context, IWireApi api)
    {
        SignatureErrors errors = new(api.Protocol);
        HttpRequest request = context.Request;
        string query = RequestTarget.Split(context).Query;
        SignatureClaim claim = SignatureReader.Read(request, query, errors);
        if (!key.Is(claim.AccessKeyId))
            throw errors.UnknownKey();
        if (request.Headers.ContainsKey("X-Amz-Security-Token") || query.Contains("X-Amz-Security-Token=", StringComparison.OrdinalIgnoreCase))
            throw errors.UnknownSession();
        CheckScope(claim, api, errors);
        CheckTime(claim, errors);
        CheckHeaders(request, claim, errors);
        return claim;
    }

    /// <summary>Holds a request to its signature.</summary>
    /// <param name="api">The service that it is for.</param>
    /// <param name="claim">What <see cref="Read"/> gave.</param>
    /// <param name="body">Its body, whole; nothing for S3, whose bodies stream.</param>
    /// <exception cref="AwsError">It is not signed with the key, or not as it is now.</exception>
    public void Verify(HttpContext context, IWireApi api, SignatureClaim claim, ReadOnlyMemory<byte> body)
    {
        SignatureErrors errors = new(api.Protocol);
        HttpRequest request = context.Request;
        (string path, string query) = RequestTarget.Split(context);
        string payload = api.Protocol == WireProtocol.S3 ? PayloadOfS3(request, query, claim) : SigV4.Hash(body.Span);
        byte[] signingKey = key.For(claim.Scope);
        (string, IEnumerable<string?>)[] headers = [.. claim.SignedHeaders.Select(name => (name, request.Headers[name].AsEnumerable()))];
        string canonicalQuery = CanonicalTarget.Query(query);
        // What S3 takes is the path as it was sent; a client that signs the letters that it could have encoded means the same path.
        string[] paths = api.Protocol == WireProtocol.S3 ? [CanonicalTarget.S3Path(path), path] : [CanonicalTarget.Path(path)];
        bool right = false;
        foreach (string canonicalPath in paths)
        {
            string canonical = SigV4.CanonicalRequest(request.Method, canonicalPath, canonicalQuery, headers, payload);
            right |= SigV4.Same(SigV4.Sign(signingKey, SigV4.StringToSign(claim.Timestamp, claim.Scope, canonical)), claim.Signature);
        }
        if (!right)
            throw errors.Mismatch();
        if (payload is SignedChunks or SignedChunksAndTrailer)
        {
            ChunkSignatures chunks = new(signingKey, claim, payload == SignedChunksAndTrailer);
            context.Response.RegisterForDispose(chunks);
            context.Features.Set(chunks);
        }
    }

    private void CheckScope(SignatureClaim claim, IWireApi api, SignatureErrors errors)
    {
        if (claim.Scope.Region != identity.Region)
        {
            throw errors.WrongScope(
                $"The credential's scope is wrong: it should be of the region '{identity.Region}', not '{claim.Scope.Region}'.", identity.Region, claim.IsPresigned);
        }
        if (claim.Scope.Service != api.SigningName)
        {
            throw errors.WrongScope(
                $"The credential's scope is wrong: it should be of the service '{api.SigningName}', not '{claim.Scope.Service}'.", identity.Region, claim.IsPresigned);
        }
    }

    private void CheckTime(SignatureClaim claim, SignatureErrors errors)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (claim.SignedAt - now > AllowedSkew || (claim.Lifetime is null && now - claim.SignedAt > AllowedSkew))
            throw errors.Skewed(claim.Timestamp, now, AllowedSkew);
        if (claim.Lifetime is { } lifetime && now - claim.SignedAt > lifetime)
            throw errors.Expired(claim.SignedAt + lifetime, now);
    }

    private static void CheckHeaders(HttpRequest request, SignatureClaim claim, SignatureErrors errors)
    {
        string[] missing =
        [
            .. request.Headers.Keys.Append("Host")
                .Select(name => name.ToLowerInvariant())
                .Where(name => name == "host" || name.StartsWith("x-amz-", StringComparison.Ordinal))
                .Distinct()
                .Except(claim.SignedHeaders),
        ];
        if (missing.Length > 0)
            throw errors.Unsigned(missing);
    }

    // S3 signs what a header says of the body, and the body is held to that as it streams by.
    private static string PayloadOfS3(HttpRequest request, string query, SignatureClaim claim)
    {
        string payload = S3PayloadHeader(request, query, claim);
        bool streamed = payload is SignedChunks or SignedChunksAndTrailer or UnsignedTrailer;
        bool hashed = payload.Length == 64 && payload.All(char.IsAsciiHexDigit);
        if (!streamed && !hashed && payload != Unsigned)
        {
            throw new AwsError("InvalidArgument", $"x-amz-content-sha256 must be {Unsigned}, {UnsignedTrailer}, {SignedChunks}, {SignedChunksAndTrailer} or a valid sha256 value.")
            {
                Members = new() { ["ArgumentName"] = "x-amz-content-sha256", ["ArgumentValue"] = payload },
            };
        }
        bool encoded = request.Headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.OrdinalIgnoreCase);
        if (encoded && hashed)
            throw new AwsError("InvalidRequest", "A body that is aws-chunked has one of the STREAMING- values in x-amz-content-sha256.");
        if (request.ContentLength is > 0)
            return payload;
        // A call that finds no body does not look for one: that there is to be none is checked here.
        bool transferred = request.Headers.TransferEncoding.Count > 0;
        if (hashed && transferred)
            throw new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
        if ((streamed && !transferred) || (hashed && !payload.Equals(SigV4.EmptyHash, StringComparison.OrdinalIgnoreCase)))
            throw new AwsError("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
        return payload;
    }

    // Read as S3Call reads it, so that what is signed is what is acted on.
    private static string S3PayloadHeader(HttpRequest request, string query, SignatureClaim claim)
    {
        if (request.Headers["x-amz-content-sha256"].ToString() is { Length: > 0 } header)
            return header;
        if (!claim.IsPresigned)
            throw new AwsError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase) && pair.DecodeValue().Span is not Unsigned)
                throw new AwsError("AuthorizationQueryParametersError", $"X-Amz-Content-Sha256 of a presigned URL is {Unsigned}; a hash stands in the header of that name.");
        }
        return Unsigned;
    }
}

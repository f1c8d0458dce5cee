using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Signing;

/// <summary>
/// The refusals of a request that is not signed as it must be, in the words of the protocol that it speaks.
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html and
/// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
/// </summary>
/// <param name="protocol">The protocol.</param>
internal sealed class SignatureErrors(WireProtocol protocol)
{
    private const string BadSignature =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.";

    // The JSON services answer these with 400, all others with 403.
    private int Status => protocol == WireProtocol.Json ? 400 : 403;

    /// <summary>There is no signature.</summary>
    public AwsError Missing() => Of("AccessDenied", "MissingAuthenticationToken", "MissingAuthenticationTokenException", protocol == WireProtocol.S3
        ? "Access Denied: the local cloud takes only requests that are signed with its key."
        : "The request must be signed: the local cloud takes only requests that are signed with its key.");

    /// <summary>The key is not the one, or comes with a session that nobody gave out.</summary>
    public AwsError UnknownKey() => Of("InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException", protocol == WireProtocol.S3
        ? "The AWS Access Key Id you provided does not exist in our records."
        : "The security token included in the request is invalid.");

    /// <summary>A session token came along: the key is one for good.</summary>
    public AwsError UnknownSession() => Of(
        "InvalidToken", "InvalidClientTokenId", "UnrecognizedClientException", "The security token included in the request is invalid: the local cloud gives out no sessions.");

    /// <summary>The signature is not of this request with this key.</summary>
    public AwsError Mismatch() => Of("SignatureDoesNotMatch", "SignatureDoesNotMatch", "InvalidSignatureException", BadSignature);

    /// <summary>The signature is of another service or region.</summary>
    /// <param name="what">Which, and what it must be.</param>
    /// <param name="region">The region that it must be.</param>
    public AwsError WrongScope(string what, string region, bool presigned) => protocol == WireProtocol.S3
        ? new AwsError(presigned ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed", what) { Members = new JsonObject { ["Region"] = region } }
        : Of("", "SignatureDoesNotMatch", "InvalidSignatureException", what);

    /// <summary>It was signed too long ago, or with a clock that is ahead.</summary>
    /// <param name="allowed">How far the two times may be apart.</param>
    public AwsError Skewed(string timestamp, DateTimeOffset now, TimeSpan allowed) => protocol == WireProtocol.S3
        ? new AwsError("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403)
        {
            Members = new JsonObject
            {
                ["RequestTime"] = timestamp,
                ["ServerTime"] = Iso(now),
                ["MaxAllowedSkewMilliseconds"] = (long)allowed.TotalMilliseconds,
            },
        }
        : Of("", "SignatureDoesNotMatch", "InvalidSignatureException",
            $"Signature expired or not yet current: {timestamp} is more than {allowed.TotalMinutes:0} min. from {now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.");

    /// <summary>A presigned URL is past its time.</summary>
    public AwsError Expired(DateTimeOffset end, DateTimeOffset now) => protocol == WireProtocol.S3
        ? new AwsError("AccessDenied", "Request has expired", 403) { Members = new JsonObject { ["Expires"] = Iso(end), ["ServerTime"] = Iso(now) } }
        : Of("", "SignatureDoesNotMatch", "InvalidSignatureException", $"Signature expired: {Iso(end)} is now earlier than {Iso(now)}.");

    /// <summary>A header that has a meaning is not covered by the signature.</summary>
    public AwsError Unsigned(IEnumerable<string> headers) => protocol == WireProtocol.S3
        ? new AwsError("AccessDenied", "There were headers present in the request which were not signed", 403)
        {
            Members = new JsonObject { ["HeadersNotSigned"] = string.Join(", ", headers) },
        }
        : Of("", "SignatureDoesNotMatch", "InvalidSignatureException",
            $"Host and every x-amz- header must be among the SignedHeaders in the Authorization header; missing: {string.Join(", ", headers)}.");

    /// <summary>What should be a signature is none.</summary>
    public AwsError Malformed(string reason, bool presigned) => protocol switch
    {
        WireProtocol.S3 => new AwsError(presigned ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed", $"The authorization is malformed; {reason}"),
        WireProtocol.Query => new AwsError("IncompleteSignature", reason),
        _ => new AwsError("IncompleteSignatureException", reason),
    };

    /// <summary>It is signed in a way of old, or in none that is known.</summary>
    public AwsError UnknownAlgorithm() => protocol == WireProtocol.S3
        ? new AwsError("InvalidRequest", $"The authorization mechanism you have provided is not supported. Please use {SigV4.Algorithm}.")
        : Malformed($"The authorization mechanism is not supported. Please use {SigV4.Algorithm}.", presigned: false);

    private AwsError Of(string s3, string query, string json, string message) => protocol switch
    {
        WireProtocol.S3 => new AwsError(s3, message, 403),
        WireProtocol.Query => new AwsError(query, message, 403),
        _ => new AwsError(json, message, Status),
    };

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

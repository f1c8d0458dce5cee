using System.Globalization;
using System.Text;
using Archiver.Infra.LocalCloud.Signing;

namespace Archiver.Infra.Tests.LocalCloud.Signing;

/// <summary>Requests of services and at times that no client of the SDK here makes, signed with the right key.</summary>
internal static class HandSigned
{
    /// <summary>A request of the query protocol: STS's GetCallerIdentity, or SQS's ListQueues.</summary>
    public static HttpRequestMessage Form(Uri endpoint, string service, DateTimeOffset at, string region = "us-east-1")
    {
        string body = service == "sts" ? "Action=GetCallerIdentity&Version=2011-06-15" : "Action=ListQueues&Version=2012-11-05";
        HttpRequestMessage request = new(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        Sign(request, service, at, region, SigV4.Hash(Encoding.ASCII.GetBytes(body)));
        return request;
    }

    /// <summary>A GET of a service that does not fold its paths twice.</summary>
    public static HttpRequestMessage Get(Uri endpoint, string target, string service, DateTimeOffset at)
    {
        HttpRequestMessage request = new(HttpMethod.Get, new Uri(endpoint, target));
        Sign(request, service, at, "us-east-1", SigV4.EmptyHash);
        return request;
    }

    private static void Sign(HttpRequestMessage request, string service, DateTimeOffset at, string region, string hash)
    {
        string timestamp = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        CredentialScope scope = new(timestamp[..8], region, service);
        string canonical = SigV4.CanonicalRequest(
            request.Method.Method, CanonicalTarget.Path(request.RequestUri!.AbsolutePath), CanonicalTarget.Query(request.RequestUri.Query.TrimStart('?')),
            [("host", [request.RequestUri.Authority]), ("x-amz-date", [timestamp])], hash);
        string signature = SigV4.Sign(SigV4.SigningKey(SignedCloud.Secret, scope), SigV4.StringToSign(timestamp, scope, canonical));
        request.Headers.Add("X-Amz-Date", timestamp);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={SignedCloud.AccessKeyId}/{scope}, SignedHeaders=host;x-amz-date, Signature={signature}");
    }
}

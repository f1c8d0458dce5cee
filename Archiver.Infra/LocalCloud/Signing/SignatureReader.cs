using System.Globalization;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Archiver.Infra.LocalCloud.Signing;

/// <summary>
/// Reads where a request's signature stands: in the <c>Authorization</c> header, or in a presigned URL's query.
/// See https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html and
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html.
/// </summary>
internal static class SignatureReader
{
    private const string BasicFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int LongestLifetime = 7 * 24 * 60 * 60;
    private static readonly string[] QueryNames = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature"];

    /// <summary>Whether a query carries a signature.</summary>
    /// <param name="query">As it stands in the request line, without its question mark.</param>
    public static bool IsPresigned(string query) =>
        query.Contains("X-Amz-Signature=", StringComparison.OrdinalIgnoreCase) || query.Contains("X-Amz-Algorithm=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads it.</summary>
    /// <param name="query">As it stands in the request line, without its question mark.</param>
    /// <exception cref="AwsError">There is none, or it is malformed.</exception>
    public static SignatureClaim Read(HttpRequest request, string query, SignatureErrors errors)
    {
        string header = request.Headers.Authorization.ToString();
        bool presigned = IsPresigned(query);
        if (header.Length > 0 && presigned)
            throw errors.Malformed("Only one auth mechanism allowed: a signature in the query, or one in the Authorization header.", presigned);
        if (presigned)
            return OfQuery(query, errors);
        return header.Length > 0 ? OfHeader(header, Date(request), errors) : throw errors.Missing();
    }

    private static SignatureClaim OfHeader(string header, string date, SignatureErrors errors)
    {
        int space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || header[..space] != SigV4.Algorithm)
            throw errors.UnknownAlgorithm();
        Dictionary<string, string> parts = new(StringComparer.Ordinal);
        foreach (string part in header[(space + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !parts.TryAdd(part[..equals], part[(equals + 1)..]))
                throw errors.Malformed("The Authorization header must have Credential, SignedHeaders and Signature, each once.", presigned: false);
        }
        foreach (string name in (string[])["Credential", "SignedHeaders", "Signature"])
        {
            if (!parts.ContainsKey(name))
                throw errors.Malformed($"Authorization header requires '{name}' parameter.", presigned: false);
        }
        if (date.Length == 0)
            throw errors.Malformed("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.", presigned: false);
        return Claim(parts["Credential"], parts["SignedHeaders"], parts["Signature"], date, null, errors);
    }

    private static SignatureClaim OfQuery(string query, SignatureErrors errors)
    {
        Dictionary<string, string> parts = new(StringComparer.Ordinal);
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(query))
        {
            string name = pair.DecodeName().ToString();
            if (QueryNames.Contains(name, StringComparer.Ordinal) && !parts.TryAdd(name, pair.DecodeValue().ToString()))
                throw errors.Malformed($"The query has {name} more than once.", presigned: true);
        }
        foreach (string name in QueryNames)
        {
            if (!parts.ContainsKey(name))
                throw errors.Malformed($"Query-string authentication version 4 requires the {string.Join(", ", QueryNames)} parameters.", presigned: true);
        }
        if (parts["X-Amz-Algorithm"] != SigV4.Algorithm)
            throw errors.Malformed($"X-Amz-Algorithm only supports \"{SigV4.Algorithm}\".", presigned: true);
        if (!int.TryParse(parts["X-Amz-Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) || seconds is < 1 or > LongestLifetime)
            throw errors.Malformed($"X-Amz-Expires must be from 1 to {LongestLifetime} seconds.", presigned: true);
        return Claim(
            parts["X-Amz-Credential"], parts["X-Amz-SignedHeaders"], parts["X-Amz-Signature"], parts["X-Amz-Date"], TimeSpan.FromSeconds(seconds), errors);
    }

    private static SignatureClaim Claim(string credential, string signedHeaders, string signature, string date, TimeSpan? lifetime, SignatureErrors errors)
    {
        string[] scope = credential.Split('/');
        if (scope.Length != 5 || scope[4] != SigV4.Terminator || scope.Any(part => part.Length == 0))
            throw errors.Malformed("The Credential must have the form KEY/yyyyMMdd/REGION/SERVICE/aws4_request.", lifetime is not null);
        if (Time(date) is not { } at)
            throw errors.Malformed("The date must be in the ISO 8601 form \"yyyyMMdd'T'HHmmss'Z'\".", lifetime is not null);
        string timestamp = at.ToString(BasicFormat, CultureInfo.InvariantCulture);
        if (!timestamp.StartsWith(scope[1], StringComparison.Ordinal) || scope[1].Length != 8)
            throw errors.Malformed($"Date in Credential scope does not match the request's date: '{scope[1]}' != '{timestamp[..8]}'.", lifetime is not null);
        string[] names = signedHeaders.Split(';');
        if (names.Any(name => name.Length == 0 || name.Any(char.IsAsciiLetterUpper)) || !names.SequenceEqual(names.Order(StringComparer.Ordinal).Distinct()))
            throw errors.Malformed("SignedHeaders must be names in lower case, in order, each once.", lifetime is not null);
        return new SignatureClaim(scope[0], new CredentialScope(scope[1], scope[2], scope[3]), names, signature, timestamp, at, lifetime);
    }

    private static string Date(HttpRequest request) =>
        request.Headers["X-Amz-Date"].ToString() is { Length: > 0 } date ? date : request.Headers.Date.ToString();

    private static DateTimeOffset? Time(string date) =>
        DateTimeOffset.TryParseExact(date, [BasicFormat, "r"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;
}

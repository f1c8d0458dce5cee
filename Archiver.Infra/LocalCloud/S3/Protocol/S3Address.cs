using System.Text;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>
/// What a request is about. It is read from the raw request target, because a web server's own idea of a path decodes
/// <c>%2F</c>, folds <c>//</c> and walks <c>..</c>, and to S3 all of these are letters of a key like any other.
/// </summary>
/// <param name="Bucket">The bucket; nothing when the request is about the account.</param>
/// <param name="Key">The key, decoded; nothing when the request is about the bucket.</param>
/// <param name="Query">The query's parameters, decoded; one without a value has the empty string.</param>
internal sealed partial record S3Address(string? Bucket, string? Key, IReadOnlyDictionary<string, string> Query)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a request's target: path style (<c>/BUCKET/KEY</c>), or virtual-hosted style when the host is
    /// <c>BUCKET.localhost</c>, <c>BUCKET.s3.localhost</c> or <c>BUCKET.s3.REGION.localhost</c>.</summary>
    /// <param name="rawTarget">The target as it stands in the request line.</param>
    /// <param name="host">The Host header's name, without a port.</param>
    /// <exception cref="AwsError"><c>InvalidURI</c>, <c>InvalidBucketName</c> or <c>KeyTooLongError</c>.</exception>
    public static S3Address Parse(string rawTarget, string host)
    {
        string target = RequestTarget.OriginForm(rawTarget);
        int question = target.IndexOf('?', StringComparison.Ordinal);
        string path = question < 0 ? target : target[..question];
        Dictionary<string, string> query = ParseQuery(question < 0 ? "" : target[(question + 1)..], rawTarget);
        path = path.Length > 0 && path[0] == '/' ? path[1..] : path;

        string? bucket = VirtualHost(host);
        string key = path;
        if (bucket is null)
        {
            if (path.Length == 0 || path == "*")
                return new S3Address(null, null, query);
            int slash = path.IndexOf('/', StringComparison.Ordinal);
            bucket = Decode(slash < 0 ? path : path[..slash], rawTarget);
            key = slash < 0 ? "" : path[(slash + 1)..];
        }
        if (!BucketName.IsValid(bucket))
            throw S3Errors.InvalidBucketName(bucket);
        return new S3Address(bucket, key.Length == 0 ? null : CheckKey(Decode(key, rawTarget)), query);
    }

    /// <summary>Holds a key to S3's limit.</summary>
    /// <exception cref="AwsError"><c>KeyTooLongError</c>.</exception>
    public static string CheckKey(string key)
    {
        int bytes = Encoding.UTF8.GetByteCount(key);
        return bytes <= S3Limits.KeyBytes ? key : throw S3Errors.KeyTooLong(bytes);
    }

    /// <summary>Undoes percent-encoding; a plus is a plus.</summary>
    /// <param name="text">What is encoded.</param>
    /// <param name="whole">What to name in the error.</param>
    /// <exception cref="AwsError"><c>InvalidURI</c>: a stray percent sign, or bytes that are no UTF-8.</exception>
    public static string Decode(string text, string whole)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        byte[] encoded = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int i = 0; i < encoded.Length; i++)
        {
            byte value = encoded[i];
            if (value == '%')
            {
                if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit((char)encoded[i + 1]) || !char.IsAsciiHexDigit((char)encoded[i + 2]))
                    throw S3Errors.InvalidUri(whole);
                value = (byte)((Convert.FromHexString([(char)encoded[i + 1], (char)encoded[i + 2]]))[0]);
                i += 2;
            }
            encoded[length++] = value;
        }
        try
        {
            return StrictUtf8.GetString(encoded, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw S3Errors.InvalidUri(whole);
        }
    }

    private static Dictionary<string, string> ParseQuery(string query, string whole)
    {
        Dictionary<string, string> parameters = new(StringComparer.Ordinal);
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = Decode((equals < 0 ? pair : pair[..equals]).Replace('+', ' '), whole);
            string value = equals < 0 ? "" : Decode(pair[(equals + 1)..].Replace('+', ' '), whole);
            parameters[name] = value;
        }
        return parameters;
    }

    private static string? VirtualHost(string host)
    {
        Match match = VirtualHostForm().Match(host);
        return match.Success ? match.Groups["bucket"].Value.ToLowerInvariant() : null;
    }

    // "s3.localhost" and "s3.REGION.localhost" are the service's own names, and path style.
    [GeneratedRegex(@"^(?!s3[.-])(?<bucket>.+?)(\.s3([.-][a-z0-9-]+)?)?\.localhost$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VirtualHostForm();
}

using System.Security.Cryptography;
using System.Text;

namespace Archiver.Infra.LocalCloud.Signing;

/// <summary>
/// AWS Signature Version 4, as functions of what is signed and nothing else.
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
/// </summary>
internal static class SigV4
{
    /// <summary>The one algorithm there is here: HMAC with SHA-256.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>What every credential scope ends with.</summary>
    public const string Terminator = "aws4_request";

    /// <summary>The SHA-256 of nothing.</summary>
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>The canonical request: what a signature is of, one thing a line.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The canonical path, of <see cref="CanonicalTarget"/>.</param>
    /// <param name="query">The canonical query, of <see cref="CanonicalTarget"/>.</param>
    /// <param name="headers">The signed headers: their names in lower case, in order, and their values.</param>
    /// <param name="payloadHash">The body's SHA-256 in hexadecimal, or the word that stands for it.</param>
    public static string CanonicalRequest(
        string method, string path, string query, IReadOnlyList<(string Name, IEnumerable<string?> Values)> headers, string payloadHash)
    {
        StringBuilder text = new();
        text.Append(method).Append('\n').Append(path).Append('\n').Append(query).Append('\n');
        foreach ((string name, IEnumerable<string?> values) in headers)
            text.Append(name).Append(':').AppendJoin(',', values.Select(Trim)).Append('\n');
        return text.Append('\n').AppendJoin(';', headers.Select(header => header.Name)).Append('\n').Append(payloadHash).ToString();
    }

    /// <summary>What is signed of a canonical request.</summary>
    /// <param name="timestamp">When it was signed, <c>yyyyMMdd'T'HHmmss'Z'</c>.</param>
    public static string StringToSign(string timestamp, CredentialScope scope, string canonicalRequest) =>
        $"{Algorithm}\n{timestamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}";

    /// <summary>The key that signs requests of one day to one service of one region.</summary>
    public static byte[] SigningKey(string secret, CredentialScope scope)
    {
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (string part in (string[])[scope.Date, scope.Region, scope.Service, Terminator])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    /// <summary>The signature, in lower-case hexadecimal.</summary>
    public static string Sign(byte[] signingKey, string stringToSign) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(signingKey, Encoding.UTF8.GetBytes(stringToSign)));

    /// <summary>The SHA-256 of some bytes, in lower-case hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Whether two texts are the same, in a time that tells nothing of where they part.</summary>
    public static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    // Without the white space around it, and with one space for each run of it inside.
    private static string Trim(string? value) => value is null ? "" : string.Join(' ', value.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
}

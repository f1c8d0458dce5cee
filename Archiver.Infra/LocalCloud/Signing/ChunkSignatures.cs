using System.Security.Cryptography;
using System.Text;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Signing;

/// <summary>
/// Checks the chunks of an upload that is signed chunk by chunk, while they stream by. Each signature is of the one before, so that none
/// can be left out, repeated or moved; the first is of the request's own.
/// See https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html.
/// </summary>
/// <param name="key">The key of the scope.</param>
/// <param name="claim">The request's own signature, which was found to be right.</param>
/// <param name="withTrailer">Whether the trailing headers are signed, too.</param>
internal sealed class ChunkSignatures(byte[] key, SignatureClaim claim, bool withTrailer) : IDisposable
{
    private const string Extension = "chunk-signature=";
    private const string TrailerSignature = "x-amz-trailer-signature";

    private readonly SignatureErrors _errors = new(WireProtocol.S3);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string _previous = claim.Signature;
    private string _announced = "";

    /// <summary>Begins a chunk.</summary>
    /// <param name="extensions">What stands behind its size.</param>
    public void Begin(ReadOnlySpan<char> extensions)
    {
        int start = extensions.IndexOf(Extension);
        _announced = start < 0 ? "" : extensions[(start + Extension.Length)..].Trim().ToString();
    }

    /// <summary>Takes bytes of the chunk.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>Holds the chunk, which is whole now, to its signature.</summary>
    /// <exception cref="AwsError"><c>SignatureDoesNotMatch</c>.</exception>
    public void End() => Check(
        $"AWS4-HMAC-SHA256-PAYLOAD\n{claim.Timestamp}\n{claim.Scope}\n{_previous}\n{SigV4.EmptyHash}\n{Convert.ToHexStringLower(_hash.GetHashAndReset())}", _announced);

    /// <summary>Holds the trailing headers to theirs.</summary>
    /// <exception cref="AwsError"><c>SignatureDoesNotMatch</c>, or there are trailers that nothing signs.</exception>
    public void CheckTrailers(IReadOnlyDictionary<string, string> trailers)
    {
        if (!withTrailer)
        {
            if (trailers.Count > 0)
                throw new AwsError("MalformedTrailerError", "The request has trailing headers that its x-amz-content-sha256 does not announce.");
            return;
        }
        StringBuilder text = new();
        foreach ((string name, string value) in trailers.OrderBy(trailer => trailer.Key.ToLowerInvariant(), StringComparer.Ordinal))
        {
            if (!name.Equals(TrailerSignature, StringComparison.OrdinalIgnoreCase))
                text.Append(name.ToLowerInvariant()).Append(':').Append(value).Append('\n');
        }
        Check(
            $"AWS4-HMAC-SHA256-TRAILER\n{claim.Timestamp}\n{claim.Scope}\n{_previous}\n{SigV4.Hash(Encoding.UTF8.GetBytes(text.ToString()))}",
            trailers.GetValueOrDefault(TrailerSignature, ""));
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Check(string stringToSign, string announced)
    {
        string expected = SigV4.Sign(key, stringToSign);
        if (!SigV4.Same(expected, announced))
            throw _errors.Mismatch();
        _previous = expected;
    }
}

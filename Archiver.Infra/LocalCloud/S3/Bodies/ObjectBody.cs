using System.Globalization;
using System.Security.Cryptography;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.Signing;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.S3.Bodies;

/// <summary>The bytes that a request carries, decoded, with everything that its headers promise of them.</summary>
internal sealed class ObjectBody
{
    private const string Streaming = "STREAMING-";

    private readonly IReadOnlyDictionary<string, string>? _trailers;
    private readonly byte[]? _md5;
    private readonly byte[]? _sha256;
    private readonly string? _checksumHeader;

    private ObjectBody(S3Call call, bool withChecksum)
    {
        string payload = call.Header("x-amz-content-sha256") ?? "";
        bool chunked = payload.StartsWith(Streaming, StringComparison.Ordinal)
            || call.HeaderList("Content-Encoding").Contains("aws-chunked", StringComparer.OrdinalIgnoreCase);
        if (chunked)
        {
            Length = ParseLength(call.Header("x-amz-decoded-content-length"));
            AwsChunkedStream chunks = new(call.Http.Request.BodyReader, call.Http.Features.Get<ChunkSignatures>());
            Content = chunks;
            _trailers = chunks.Trailers;
        }
        else
        {
            Length = call.Http.Request.ContentLength ?? throw S3Errors.MissingContentLength();
            Content = call.Http.Request.Body;
            _sha256 = ParseSha256(payload);
        }
        _md5 = ParseDigest(call, "Content-MD5", MD5.HashSizeInBytes);
        if (withChecksum)
            (Algorithm, _checksumHeader) = ParseChecksum(call);
    }

    /// <summary>The bytes themselves.</summary>
    public Stream Content { get; }

    /// <summary>How many they are to be.</summary>
    public long Length { get; }

    /// <summary>The algorithm of the checksum that comes with them, if one does.</summary>
    public ChecksumAlgorithm? Algorithm { get; }

    /// <summary>Reads what a request's headers say of its body, and nothing of the body.</summary>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="withChecksum">Whether its checksum headers are of this body.</param>
    /// <exception cref="AwsError">A header is missing or malformed, or the body would be too large.</exception>
    public static ObjectBody Of(S3Call call, long limit, bool withChecksum = true)
    {
        ObjectBody body = new(call, withChecksum);
        return body.Length <= limit ? body : throw S3Errors.EntityTooLarge(body.Length, limit);
    }

    /// <summary>A digest that computes what <see cref="Verify"/> needs, and <paramref name="algorithms"/> besides.</summary>
    public BodyDigest StartDigest(params IEnumerable<ChecksumAlgorithm> algorithms) =>
        new(withMd5: true, _sha256 is not null, Algorithm is { } own ? algorithms.Append(own) : algorithms);

    /// <summary>Holds the bytes that were read to what the headers and trailers promise.</summary>
    /// <param name="digest">One of <see cref="StartDigest"/> that saw every byte of <see cref="Content"/>.</param>
    /// <exception cref="AwsError">They are not what was promised.</exception>
    public void Verify(BodyDigest digest)
    {
        if (digest.Length != Length)
            throw S3Errors.IncompleteBody($"{Length} bytes were announced and {digest.Length} came.");
        if (_md5 is not null && !_md5.AsSpan().SequenceEqual(digest.Md5()))
            throw S3Errors.BadDigest("Content-MD5");
        if (_sha256 is not null && !_sha256.AsSpan().SequenceEqual(digest.Sha256()))
            throw new AwsError("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
        if (Algorithm is not { } algorithm)
            return;
        string? promised = _checksumHeader;
        if (promised is null && _trailers?.TryGetValue(algorithm.Header(), out promised) != true)
            throw new AwsError("MalformedTrailerError", $"The trailing header {algorithm.Header()} was announced and did not come.");
        if (!string.Equals(promised, digest.Checksum(algorithm).Value, StringComparison.Ordinal))
            throw new AwsError("XAmzContentChecksumMismatch", $"The provided '{algorithm.Header()}' does not match what was computed.");
    }

    /// <summary>Whether the client sent anything by which to check the bytes.</summary>
    public bool IsProtected => _md5 is not null || Algorithm is not null;

    private static long ParseLength(string? value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : throw S3Errors.MissingContentLength();

    private static byte[]? ParseSha256(string payload)
    {
        if (payload is "" or "UNSIGNED-PAYLOAD")
            return null;
        return payload.Length == 2 * SHA256.HashSizeInBytes && payload.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(payload)
            : throw S3Errors.InvalidArgument(
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING- value or a valid sha256 value.", "x-amz-content-sha256", payload);
    }

    private static byte[]? ParseDigest(S3Call call, string header, int size)
    {
        if (call.Header(header) is not { } value)
            return null;
        Span<byte> digest = stackalloc byte[64];
        return Convert.TryFromBase64String(value, digest, out int length) && length == size
            ? digest[..length].ToArray()
            : throw S3Errors.InvalidDigest(header, value);
    }

    private static (ChecksumAlgorithm?, string? Value) ParseChecksum(S3Call call)
    {
        ChecksumAlgorithm? found = null;
        string? value = null;
        foreach (string name in call.HeaderNames(Checksums.HeaderPrefix))
        {
            string algorithm = name[Checksums.HeaderPrefix.Length..];
            if (algorithm is "algorithm" or "type" or "mode")
                continue;
            if (found is not null)
                throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
            found = Checksums.Find(algorithm) ?? throw S3Errors.NotImplemented($"the checksum algorithm of the header {name}");
            value = call.Header(name);
        }
        foreach (string trailer in call.HeaderList("x-amz-trailer"))
        {
            if (!trailer.StartsWith(Checksums.HeaderPrefix, StringComparison.OrdinalIgnoreCase)
                || Checksums.Find(trailer[Checksums.HeaderPrefix.Length..]) is not { } algorithm)
            {
                throw S3Errors.InvalidRequest($"The value '{trailer}' specified in the x-amz-trailer header is not supported.");
            }
            if (found is not null)
                throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
            found = algorithm;
        }
        if (call.Http.Request.Headers["x-amz-sdk-checksum-algorithm"].ToString() is { Length: > 0 } announced
            && Checksums.Find(announced) != found)
        {
            throw S3Errors.InvalidRequest("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        }
        if (value is not null && !IsChecksum(found!.Value, value))
            throw S3Errors.InvalidRequest($"Value for {found.Value.Header()} header is invalid.");
        return (found, value);
    }

    private static bool IsChecksum(ChecksumAlgorithm algorithm, string value)
    {
        Span<byte> bytes = stackalloc byte[64];
        int size = algorithm switch
        {
            ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C => 4,
            ChecksumAlgorithm.Crc64Nvme => 8,
            ChecksumAlgorithm.Sha1 => SHA1.HashSizeInBytes,
            _ => SHA256.HashSizeInBytes,
        };
        return Convert.TryFromBase64String(value, bytes, out int length) && length == size;
    }
}

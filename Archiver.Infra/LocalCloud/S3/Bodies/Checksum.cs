using System.IO.Hashing;
using System.Security.Cryptography;

namespace Archiver.Infra.LocalCloud.S3.Bodies;

/// <summary>The checksum algorithms of S3.
/// See https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html.</summary>
internal enum ChecksumAlgorithm
{
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
}

/// <summary>What a multipart object's checksum was taken of.</summary>
internal enum ChecksumType
{
    /// <summary>The whole body.</summary>
    FullObject,

    /// <summary>The parts' checksums, one after the other; its value ends in a hyphen and the number of parts.</summary>
    Composite,
}

/// <summary>A checksum that an object carries.</summary>
/// <param name="Value">In base64; a composite one with its number of parts behind.</param>
internal sealed record Checksum(ChecksumAlgorithm Algorithm, string Value, ChecksumType Type = ChecksumType.FullObject);

/// <summary>How the algorithms and types are called in headers and in XML, and how they are computed.</summary>
internal static class Checksums
{
    /// <summary>What stands before an algorithm's name in a header.</summary>
    public const string HeaderPrefix = "x-amz-checksum-";

    private static readonly ChecksumAlgorithm[] All = Enum.GetValues<ChecksumAlgorithm>();

    /// <summary>Every algorithm.</summary>
    public static IReadOnlyList<ChecksumAlgorithm> Algorithms => All;

    /// <summary>The name in headers' values and XML, such as <c>CRC64NVME</c>.</summary>
    public static string Name(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "CRC32",
        ChecksumAlgorithm.Crc32C => "CRC32C",
        ChecksumAlgorithm.Crc64Nvme => "CRC64NVME",
        ChecksumAlgorithm.Sha1 => "SHA1",
        _ => "SHA256",
    };

    /// <summary>The name in XML of a value, such as <c>ChecksumCRC32</c>.</summary>
    public static string Element(this ChecksumAlgorithm algorithm) => "Checksum" + algorithm.Name();

    /// <summary>The header that carries a value, such as <c>x-amz-checksum-crc32</c>.</summary>
    public static string Header(this ChecksumAlgorithm algorithm) => HeaderPrefix + algorithm.Name().ToLowerInvariant();

    /// <summary>The name of a type, such as <c>FULL_OBJECT</c>.</summary>
    public static string Name(this ChecksumType type) => type == ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT";

    /// <summary>Finds an algorithm by its name, in any case.</summary>
    public static ChecksumAlgorithm? Find(string name)
    {
        foreach (ChecksumAlgorithm algorithm in All)
        {
            if (string.Equals(algorithm.Name(), name, StringComparison.OrdinalIgnoreCase))
                return algorithm;
        }
        return null;
    }

    /// <summary>Begins to compute a checksum.</summary>
    public static ChecksumHasher Start(ChecksumAlgorithm algorithm) => new(algorithm);

    /// <summary>The checksum of the parts' checksums.</summary>
    /// <param name="parts">The parts' values, in base64, in order.</param>
    public static Checksum Compose(ChecksumAlgorithm algorithm, IReadOnlyCollection<string> parts)
    {
        using ChecksumHasher hasher = Start(algorithm);
        foreach (string part in parts)
            hasher.Append(Convert.FromBase64String(part));
        return new Checksum(algorithm, $"{hasher.Finish()}-{parts.Count}", ChecksumType.Composite);
    }
}

/// <summary>Computes one checksum over bytes that come piece by piece.</summary>
internal sealed class ChecksumHasher : IDisposable
{
    private readonly NonCryptographicHashAlgorithm? _crc;
    private readonly IncrementalHash? _sha;

    public ChecksumHasher(ChecksumAlgorithm algorithm)
    {
        Algorithm = algorithm;
        switch (algorithm)
        {
            case ChecksumAlgorithm.Crc32: _crc = new Crc32(); break;
            case ChecksumAlgorithm.Crc32C: _crc = new Crc32C(); break;
            case ChecksumAlgorithm.Crc64Nvme: _crc = new Crc64Nvme(); break;
            case ChecksumAlgorithm.Sha1: _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1); break;
            default: _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256); break;
        }
    }

    public ChecksumAlgorithm Algorithm { get; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _crc?.Append(bytes);
        _sha?.AppendData(bytes);
    }

    /// <summary>The value in base64.</summary>
    public string Finish()
    {
        byte[] digest = _crc?.GetCurrentHash() ?? _sha!.GetCurrentHash();
        if (_crc is Crc32)
            Array.Reverse(digest); // the library's is little-endian, S3's big-endian
        return Convert.ToBase64String(digest);
    }

    public void Dispose() => _sha?.Dispose();
}

using System.Security.Cryptography;

namespace Archiver.Infra.LocalCloud.S3.Bodies;

/// <summary>What is computed over a body while it streams by: its length, its MD5 (the entity tag), and checksums.</summary>
internal sealed class BodyDigest : IDisposable
{
    private readonly IncrementalHash? _md5;
    private readonly IncrementalHash? _sha256;
    private readonly ChecksumHasher[] _checksums;

    /// <param name="withMd5">Whether to compute the MD5, the dearest of all; a body made of parts has its entity tag from theirs.</param>
    /// <param name="withSha256">Whether to compute the SHA-256 that a signature covers.</param>
    /// <param name="algorithms">The checksums to compute; one that is named twice is computed once.</param>
    public BodyDigest(bool withMd5, bool withSha256, params IEnumerable<ChecksumAlgorithm> algorithms)
    {
        _md5 = withMd5 ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
        _sha256 = withSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        _checksums = [.. algorithms.Distinct().Select(Checksums.Start)];
    }

    /// <summary>The bytes that went by.</summary>
    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        _md5?.AppendData(bytes);
        _sha256?.AppendData(bytes);
        foreach (ChecksumHasher hasher in _checksums)
            hasher.Append(bytes);
    }

    /// <summary>The MD5 so far.</summary>
    public byte[] Md5() => (_md5 ?? throw new InvalidOperationException("This digest was made without an MD5.")).GetCurrentHash();

    /// <summary>The MD5 so far as an entity tag, without its quotes.</summary>
    public string ETag() => Convert.ToHexStringLower(Md5());

    /// <summary>The SHA-256 so far.</summary>
    public byte[] Sha256() => (_sha256 ?? throw new InvalidOperationException("This digest was made without a SHA-256.")).GetCurrentHash();

    /// <summary>The value so far of one of the checksums that this digest was made with.</summary>
    public Checksum Checksum(ChecksumAlgorithm algorithm) =>
        new(algorithm, _checksums.First(hasher => hasher.Algorithm == algorithm).Finish());

    public void Dispose()
    {
        _md5?.Dispose();
        _sha256?.Dispose();
        foreach (ChecksumHasher hasher in _checksums)
            hasher.Dispose();
    }
}

using System.Buffers;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Lambdas.Functions;

/// <summary>What reading an object through gives.</summary>
/// <param name="Size">The bytes read.</param>
/// <param name="Sha256">The SHA-256 of the content, in lower-case hexadecimal.</param>
/// <param name="Head">The first <see cref="ObjectReader.HeadLength"/> bytes, or all of a shorter one.</param>
/// <param name="ETag">The object's ETag.</param>
/// <param name="VersionId">The object's version; nothing where its bucket has none.</param>
/// <param name="ContentType">The content type that it was stored with.</param>
/// <param name="ArchiveEntry">The user metadata entry <c>archive</c>.</param>
internal sealed record ObjectContent(
    long Size, string Sha256, ReadOnlyMemory<byte> Head, string? ETag, string? VersionId, string? ContentType, string? ArchiveEntry);

/// <summary>Reads objects through, in constant memory whatever their size.</summary>
internal sealed class ObjectReader(IAmazonS3 s3)
{
    /// <summary>How much of the content is kept to look at.</summary>
    public const int HeadLength = 8192;

    private const int BufferLength = 128 * 1024;

    /// <summary>
    /// Reads the object in a single GET, so that headers and content are of one version even while somebody overwrites it.
    /// </summary>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    /// <exception cref="StorageRefusedException">S3 refused.</exception>
    /// <exception cref="StorageUnavailableException">S3 could not be reached, or the content broke off.</exception>
    public Task<ObjectContent> ReadAsync(ObjectLocation location) => StorageCall.RunAsync(location.ToString(), async () =>
    {
        using GetObjectResponse response = await s3.GetObjectAsync(
            new GetObjectRequest { BucketName = location.Bucket, Key = location.Key, VersionId = location.VersionId });
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] head = new byte[Math.Min(HeadLength, Math.Max(0, response.ContentLength))];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        long size = 0;
        try
        {
            int read;
            while ((read = await response.ResponseStream.ReadAsync(buffer)) > 0)
            {
                ReadOnlySpan<byte> part = buffer.AsSpan(0, read);
                hash.AppendData(part);
                if (size < head.Length) part[..(int)Math.Min(part.Length, head.Length - size)].CopyTo(head.AsSpan((int)size));
                size += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (size != response.ContentLength)
            throw new StorageUnavailableException($"The content of {location} broke off after {size} of {response.ContentLength} bytes.");
        return new ObjectContent(
            size, Convert.ToHexStringLower(hash.GetHashAndReset()), head, response.ETag, RealVersion(response.VersionId),
            string.IsNullOrEmpty(response.Headers.ContentType) ? null : response.Headers.ContentType,
            response.Metadata["archive"]);
    });

    // “null” is the version of what was stored without versioning: an overwrite replaces it, so that it names no certain content.
    private static string? RealVersion(string? versionId) => versionId is null or "" or "null" ? null : versionId;
}

using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Lambdas.Quality;

namespace Archiver.Lambdas.Functions;

/// <summary>A file in a bucket, read through.</summary>
/// <param name="Content">What its content is.</param>
/// <param name="ETag">The object's ETag.</param>
/// <param name="VersionId">The object's version; nothing where its bucket has none.</param>
/// <param name="ContentType">The content type that it was stored with.</param>
/// <param name="ArchiveEntry">The user metadata entry <c>archive</c>.</param>
/// <param name="Tags">The object's tags.</param>
/// <param name="Checksums">The checksums that came with it.</param>
internal sealed record StoredFile(
    Content Content,
    string? ETag,
    string? VersionId,
    string? ContentType,
    string? ArchiveEntry,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyCollection<GivenChecksum> Checksums);

/// <summary>Reads the file of a run through, in constant memory whatever its size, with its tags and the checksums that came with it.</summary>
internal sealed class FileReader(IAmazonS3 s3)
{
    private const int MaxKeyBytes = 1024;

    // One checksum takes less than 100 bytes, and a path at most 1,024; a larger file is none of a single checksum.
    private const int MaxSidecarLength = 16 * 1024;

    /// <summary>
    /// Reads the object in a single GET, so that headers and content are of one version even while somebody overwrites it.
    /// </summary>
    /// <param name="name">The file's name.</param>
    /// <exception cref="ObjectNotFoundException">There is no such object.</exception>
    /// <exception cref="StorageRefusedException">S3 refused.</exception>
    /// <exception cref="StorageUnavailableException">S3 could not be reached, or the content broke off.</exception>
    public Task<StoredFile> ReadAsync(ObjectLocation location, string name) => StorageCall.RunAsync(location.ToString(), async () =>
    {
        using GetObjectResponse response = await s3.GetObjectAsync(
            new GetObjectRequest { BucketName = location.Bucket, Key = location.Key, VersionId = location.VersionId });
        string? version = RealVersion(response.VersionId);
        Task<IReadOnlyDictionary<string, string>> tags = ReadTagsAsync(location with { VersionId = version });
        Task<GivenChecksum?>[] sidecars = [.. ChecksumCheck.Algorithms.Select(algorithm => ReadSidecarAsync(location, name, algorithm))];
        await Task.WhenAll([tags, .. sidecars]);
        GivenChecksum[] checksums = [.. sidecars.Select(sidecar => sidecar.Result).Concat(Entries(response.Metadata)).OfType<GivenChecksum>()];

        Content content = await Content.ReadAsync(
            response.ResponseStream, name, response.ContentLength, withMd5: checksums.Any(one => one is { Algorithm: "md5", Digest: not null }));
        if (content.Size != response.ContentLength)
            throw new StorageUnavailableException($"The content of {location} broke off after {content.Size} of {response.ContentLength} bytes.");
        return new StoredFile(
            content, response.ETag, version, string.IsNullOrEmpty(response.Headers.ContentType) ? null : response.Headers.ContentType,
            response.Metadata["archive"], tags.Result, checksums);
    });

    private Task<IReadOnlyDictionary<string, string>> ReadTagsAsync(ObjectLocation location) =>
        StorageCall.RunAsync<IReadOnlyDictionary<string, string>>(location.ToString(), async () =>
        {
            GetObjectTaggingResponse response = await s3.GetObjectTaggingAsync(
                new GetObjectTaggingRequest { BucketName = location.Bucket, Key = location.Key, VersionId = location.VersionId });
            return (response.Tagging ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);
        });

    private static IEnumerable<GivenChecksum?> Entries(MetadataCollection metadata) => ChecksumCheck.Algorithms
        .Select(algorithm => metadata[algorithm] is { } value ? ChecksumCheck.FromMetadata(algorithm, value) : null);

    /// <summary>Reads the checksum in the file beside it; nothing where there is none.</summary>
    private async Task<GivenChecksum?> ReadSidecarAsync(ObjectLocation location, string name, string algorithm)
    {
        ObjectLocation sidecar = new(location.Bucket, $"{location.Key}.{algorithm}");
        if (location.Key.EndsWith('/') || ChecksumCheck.IsSidecar(name) || Encoding.UTF8.GetByteCount(sidecar.Key) > MaxKeyBytes) return null;
        try
        {
            string text = await StorageCall.RunAsync(sidecar.ToString(), async () =>
            {
                using GetObjectResponse response = await s3.GetObjectAsync(new GetObjectRequest { BucketName = sidecar.Bucket, Key = sidecar.Key });
                byte[] buffer = new byte[MaxSidecarLength + 1];
                int length = await response.ResponseStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
                return length > MaxSidecarLength ? "" : Encoding.UTF8.GetString(buffer, 0, length);
            });
            return ChecksumCheck.FromFile(algorithm, text, name);
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    // “null” is the version of what was stored without versioning: an overwrite replaces it, so that it names no certain content.
    private static string? RealVersion(string? versionId) => versionId is null or "" or "null" ? null : versionId;
}

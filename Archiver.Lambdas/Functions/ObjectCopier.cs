using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Lambdas.Functions;

/// <summary>An object as it was looked at right before its copy.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="ETag">Its ETag: a copy is of this content or none.</param>
/// <param name="Head">What is said of it.</param>
internal sealed record CopySource(ObjectLocation Location, string? ETag, GetObjectMetadataResponse Head);

/// <summary>Copies objects within S3: in one call, or by parts what is too large for one. No content comes through here.</summary>
internal sealed class ObjectCopier(IAmazonS3 s3, CopyLimits limits)
{
    private readonly Bucket _bucket = new(s3);

    /// <summary>Copies an object with its tags and with what its headers say, and makes sure that the copy is what was to be copied.</summary>
    /// <param name="source">The object.</param>
    /// <param name="target">Where to.</param>
    /// <param name="metadata">The copy's user metadata.</param>
    /// <param name="sha256">What the content's SHA-256 has to be, in lower-case hexadecimal; nothing to take S3's word for the copy.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ObjectNotFoundException">The object is gone.</exception>
    /// <exception cref="ObjectChangedException">It was replaced.</exception>
    /// <exception cref="StorageUnavailableException">S3 could not be reached; or the copy is not what was to be copied.</exception>
    public async Task<ObjectLocation> CopyAsync(CopySource source, ObjectLocation target, IReadOnlyDictionary<string, string> metadata, string? sha256)
    {
        string what = $"{source.Location}, on its way to the bucket “{target.Bucket}”";
        (string? versionId, string? checksum) = source.Head.ContentLength <= limits.WholeBytes
            ? await StorageCall.RunAsync(what, () => CopyWholeAsync(source, target, metadata))
            : await StorageCall.RunAsync(what, () => CopyByPartsAsync(source, target, metadata));
        ObjectLocation copy = target with { VersionId = Bucket.RealVersion(versionId) };
        if (sha256 is not null && !(Bucket.HasSha256(checksum, sha256) ?? await _bucket.HashAsync(copy) == sha256))
        {
            throw new StorageUnavailableException(
                $"The copy {copy} has not the content that was read: its SHA-256 is not {sha256}. The file is still where it was, {source.Location}.");
        }

        return copy;
    }

    private async Task<(string?, string?)> CopyWholeAsync(CopySource source, ObjectLocation target, IReadOnlyDictionary<string, string> metadata)
    {
        CopyObjectRequest request = new()
        {
            SourceBucket = source.Location.Bucket,
            SourceKey = source.Location.Key,
            SourceVersionId = source.Location.VersionId,
            ETagToMatch = source.ETag,
            DestinationBucket = target.Bucket,
            DestinationKey = target.Key,
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            MetadataDirective = S3MetadataDirective.REPLACE,
        };
        Describe(source.Head, request.Headers, request.Metadata, metadata);
        CopyObjectResponse copy = await s3.CopyObjectAsync(request);
        return (copy.VersionId, copy.ChecksumSHA256);
    }

    private async Task<(string?, string?)> CopyByPartsAsync(CopySource source, ObjectLocation target, IReadOnlyDictionary<string, string> metadata)
    {
        InitiateMultipartUploadRequest request = new() { BucketName = target.Bucket, Key = target.Key, TagSet = await TagsAsync(source.Location) };
        Describe(source.Head, request.Headers, request.Metadata, metadata);
        string uploadId = (await s3.InitiateMultipartUploadAsync(request)).UploadId;
        try
        {
            (int Number, long First, long Last)[] parts = [.. limits.Parts(source.Head.ContentLength)];
            PartETag[] copied = new PartETag[parts.Length];
            await Parallel.ForEachAsync(parts, new ParallelOptions { MaxDegreeOfParallelism = limits.AtOnce }, async (part, cancellation) =>
                copied[part.Number - 1] = await CopyPartAsync(source, target, uploadId, part, cancellation));
            CompleteMultipartUploadResponse copy = await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
            {
                BucketName = target.Bucket,
                Key = target.Key,
                UploadId = uploadId,
                PartETags = [.. copied],
            });
            return (copy.VersionId, null); // S3 has no SHA-256 of the whole
        }
        catch
        {
            await AbortAsync(target, uploadId);
            throw;
        }
    }

    private async Task<PartETag> CopyPartAsync(
        CopySource source, ObjectLocation target, string uploadId, (int Number, long First, long Last) part, CancellationToken cancellation)
    {
        CopyPartResponse copied = await s3.CopyPartAsync(
            new CopyPartRequest
            {
                SourceBucket = source.Location.Bucket,
                SourceKey = source.Location.Key,
                SourceVersionId = source.Location.VersionId,
                ETagToMatch = source.ETag is { } eTag ? [eTag] : null,
                DestinationBucket = target.Bucket,
                DestinationKey = target.Key,
                UploadId = uploadId,
                PartNumber = part.Number,
                FirstByte = part.First,
                LastByte = part.Last,
            },
            cancellation);
        return new PartETag(part.Number, copied.ETag);
    }

    // A copy by parts takes nothing over but content.
    private async Task<List<Tag>> TagsAsync(ObjectLocation location) =>
        (await s3.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = location.Bucket, Key = location.Key, VersionId = location.VersionId })).Tagging ?? [];

    private async Task AbortAsync(ObjectLocation target, string uploadId)
    {
        try
        {
            await s3.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = target.Bucket, Key = target.Key, UploadId = uploadId });
        }
#pragma warning disable CA1031 // What broke the copy off is what has to be told; the bucket's life cycle removes the parts, days later.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    // To replace the metadata is to replace these headers, too.
    private static void Describe(
        GetObjectMetadataResponse head, HeadersCollection headers, MetadataCollection to, IReadOnlyDictionary<string, string> metadata)
    {
        foreach ((string name, string? value) in (ReadOnlySpan<(string, string?)>)
        [
            ("Content-Type", head.Headers.ContentType),
            ("Content-Disposition", head.Headers.ContentDisposition),
            ("Content-Encoding", head.Headers.ContentEncoding),
            ("Content-Language", head.ContentLanguage),
            ("Cache-Control", head.Headers.CacheControl),
            ("Expires", head.ExpiresString),
        ])
        {
            if (!string.IsNullOrEmpty(value)) headers[name] = value;
        }

        foreach ((string name, string value) in metadata) to[name] = value;
    }
}

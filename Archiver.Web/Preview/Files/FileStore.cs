using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Web.Cloud;

namespace Archiver.Web.Preview.Files;

/// <summary>
/// Reads files of this stack's three buckets, each as the exact version that it is asked for. A message on the human queue may name
/// any bucket; what the dashboard's own rights would reach beyond the three is shown to nobody on a message's word.
/// </summary>
internal sealed class FileStore(IAmazonS3 s3, CloudResources cloud)
{
    /// <summary>Opens a file, or a part of it.</summary>
    /// <param name="file">Which.</param>
    /// <param name="range">The part, as HTTP writes it: <c>bytes=0-99</c>, <c>bytes=100-</c>, <c>bytes=-100</c>; nothing for the whole.</param>
    /// <exception cref="Exception">S3 did not answer as it should: <see cref="CloudFailure"/>.</exception>
    public async Task<FileOpening> OpenAsync(FileRef file, string? range, CancellationToken cancellationToken)
    {
        if (!IsOwn(file.Bucket)) return new FileOpening.Absent(FileAbsence.Foreign);
        GetObjectRequest request = new()
        {
            BucketName = file.Bucket,
            Key = file.Key,
            VersionId = file.VersionId,
            EtagToMatch = file.ETag,
            ByteRange = range is null ? null : new ByteRange(range),
        };
        try
        {
            return new FileOpening.Opened(new OpenFile(await s3.GetObjectAsync(request, cancellationToken)));
        }
        catch (AmazonS3Exception exception) when (Absence(exception) is { } absent)
        {
            return absent;
        }
    }

    /// <summary>Opens the first bytes of a file, all of a smaller one.</summary>
    /// <param name="file">Which.</param>
    /// <param name="length">How many bytes at most.</param>
    public async Task<FileOpening> OpenHeadAsync(FileRef file, int length, CancellationToken cancellationToken)
    {
        FileOpening opening = await OpenAsync(file, string.Create(CultureInfo.InvariantCulture, $"bytes=0-{length - 1}"), cancellationToken);
        // Of an empty file there is no first byte to ask for.
        return opening is FileOpening.Absent { Reason: FileAbsence.NoSuchRange } ? await OpenAsync(file, null, cancellationToken) : opening;
    }

    /// <summary>What is known of a file beside its content: what the workflow noted on it.</summary>
    /// <returns>The metadata by name, without its prefix; nothing where the file is not to be had.</returns>
    public async Task<(FileOpening.Absent? Absent, IReadOnlyDictionary<string, string> Metadata)> ReadMetadataAsync(FileRef file, CancellationToken cancellationToken)
    {
        Dictionary<string, string> metadata = [];
        if (!IsOwn(file.Bucket)) return (new FileOpening.Absent(FileAbsence.Foreign), metadata);
        try
        {
            GetObjectMetadataResponse head = await s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = file.Bucket, Key = file.Key, VersionId = file.VersionId, EtagToMatch = file.ETag }, cancellationToken);
            foreach (string name in head.Metadata.Keys) metadata[name.Replace("x-amz-meta-", "", StringComparison.OrdinalIgnoreCase)] = head.Metadata[name];
            return (null, metadata);
        }
        catch (AmazonS3Exception exception) when (Absence(exception) is { } absent)
        {
            return (absent, metadata);
        }
    }

    private bool IsOwn(string bucket) => bucket == cloud.InboxBucket || bucket == cloud.ArchiveBucket || bucket == cloud.RejectedBucket;

    private static FileOpening.Absent? Absence(AmazonS3Exception exception) => exception.StatusCode switch
    {
        // 405 is a delete marker's answer, and 400 that of a version id that is none.
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest => new FileOpening.Absent(FileAbsence.Gone),
        HttpStatusCode.PreconditionFailed => new FileOpening.Absent(FileAbsence.Changed),
        HttpStatusCode.RequestedRangeNotSatisfiable => new FileOpening.Absent(FileAbsence.NoSuchRange),
        HttpStatusCode.Forbidden => new FileOpening.Absent(FileAbsence.Refused, exception.Message),
        _ => null,
    };
}

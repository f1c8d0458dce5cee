using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// Moves a file to another bucket under the same key, if it is still the file that was decided on. Every step can be repeated: a
/// mover that was killed between two of them, or whose answer was lost, is run again and comes to the same end.
/// </summary>
internal sealed class FileMover(IAmazonS3 s3, string targetBucket)
{
    /// <summary>
    /// What S3 copies in one call, 5 GiB; a larger file needs a multipart copy, which Archiver does not make.
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
    /// </summary>
    public const long MaxSize = 5L * 1024 * 1024 * 1024;

    // The source changed right before its copy: what is there by now is looked at once more, and that is the end of it.
    private const int Attempts = 2;

    private readonly ObjectReader _reader = new(s3);

    /// <summary>Moves the very object whose metadata was read. One that changed since stays, with what replaced it.</summary>
    /// <param name="file">The file as it was read, and decided on.</param>
    /// <param name="since">When the run came to its action, the same for every attempt: what was copied from then on, this run copied.</param>
    /// <returns>Where the file is now.</returns>
    /// <exception cref="FileTooLargeException">It is larger than <see cref="MaxSize"/>.</exception>
    /// <exception cref="ObjectNotFoundException">It is neither where it was nor in the target bucket.</exception>
    /// <exception cref="ObjectChangedException">The key has another object now. Nothing was moved or removed.</exception>
    public async Task<ObjectLocation> MoveAsync(FileMetadata file, DateTimeOffset since)
    {
        ObjectLocation source = new(file.Bucket!, file.Key!, file.VersionId);
        ObjectLocation target = new(targetBucket, file.Key!);
        // A run on a file that lies in the target bucket already: it is there, and to remove the source would be to lose it.
        if (source.Bucket == target.Bucket) return target;
        if (file.Size > MaxSize)
            throw new FileTooLargeException($"The file {source} has {file.Size} bytes; up to {MaxSize} can be moved.");

        for (int attempt = 1; await MustCopyAsync(source, target, file, since); attempt++)
        {
            if (await CopyAsync(source, target, file, isLast: attempt == Attempts)) break;
        }
        await RemoveAsync(source, file);
        return target;
    }

    /// <summary>
    /// Whether the file is still to be copied, else the target has it. What the key holds is looked at last, right before the copy.
    /// Once the target has this run's copy, newer content under the key is another file, and the move only has to be finished.
    /// </summary>
    private async Task<bool> MustCopyAsync(ObjectLocation source, ObjectLocation target, FileMetadata file, DateTimeOffset since)
    {
        DateTimeOffset? copied = await StoredAtAsync(target, file);
        // S3 gives times in whole seconds.
        if (copied >= since.AddTicks(-(since.Ticks % TimeSpan.TicksPerSecond))) return false;

        ObjectLocation key = source with { VersionId = null };
        GetObjectMetadataResponse? current = await HeadAsync(key);
        // The target may have had the same content from an earlier run: a copy of one's own tells a later attempt that it was made.
        if (current is not null && IsReviewed(current, file)) return true;
        // Without a copy of this run's, the content in the target stands for this file only where the file itself is gone.
        if (copied is not null && await IsGoneAsync(source, current)) return false;
        throw current is null
            ? new ObjectNotFoundException($"The file {key} is gone: it was removed after its metadata was read, and is not in the bucket “{target.Bucket}”.")
            : new ObjectChangedException(
                $"The file {key} is no longer the one whose metadata was read: another was put in its place, stored on "
                + $"{Stamp(current.LastModified)}. Nothing was moved or removed. Start a run on the new file to have it decided.");
    }

    /// <summary>Whether an object is the one whose metadata was read. Where a bucket has no versions, its content has to tell.</summary>
    private static bool IsReviewed(GetObjectMetadataResponse current, FileMetadata file) =>
        file.VersionId is null ? current.ETag == file.ETag : current.VersionId == file.VersionId;

    private async Task<bool> IsGoneAsync(ObjectLocation source, GetObjectMetadataResponse? current) =>
        source.VersionId is null ? current is null : await HeadAsync(source) is null;

    /// <summary>
    /// When the file's content came into the target; nothing when it is not there. The ETag can't tell: a copy's differs from
    /// that of a multipart upload.
    /// </summary>
    private async Task<DateTimeOffset?> StoredAtAsync(ObjectLocation target, FileMetadata file)
    {
        if (await HeadAsync(target) is not { } head || head.ContentLength != file.Size) return null;
        try
        {
            return (await _reader.ReadAsync(target)).Sha256 == file.Sha256 ? Utc(head.LastModified) : null;
        }
        catch (ObjectNotFoundException)
        {
            return null; // removed since the HEAD
        }
    }

    /// <summary>Looks at an object without its content; nothing when there is none, or a delete marker.</summary>
    private async Task<GetObjectMetadataResponse?> HeadAsync(ObjectLocation location)
    {
        try
        {
            return await StorageCall.RunAsync(location.ToString(), () => s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = location.Bucket, Key = location.Key, VersionId = location.VersionId }));
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Copies the reviewed object and no other: its version, and where there are none, on the condition of its ETag.</summary>
    /// <returns>Whether it was copied; not when it was replaced or removed a moment before.</returns>
    private async Task<bool> CopyAsync(ObjectLocation source, ObjectLocation target, FileMetadata file, bool isLast)
    {
        try
        {
            await StorageCall.RunAsync(
                $"{source}, on its way to the bucket “{target.Bucket}”",
                () => s3.CopyObjectAsync(new CopyObjectRequest
                {
                    SourceBucket = source.Bucket,
                    SourceKey = source.Key,
                    SourceVersionId = source.VersionId,
                    ETagToMatch = file.ETag,
                    DestinationBucket = target.Bucket,
                    DestinationKey = target.Key,
                }));
            return true;
        }
        catch (FunctionException exception) when (!isLast && (exception is ObjectNotFoundException or ObjectChangedException))
        {
            return false; // somebody replaced or removed it, or another attempt of this very run was quicker
        }
    }

    /// <summary>Removes exactly what was copied: newer content under the same key is another file, and stays.</summary>
    /// <returns>Whether there was anything to remove.</returns>
    private Task<bool> RemoveAsync(ObjectLocation source, FileMetadata file) => StorageCall.RunAsync(source.ToString(), async () =>
    {
        DeleteObjectRequest request = new() { BucketName = source.Bucket, Key = source.Key, VersionId = source.VersionId };
        if (source.VersionId is null) request.IfMatch = file.ETag;
        try
        {
            await s3.DeleteObjectAsync(request);
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed)
        {
            return false; // gone already, or replaced by another file
        }
    });

    private static DateTimeOffset? Utc(DateTime? time) => time is { } stored ? new DateTimeOffset(stored.ToUniversalTime()) : null;

    private static string Stamp(DateTime? time) => Utc(time)?.ToString("yyyy-MM-dd 'at' HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "an unknown day";
}

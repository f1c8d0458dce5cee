using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// Moves a file to another bucket under the same key. Every step can be repeated: a mover that was killed between two of them,
/// or whose answer was lost, is run again and comes to the same end.
/// </summary>
internal sealed class FileMover(IAmazonS3 s3, string targetBucket)
{
    /// <summary>
    /// What S3 copies in one call, 5 GiB; a larger file needs a multipart copy, which Archiver does not make.
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
    /// </summary>
    public const long MaxSize = 5L * 1024 * 1024 * 1024;

    private readonly ObjectReader _reader = new(s3);

    /// <summary>Moves the very content whose metadata was read, also when the key has newer content by now.</summary>
    /// <returns>Where the file is now.</returns>
    /// <exception cref="FileTooLargeException">It is larger than <see cref="MaxSize"/>.</exception>
    /// <exception cref="ObjectNotFoundException">It is neither where it was nor in the target bucket.</exception>
    /// <exception cref="ObjectChangedException">It was overwritten in a bucket that keeps no versions.</exception>
    public async Task<ObjectLocation> MoveAsync(FileMetadata file)
    {
        ObjectLocation source = new(file.Bucket!, file.Key!, file.VersionId);
        ObjectLocation target = new(targetBucket, file.Key!);
        // A run on a file that lies in the target bucket already: it is there, and to remove the source would be to lose it.
        if (source.Bucket == target.Bucket) return target;
        if (file.Size > MaxSize)
            throw new FileTooLargeException($"The file {source} has {file.Size} bytes; up to {MaxSize} can be moved.");

        if (!await IsThereAsync(target, file)) await CopyAsync(source, target, file);
        await RemoveAsync(source, file);
        return target;
    }

    /// <summary>
    /// Whether the target has the file's content. Only then may the source be gone, and a copy would only add a version. The
    /// ETag can't tell: a copy's differs from that of a multipart upload.
    /// </summary>
    private async Task<bool> IsThereAsync(ObjectLocation target, FileMetadata file)
    {
        try
        {
            GetObjectMetadataResponse head = await StorageCall.RunAsync(target.ToString(), () => s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = target.Bucket, Key = target.Key }));
            return head.ContentLength == file.Size && (await _reader.ReadAsync(target)).Sha256 == file.Sha256;
        }
        catch (ObjectNotFoundException)
        {
            return false;
        }
    }

    private Task<CopyObjectResponse> CopyAsync(ObjectLocation source, ObjectLocation target, FileMetadata file) => StorageCall.RunAsync(
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
}

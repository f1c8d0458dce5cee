using System.Buffers;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs;

/// <summary>Streams files into the inbox bucket.</summary>
internal sealed partial class InboxUploads(IAmazonS3 s3, CloudResources cloud, ILogger<InboxUploads> logger)
{
    /// <summary>The largest file, in bytes: 1 GB.</summary>
    public const long LargestFile = 1024L * 1024 * 1024;

    /// <summary>The longest name, in bytes of UTF-8: a key has 1,024 with what stands before the name.</summary>
    public const int LongestName = 900;

    /// <summary>The most that is kept in memory of a file at once, twice: a part is filled while the one before is sent. In bytes.</summary>
    public const int PartSize = 16 * 1024 * 1024;

    /// <summary>Why a file can't be taken, a sentence; nothing when it can.</summary>
    public static string? Refuse(string name, long size)
    {
        if (size > LargestFile) return L["{0} is larger than 1 GB.", name];
        if (Encoding.UTF8.GetByteCount(name) > LongestName) return L["The name of {0}… is longer than {1} bytes.", name[..40], LongestName];
        return name.Length == 0 ? L["A file has no name."] : null;
    }

    /// <summary>What the keys begin with of files whose runs are started here: a file that is dropped elsewhere starts its run itself.</summary>
    public const string Prefix = "uploads/";

    /// <summary>The key of a file: its name as it is, below a folder of its own, so that equal names don't meet.</summary>
    public static string Key(string click, int index, string name) => $"{Prefix}{RunStarter.Name(click, index)}/{name}";

    /// <summary>
    /// Uploads a file, in constant memory. Each part is sent from memory, so that the SDK can send it again where a connection
    /// breaks; a stream that is read once could not be. Nothing is stored of a file whose content breaks off.
    /// </summary>
    /// <param name="permit">To upload.</param>
    /// <param name="key">Where to.</param>
    /// <param name="content">What; it is read once, to its end.</param>
    /// <param name="length">How many bytes it has, where that is known; it only spares memory.</param>
    /// <param name="contentType">Its type; nothing where it is not known.</param>
    /// <param name="cancellationToken">Gives the upload up. A file that has arrived whole by then may be stored all the same.</param>
    /// <returns>How many bytes it had.</returns>
    public async Task<long> UploadAsync(Permit permit, string key, Stream content, long? length, string? contentType, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.UploadFile);
        // One byte more than it is to have: a buffer that does not fill up has met the end.
        int capacity = (int)Math.Min(PartSize, (length ?? PartSize) + 1);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);
        int filled = await content.ReadAtLeastAsync(buffer.AsMemory(0, capacity), capacity, throwOnEndOfStream: false, cancellationToken);
        contentType ??= "application/octet-stream";
        long size = filled < capacity
            ? await PutAsync(key, buffer, filled, contentType, cancellationToken)
            : await PutInPartsAsync(key, content, buffer, filled, contentType, cancellationToken);
        // Not where it failed: a call that was given up may still be reading.
        ArrayPool<byte>.Shared.Return(buffer);
        return size;
    }

    private async Task<long> PutAsync(string key, byte[] content, int length, string contentType, CancellationToken cancellationToken)
    {
        using MemoryStream body = new(content, 0, length, writable: false);
        await s3.PutObjectAsync(
            new PutObjectRequest { BucketName = cloud.InboxBucket, Key = key, InputStream = body, ContentType = contentType, AutoCloseStream = false },
            cancellationToken);
        return length;
    }

    private async Task<long> PutInPartsAsync(
        string key, Stream content, byte[] first, int filled, string contentType, CancellationToken cancellationToken)
    {
        // Not cancelled: an upload that was begun and whose answer is lost could not be given up.
        InitiateMultipartUploadResponse begun = await s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = cloud.InboxBucket,
                Key = key,
                ContentType = contentType,
                // What the SDK sends with every part anyway: S3 then holds the whole object to it.
                ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
                ChecksumType = ChecksumType.FULL_OBJECT,
            },
            CancellationToken.None);
        PartSender sender = new(s3, cloud.InboxBucket, key, begun.UploadId, cancellationToken);
        try
        {
            return await sender.SendAsync(content, first, filled);
        }
        catch
        {
            await sender.IdleAsync(); // a part that arrives while its upload is given up could be kept for ever
            await AbortAsync(key, begun.UploadId);
            throw;
        }
    }

    private async Task AbortAsync(string key, string uploadId)
    {
        try
        {
            await s3.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest { BucketName = cloud.InboxBucket, Key = key, UploadId = uploadId }, CancellationToken.None);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            LogNotAborted(logger, key, exception); // the bucket's lifecycle rule does it, days later
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The upload of {Key} broke off, and its parts could not be removed.")]
    private static partial void LogNotAborted(ILogger logger, string key, Exception exception);
}

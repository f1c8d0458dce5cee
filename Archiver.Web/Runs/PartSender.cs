using System.Buffers;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Web.Runs;

/// <summary>Sends the parts of one multipart upload, one at a time, while the next is read.</summary>
internal sealed class PartSender(IAmazonS3 s3, string bucket, string key, string uploadId, CancellationToken cancellationToken)
{
    private readonly List<PartETag> _parts = [];
    private Task<UploadPartResponse>? _underWay;

    /// <summary>Sends a file's content to its end, and makes an object of it.</summary>
    /// <param name="content">What is still to be read.</param>
    /// <param name="first">What was read of it: the first part.</param>
    /// <param name="filled">How many bytes that is: what every part has but the last.</param>
    /// <returns>How many bytes it has in all.</returns>
    public async Task<long> SendAsync(Stream content, byte[] first, int filled)
    {
        int partSize = filled;
        long size = 0;
        byte[] second = ArrayPool<byte>.Shared.Rent(partSize);
        (byte[] full, byte[] next) = (first, second);
        while (filled > 0)
        {
            size += filled;
            _underWay = SendPartAsync(_parts.Count + 1, full, filled);
            filled = await content.ReadAtLeastAsync(next.AsMemory(0, partSize), partSize, throwOnEndOfStream: false, cancellationToken);
            UploadPartResponse sent = await _underWay;
            _parts.Add(new PartETag(_parts.Count + 1, sent.ETag));
            (full, next) = (next, full);
        }
        cancellationToken.ThrowIfCancellationRequested();
        // From here on the object is or is not: a call that is given up would leave that open.
        await s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = uploadId, PartETags = _parts }, CancellationToken.None);
        ArrayPool<byte>.Shared.Return(second);
        return size;
    }

    /// <summary>Waits until nothing is under way any more, however that ended.</summary>
    public async Task IdleAsync()
    {
        if (_underWay is not null) await ((Task)_underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<UploadPartResponse> SendPartAsync(int number, byte[] content, int length)
    {
        using MemoryStream body = new(content, 0, length, writable: false);
        return await s3.UploadPartAsync(
            new UploadPartRequest { BucketName = bucket, Key = key, UploadId = uploadId, PartNumber = number, PartSize = length, InputStream = body },
            cancellationToken);
    }
}

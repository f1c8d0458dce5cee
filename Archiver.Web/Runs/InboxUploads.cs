using System.Globalization;
using System.Text;
using Amazon.S3;
using Amazon.S3.Transfer;
using Archiver.Web.Cloud;

namespace Archiver.Web.Runs;

/// <summary>Streams files into the inbox bucket.</summary>
internal sealed class InboxUploads(IAmazonS3 s3, CloudResources cloud)
{
    /// <summary>The largest file, in bytes: 1 GB.</summary>
    public const long LargestFile = 1024L * 1024 * 1024;

    /// <summary>The longest name, in bytes of UTF-8: a key has 1,024 with what stands before the name.</summary>
    public const int LongestName = 900;

    /// <summary>Why a file can't be taken, a sentence; nothing when it can.</summary>
    public static string? Refuse(string name, long size)
    {
        if (size > LargestFile) return $"{name} is larger than 1 GB.";
        if (Encoding.UTF8.GetByteCount(name) > LongestName) return $"The name of {name[..40]}… is longer than {LongestName.ToString(CultureInfo.InvariantCulture)} bytes.";
        return name.Length == 0 ? "A file has no name." : null;
    }

    /// <summary>The key of a file: its name as it is, below a folder of its own, so that equal names don't meet.</summary>
    public static string Key(string click, int index, string name) => $"{RunStarter.Name(click, index)}/{name}";

    /// <summary>Uploads a file.</summary>
    /// <param name="key">Where to.</param>
    /// <param name="content">What; it is read once, in parts.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="contentType">Its type, as the browser says; may be empty.</param>
    public async Task UploadAsync(string key, Stream content, long size, string contentType, CancellationToken cancellationToken)
    {
        using TransferUtility transfer = new(s3);
        await transfer.UploadAsync(
            new TransferUtilityUploadRequest
            {
                BucketName = cloud.InboxBucket,
                Key = key,
                InputStream = content,
                ContentType = contentType.Length > 0 ? contentType : "application/octet-stream",
                AutoCloseStream = false,
                PartSize = 16 * 1024 * 1024,
                Headers = { ContentLength = size },
            },
            cancellationToken);
    }
}

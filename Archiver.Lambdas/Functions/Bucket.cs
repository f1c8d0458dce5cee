using System.Globalization;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Lambdas.Functions;

/// <summary>The looks at objects that the actions share; each failure is one of <see cref="StorageCall"/>'s.</summary>
internal sealed class Bucket(IAmazonS3 s3)
{
    private const string Prefix = "x-amz-meta-";

    /// <summary>Looks at an object without its content; nothing when there is none, or a delete marker.</summary>
    public async Task<GetObjectMetadataResponse?> HeadAsync(ObjectLocation location)
    {
        try
        {
            return await StorageCall.RunAsync(location.ToString(), () => s3.GetObjectMetadataAsync(new GetObjectMetadataRequest
            {
                BucketName = location.Bucket,
                Key = location.Key,
                VersionId = location.VersionId,
                ChecksumMode = ChecksumMode.ENABLED,
            }));
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads an object through, in constant memory.</summary>
    /// <returns>The SHA-256 of its content, in lower-case hexadecimal.</returns>
    public Task<string> HashAsync(ObjectLocation location) => StorageCall.RunAsync(location.ToString(), async () =>
    {
        using GetObjectResponse response = await s3.GetObjectAsync(
            new GetObjectRequest { BucketName = location.Bucket, Key = location.Key, VersionId = location.VersionId });
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(response.ResponseStream));
    });

    /// <summary>
    /// Whether S3 says that an object has a SHA-256; nothing where it does not say one of the object as a whole, which it does of none that
    /// came in parts.
    /// </summary>
    /// <param name="checksum">S3's checksum in base64; of parts, their count follows after a hyphen.</param>
    /// <param name="sha256">In lower-case hexadecimal.</param>
    public static bool? HasSha256(string? checksum, string sha256)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return checksum is not null && Convert.TryFromBase64String(checksum, hash, out int length) && length == hash.Length
            ? Convert.ToHexStringLower(hash) == sha256
            : null;
    }

    /// <summary>Removes exactly the object that was copied: newer content under the same key is another file, and stays.</summary>
    /// <param name="location">The object; where its bucket has no versions, its ETag has to tell.</param>
    /// <param name="eTag">The object's ETag.</param>
    public Task RemoveAsync(ObjectLocation location, string? eTag) => StorageCall.RunAsync(location.ToString(), async () =>
    {
        DeleteObjectRequest request = new() { BucketName = location.Bucket, Key = location.Key, VersionId = location.VersionId };
        if (location.VersionId is null) request.IfMatch = eTag;
        try
        {
            return await s3.DeleteObjectAsync(request);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.PreconditionFailed)
        {
            return null; // gone already, or replaced by another file
        }
    });

    /// <summary>An object's user metadata, by name without S3's prefix.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OwnMetadata(GetObjectMetadataResponse head) => head.Metadata.Keys.Select(
        name => KeyValuePair.Create(name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name, head.Metadata[name]));

    /// <summary>The version to name an object by. “null” is that of what was stored without versions, which an overwrite replaces.</summary>
    public static string? RealVersion(string? versionId) => versionId is null or "" or "null" ? null : versionId;

    /// <summary>A time of S3's as one with an offset.</summary>
    public static DateTimeOffset? Utc(DateTime? time) => time is { } stored ? new DateTimeOffset(stored.ToUniversalTime()) : null;

    /// <summary>A time of S3's in a sentence.</summary>
    public static string Stamp(DateTime? time) => Utc(time)?.ToString("yyyy-MM-dd 'at' HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "an unknown day";
}

using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// Whether a file is to be archived at all: its tag <c>archive</c> says so, else its user metadata entry of that name, else yes.
/// The tag comes first because it can be changed after the upload.
/// </summary>
internal sealed class ArchiveFlag(IAmazonS3 s3)
{
    private const string Name = "archive";

    /// <summary>Reads the flag of an object whose metadata entry is known.</summary>
    /// <exception cref="InvalidArchiveFlagException">It is neither true nor false: a guess could archive what must not be.</exception>
    public async Task<bool> ReadAsync(ObjectLocation location, string? metadataEntry)
    {
        GetObjectTaggingResponse response = await StorageCall.RunAsync(location.ToString(), () => s3.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = location.Bucket, Key = location.Key, VersionId = location.VersionId }));
        string? tag = (response.Tagging ?? []).Find(tag => tag.Key == Name)?.Value;
        string? value = tag ?? metadataEntry;
        if (value is null) return true;
        return bool.TryParse(value, out bool flag)
            ? flag
            : throw new InvalidArchiveFlagException(
                $"The {(tag is null ? "metadata entry" : "tag")} “{Name}” of {location} is “{value}”; it must be true or false.");
    }
}

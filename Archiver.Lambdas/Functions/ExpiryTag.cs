using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>Tags a file that nobody decided on in time, where it lies; its other tags stay.</summary>
internal sealed class ExpiryTag(IAmazonS3 s3)
{
    /// <summary>The tag that says what was done.</summary>
    public const string Action = "archiver-action";

    /// <summary>The tag that says when.</summary>
    public const string At = "archiver-expired-at";

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
    private const int MostTags = 10;

    private readonly Bucket _bucket = new(s3);

    /// <summary>Tags the very object that was read; one that is gone or replaced is left alone, and of a file that has ten tags none gives way.</summary>
    /// <returns>Where the file is: where it was.</returns>
    public async Task<ObjectLocation> AddAsync(ActionFacts facts)
    {
        ObjectLocation source = facts.Source;
        try
        {
            // Without versions a tag would go to whatever has the key now.
            if (source.VersionId is not null || (await _bucket.HeadAsync(source))?.ETag == facts.File.ETag) await TagAsync(source, facts);
        }
        catch (ObjectNotFoundException)
        {
            // There is nothing left to tag.
        }

        return source;
    }

    private async Task TagAsync(ObjectLocation source, ActionFacts facts)
    {
        GetObjectTaggingResponse before = await StorageCall.RunAsync(source.ToString(), () => s3.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = source.Bucket, Key = source.Key, VersionId = source.VersionId }));
        List<Tag> tags =
        [
            .. (before.Tagging ?? []).Where(tag => tag.Key is not (Action or At)),
            new Tag { Key = Action, Value = ResultAction.Expired },
            new Tag { Key = At, Value = UtcTimestamp.Format(facts.EnteredAt) },
        ];
        await StorageCall.RunAsync(source.ToString(), () => s3.PutObjectTaggingAsync(new PutObjectTaggingRequest
        {
            BucketName = source.Bucket,
            Key = source.Key,
            VersionId = source.VersionId,
            Tagging = new Tagging { TagSet = [.. tags.Take(MostTags)] },
        }));
    }
}

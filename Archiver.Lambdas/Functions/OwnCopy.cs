using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Lambdas.Functions;

/// <summary>Finds the copy that an earlier attempt of the same run made: it names the run, and has the file's content.</summary>
internal sealed class OwnCopy(IAmazonS3 s3)
{
    // While the file is still there, a copy that is not found is made again, which loses nothing: many files of one name at the same
    // moment must not look at each other's copies without end.
    private const int MostLooks = 20;

    private readonly Bucket _bucket = new(s3);

    /// <summary>Whether the newest object under the target's key is this run's own.</summary>
    /// <returns>It; nothing when it is not.</returns>
    public async Task<ObjectLocation?> FindNewestAsync(ObjectLocation target, GetObjectMetadataResponse? newest, ActionFacts facts) =>
        newest is null ? null : await OwnAsync(target with { VersionId = Bucket.RealVersion(newest.VersionId) }, newest, facts);

    /// <summary>Looks among the versions below the newest, which other runs on files of the same name may have put on top.</summary>
    /// <param name="target">The key.</param>
    /// <param name="newest">What is on top.</param>
    /// <param name="facts">What is done.</param>
    /// <param name="thorough">Whether to look at all of them: the file itself is not there to be copied again.</param>
    public async Task<ObjectLocation?> FindEarlierAsync(ObjectLocation target, GetObjectMetadataResponse? newest, ActionFacts facts, bool thorough)
    {
        // S3 gives times in whole seconds. What lies on top of this run's copy is newer than it.
        DateTimeOffset since = facts.EnteredAt.AddTicks(-(facts.EnteredAt.Ticks % TimeSpan.TicksPerSecond));
        if (newest is null || Bucket.RealVersion(newest.VersionId) is null || Bucket.Utc(newest.LastModified) < since) return null;

        ListVersionsRequest request = new() { BucketName = target.Bucket, Prefix = target.Key };
        int looks = 0;
        while (true)
        {
            ListVersionsResponse page = await StorageCall.RunAsync(target.ToString(), () => s3.ListVersionsAsync(request));
            foreach (S3ObjectVersion version in page.Versions ?? [])
            {
                if (version.Key != target.Key || Bucket.Utc(version.LastModified) < since) return null; // the newest come first, and the key itself before longer ones
                if (version.IsDeleteMarker == true || version.Size != facts.File.Size || version.VersionId == newest.VersionId) continue;
                if (!thorough && ++looks > MostLooks) return null;
                ObjectLocation place = target with { VersionId = version.VersionId };
                if (await _bucket.HeadAsync(place) is { } head && await OwnAsync(place, head, facts) is { } own) return own;
            }

            if (page.IsTruncated != true) return null;
            request.KeyMarker = page.NextKeyMarker;
            request.VersionIdMarker = page.NextVersionIdMarker;
        }
    }

    private async Task<ObjectLocation?> OwnAsync(ObjectLocation place, GetObjectMetadataResponse head, ActionFacts facts)
    {
        if (head.Metadata[Evidence.Run] != HeaderText.Encode(facts.File.Id) || head.ContentLength != facts.File.Size) return null;
        if (facts.File.Sha256 is not { } sha256) return place;
        try
        {
            return Bucket.HasSha256(head.ChecksumSHA256, sha256) ?? await _bucket.HashAsync(place) == sha256 ? place : null;
        }
        catch (ObjectNotFoundException)
        {
            return null; // removed since the look
        }
    }
}

using Archiver.Infra.LocalCloud.S3.State;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>Decides about buckets. Refusals are <see cref="Wire.AwsError"/>s with S3's codes.</summary>
internal sealed class BucketService(S3Store store, CloudIdentity identity, TimeProvider time)
{
    /// <summary>Makes a bucket.</summary>
    /// <param name="location">The region that the client asks for; nothing for the cloud's own.</param>
    /// <param name="tags">Its tags.</param>
    public void Create(string name, string? location, IReadOnlyDictionary<string, string> tags)
    {
        if (!BucketName.IsValid(name))
            throw S3Errors.InvalidBucketName(name);
        Bucket bucket = new(name, time.GetUtcNow(), location ?? identity.Region, Versioning.Unversioned, tags);
        if (!store.Buckets.Create(bucket))
            throw S3Errors.BucketAlreadyOwnedByYou(name);
    }

    public Bucket Get(string name) => store.Buckets.Find(name) ?? throw S3Errors.NoSuchBucket(name);

    /// <summary>Removes an empty bucket, and the uploads that are under way to it.</summary>
    public void Delete(string name)
    {
        List<string> orphans = [];
        switch (store.Buckets.Delete(name, orphans))
        {
            case WriteOutcome.ConditionFailed: throw S3Errors.BucketNotEmpty(name);
            case WriteOutcome.NoSuchBucket: throw S3Errors.NoSuchBucket(name);
            default: store.Blobs.Delete(orphans); break;
        }
    }

    /// <summary>A page of buckets in the order of their names.</summary>
    /// <param name="from">The first name that may be listed.</param>
    /// <returns>The page, and where the next begins; nothing when this is the last.</returns>
    public (IReadOnlyList<Bucket> Page, string? Next) List(string from, string prefix, int limit)
    {
        IReadOnlyList<Bucket> buckets = store.Buckets.List(from, prefix, limit + 1);
        return buckets.Count > limit ? (buckets.Take(limit).ToList(), buckets[limit].Name) : (buckets, null);
    }

    /// <summary>Begins or ceases to keep versions. A bucket that kept some can cease, but not forget that it did.</summary>
    public void SetVersioning(string name, Versioning versioning)
    {
        if (!store.Buckets.SetVersioning(name, versioning))
            throw S3Errors.NoSuchBucket(name);
    }

    /// <summary>Lets a bucket tell EventBridge of what happens to its objects, or not.</summary>
    public void SetEventBridge(string name, bool enabled)
    {
        if (!store.Buckets.SetEventBridge(name, enabled))
            throw S3Errors.NoSuchBucket(name);
    }

    public void SetTags(string name, IReadOnlyDictionary<string, string> tags)
    {
        if (!store.Buckets.SetTags(name, tags))
            throw S3Errors.NoSuchBucket(name);
    }
}

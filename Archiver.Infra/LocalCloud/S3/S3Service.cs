using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>An object that was written.</summary>
/// <param name="VersionId">Its version; nothing in a bucket that never kept versions.</param>
internal sealed record Written(string ETag, string? VersionId, Checksum Checksum, DateTimeOffset Modified, long Size);

/// <summary>Where an object is copied from.</summary>
/// <param name="VersionId">The version; nothing for the newest.</param>
internal sealed record CopySource(string Bucket, string Key, string? VersionId, Preconditions Conditions);

/// <summary>A copy to make.</summary>
/// <param name="Attributes">What is said of the copy; nothing to say what is said of the source.</param>
/// <param name="Tags">The copy's tags; nothing for the source's.</param>
/// <param name="Algorithm">The copy's checksum algorithm; nothing for the source's.</param>
/// <param name="Encryption">The encryption at rest that is asked for; the source's is not taken over.</param>
internal sealed record CopyRequest(
    CopySource Source, string Bucket, string Key, ObjectAttributes? Attributes, IReadOnlyDictionary<string, string>? Tags,
    ChecksumAlgorithm? Algorithm, string? Encryption, WriteCondition Condition);

/// <summary>Decides about objects. Refusals are <see cref="AwsError"/>s with S3's codes.</summary>
internal sealed class S3Service(S3Store store, ObjectEvents events, TimeProvider time)
{
    /// <summary>Writes an object: its body first, then, in one step, the row that makes it the key's newest version.</summary>
    public async Task<Written> PutAsync(
        string bucket, string key, ObjectAttributes attributes, IReadOnlyDictionary<string, string> tags, ObjectBody body,
        WriteCondition condition, CancellationToken cancellationToken)
    {
        RefuseEarly(bucket, key, condition);
        ChecksumAlgorithm algorithm = body.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        using BlobDraft draft = store.Blobs.Create();
        using BodyDigest digest = body.StartDigest(algorithm);
        await draft.AppendAsync(body.Content, digest, cancellationToken);
        body.Verify(digest);
        return Put("PutObject", draft, condition, blob => new NewVersion(
            bucket, key, blob, digest.Length, digest.ETag(), digest.Checksum(algorithm), time.GetUtcNow(), attributes, tags, []));
    }

    /// <summary>Writes an object from a file, once: whoever asks again with the same name of the write finds it made.</summary>
    /// <param name="once">What names the write.</param>
    /// <param name="content">The bytes, read to their end.</param>
    /// <param name="isWhole">Says, when the bytes were read, how many there were, whether they are to be an object.</param>
    /// <returns>Whether it is made, now or before; else the bytes were not whole.</returns>
    public async Task<bool> PutOnceAsync(
        string bucket, string key, string once, Stream content, Func<long, bool> isWhole, CancellationToken cancellationToken)
    {
        RefuseEarly(bucket, key, WriteCondition.None);
        using BlobDraft draft = store.Blobs.Create();
        using BodyDigest digest = new(withMd5: true, withSha256: false, ChecksumAlgorithm.Crc64Nvme);
        await draft.AppendAsync(content, digest, cancellationToken);
        if (!isWhole(digest.Length))
            return false;
        NewVersion version = new(
            bucket, key, draft.Commit(), digest.Length, digest.ETag(), digest.Checksum(ChecksumAlgorithm.Crc64Nvme), time.GetUtcNow(),
            new ObjectAttributes(), new Dictionary<string, string>(), []) { OnceKey = once };
        List<string> orphans = [];
        WriteResult result = store.Objects.Put(version, WriteCondition.None, orphans);
        if (result.Outcome != WriteOutcome.Done)
            orphans.Add(version.Blob);
        store.Blobs.Delete(orphans);
        if (result.Outcome == WriteOutcome.Done)
            events.Raise(new ObjectChange(version.Operation, bucket, key, result.VersionId, version.Size, version.ETag));
        else if (result.Outcome != WriteOutcome.DoneBefore)
            throw Refusal(result.Outcome, bucket, key, WriteCondition.None);
        return true;
    }

    /// <summary>The newest version of a key, or the one of an id. It may be a delete marker.</summary>
    public ObjectVersion Find(string bucket, string key, string? versionId)
    {
        if (store.Objects.Find(bucket, key, versionId) is { } version)
            return version;
        if (store.Buckets.Find(bucket) is null)
            throw S3Errors.NoSuchBucket(bucket);
        throw versionId is null ? S3Errors.NoSuchKey(key) : S3Errors.NoSuchVersion(key, versionId);
    }

    /// <summary>The version that <see cref="Find"/> gives, with its body open; a delete marker has none.</summary>
    public (ObjectVersion Version, SafeFileHandle? Body) Open(string bucket, string key, string? versionId)
    {
        for (ObjectVersion? before = null; ;)
        {
            ObjectVersion version = Find(bucket, key, versionId);
            SafeFileHandle? body = version.Blob is null ? null : store.Blobs.Open(version.Blob);
            if (body is not null || version.IsDeleteMarker)
                return (version, body);
            // Overwritten or deleted between the row and the file: then the row is another now, or gone.
            if (before?.Sequence == version.Sequence)
                throw new IOException($"The file of body {version.Blob} is missing.");
            before = version;
        }
    }

    /// <summary>The parts of a version that came as a multipart upload, in order.</summary>
    public IReadOnlyList<ObjectPart> Parts(ObjectVersion version) => store.Objects.Parts(version);

    /// <summary>Copies an object.</summary>
    /// <returns>The copy, and the version that was copied.</returns>
    public async Task<(Written Copy, ObjectVersion Source)> CopyAsync(CopyRequest request, CancellationToken cancellationToken)
    {
        CopySource from = request.Source;
        if (request.Attributes is null && request.Encryption is null && from.VersionId is null && from.Bucket == request.Bucket && from.Key == request.Key)
        {
            throw S3Errors.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }
        RefuseEarly(request.Bucket, request.Key, request.Condition);
        (ObjectVersion source, SafeFileHandle body) = OpenSource(from);
        using (body)
        {
            if (source.Size > S3Limits.SinglePut)
                throw S3Errors.InvalidRequest($"The specified copy source is larger than the maximum allowable size for a copy source: {S3Limits.SinglePut}");
            ChecksumAlgorithm algorithm = request.Algorithm ?? source.Checksum!.Algorithm;
            using BlobDraft draft = store.Blobs.Create();
            using BodyDigest digest = new(withMd5: true, withSha256: false, algorithm);
            await draft.AppendAsync(body, 0, source.Size, digest, cancellationToken);
            ObjectAttributes attributes = (request.Attributes ?? source.Attributes) with { Encryption = request.Encryption };
            Written copy = Put("CopyObject", draft, request.Condition, blob => new NewVersion(
                request.Bucket, request.Key, blob, source.Size, digest.ETag(), digest.Checksum(algorithm), time.GetUtcNow(),
                attributes, request.Tags ?? source.Tags, []));
            return (copy, source);
        }
    }

    /// <summary>Opens what is to be copied, if its conditions hold.</summary>
    public (ObjectVersion Source, SafeFileHandle Body) OpenSource(CopySource from)
    {
        (ObjectVersion source, SafeFileHandle? body) = Open(from.Bucket, from.Key, from.VersionId);
        if (body is null)
        {
            throw from.VersionId is null
                ? S3Errors.NoSuchKey(from.Key)
                : S3Errors.InvalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
        }
        if (from.Conditions.Decide(source.ETag!, source.Modified) == Verdict.Proceed)
            return (source, body);
        body.Dispose();
        throw S3Errors.PreconditionFailed("x-amz-copy-source-If-*");
    }

    /// <summary>Deletes keys or versions.</summary>
    /// <returns>What became of each, in their order.</returns>
    public IReadOnlyList<WriteResult> Delete(string bucket, IReadOnlyList<Deletion> deletions)
    {
        List<string> orphans = [];
        IReadOnlyList<WriteResult> results = store.Objects.Delete(bucket, deletions, time.GetUtcNow(), orphans) ?? throw S3Errors.NoSuchBucket(bucket);
        store.Blobs.Delete(orphans);
        foreach ((Deletion deletion, WriteResult result) in deletions.Zip(results))
        {
            if (result.Removed)
                events.Raise(new ObjectChange("DeleteObject", bucket, deletion.Key, result.VersionId, null, null));
        }
        return results;
    }

    /// <summary>Replaces the tags of the newest version of a key, or of the one of an id.</summary>
    /// <returns>That version. It may be a delete marker, which has no tags.</returns>
    public ObjectVersion SetTags(string bucket, string key, string? versionId, IReadOnlyDictionary<string, string> tags) =>
        store.Objects.SetTags(bucket, key, versionId, tags) ?? Find(bucket, key, versionId);

    /// <summary>A page of current objects.</summary>
    public ScanPage<ListedVersion> List(ListQuery query) => store.Listing.ListCurrent(query) ?? throw S3Errors.NoSuchBucket(query.Bucket);

    /// <summary>A page of versions and delete markers.</summary>
    /// <param name="after">The version of the first key after which it begins; nothing to begin with its newest.</param>
    public ScanPage<ListedVersion> ListVersions(ListQuery query, string? after) =>
        store.Listing.ListVersions(query, after) ?? throw S3Errors.NoSuchBucket(query.Bucket);

    /// <summary>The error of a write that did not happen.</summary>
    public static AwsError Refusal(WriteOutcome outcome, string bucket, string key, WriteCondition condition) => outcome switch
    {
        WriteOutcome.NoSuchBucket => S3Errors.NoSuchBucket(bucket),
        WriteOutcome.NoSuchKey => S3Errors.NoSuchKey(key),
        WriteOutcome.ConditionFailed => S3Errors.PreconditionFailed(condition.Header),
        _ => S3Errors.OperationAborted(),
    };

    // Spares a client the upload of what would be refused. It decides nothing: the write's own transaction asks again.
    private void RefuseEarly(string bucket, string key, WriteCondition condition)
    {
        if (store.Buckets.Find(bucket) is null)
            throw S3Errors.NoSuchBucket(bucket);
        WriteOutcome outcome = condition == WriteCondition.None ? WriteOutcome.Done : condition.Decide(store.Objects.Find(bucket, key, null));
        if (outcome != WriteOutcome.Done)
            throw Refusal(outcome, bucket, key, condition);
    }

    private Written Put(string operation, BlobDraft draft, WriteCondition condition, Func<string, NewVersion> describe)
    {
        NewVersion version = describe(draft.Commit()) with { Operation = operation };
        List<string> orphans = [];
        WriteResult result = store.Objects.Put(version, condition, orphans);
        if (result.Outcome != WriteOutcome.Done)
        {
            store.Blobs.Delete(version.Blob);
            throw Refusal(result.Outcome, version.Bucket, version.Key, condition);
        }
        store.Blobs.Delete(orphans);
        events.Raise(new ObjectChange(operation, version.Bucket, version.Key, result.VersionId, version.Size, version.ETag));
        return new Written(version.ETag, result.VersionId, version.Checksum, version.Modified, version.Size);
    }
}

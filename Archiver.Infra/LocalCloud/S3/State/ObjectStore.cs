using System.Text.Json;
using Archiver.Infra.LocalCloud.Storage;
using Dapper;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>What a write to a key did.</summary>
/// <param name="VersionId">The version that it made or removed; nothing in a bucket that never kept versions.</param>
/// <param name="DeleteMarker">Whether that version is a delete marker.</param>
/// <param name="Removed">Whether anything went or was hidden.</param>
internal sealed record WriteResult(WriteOutcome Outcome, string? VersionId = null, bool DeleteMarker = false, bool Removed = false);

/// <summary>What is to be deleted.</summary>
/// <param name="VersionId">The version to remove for good; nothing to delete the key as its bucket keeps versions.</param>
internal sealed record Deletion(string Key, string? VersionId, WriteCondition Condition);

/// <summary>Keeps the versions of objects. Each method is one transaction.</summary>
internal sealed class ObjectStore(Database database)
{
    /// <summary>The newest version or delete marker of a key, or the one of an id.</summary>
    public ObjectVersion? Find(string bucket, string key, string? versionId) =>
        database.Read(connection => VersionTable.Find(connection, bucket, key, versionId));

    /// <summary>Puts a version on top of its key's others.</summary>
    /// <param name="orphans">Takes the id of the body that it replaces, if it replaces one.</param>
    public WriteResult Put(NewVersion version, WriteCondition condition, List<string> orphans) => database.Write(connection =>
    {
        if (VersionTable.VersioningOf(connection, version.Bucket) is not { } versioning)
            return new WriteResult(WriteOutcome.NoSuchBucket);
        WriteOutcome decision = condition.Decide(VersionTable.Find(connection, version.Bucket, version.Key));
        if (decision != WriteOutcome.Done)
            return new WriteResult(decision);
        if (version.OnceKey is { } once && connection.Execute("INSERT INTO once_keys (once_key) VALUES (@once) ON CONFLICT DO NOTHING", new { once }) == 0)
            return new WriteResult(WriteOutcome.DoneBefore);
        string versionId = VersionTable.Add(connection, version, versioning, orphans);
        return new WriteResult(WriteOutcome.Done, versioning == Versioning.Unversioned ? null : versionId);
    });

    /// <summary>Forgets the names of all writes that were to be made once.</summary>
    public void ForgetOnceKeys() => database.Write(connection => connection.Execute("DELETE FROM once_keys"));

    /// <summary>Forgets the name of a write that was to be made once, and that nobody will ask for again.</summary>
    public void ForgetOnceKey(string once) => database.Write(connection => connection.Execute("DELETE FROM once_keys WHERE once_key = @once", new { once }));

    /// <summary>Deletes keys or versions, all of them or, when the bucket is not there, none.</summary>
    /// <param name="orphans">Takes the ids of the bodies that go.</param>
    /// <returns>What became of each; nothing when there is no such bucket.</returns>
    public IReadOnlyList<WriteResult>? Delete(string bucket, IEnumerable<Deletion> deletions, DateTimeOffset now, List<string> orphans) =>
        database.Write<IReadOnlyList<WriteResult>?>(connection => VersionTable.VersioningOf(connection, bucket) is { } versioning
            ? [.. deletions.Select(deletion => Delete(connection, bucket, versioning, deletion, now, orphans))]
            : null);

    /// <summary>Replaces the tags of the newest version or of the one of an id.</summary>
    /// <returns>The version as it was; nothing when there is none. A delete marker is left as it is.</returns>
    public ObjectVersion? SetTags(string bucket, string key, string? versionId, IReadOnlyDictionary<string, string> tags) => database.Write(connection =>
    {
        ObjectVersion? version = VersionTable.Find(connection, bucket, key, versionId);
        if (version is { IsDeleteMarker: false })
        {
            connection.Execute(
                "UPDATE versions SET tags = @tags WHERE sequence = @Sequence", new { version.Sequence, tags = JsonSerializer.Serialize(tags) });
        }
        return version;
    });

    /// <summary>The parts of a version that came as a multipart upload, in order.</summary>
    public IReadOnlyList<ObjectPart> Parts(ObjectVersion version) => database.Read(connection => connection.Query<(long Number, long Size, string Checksum)>(
        "SELECT number, size, checksum FROM object_parts WHERE sequence = @Sequence ORDER BY number", new { version.Sequence })
        .Select(row => new ObjectPart((int)row.Number, row.Size, row.Checksum)).ToList());

    private static WriteResult Delete(
        Microsoft.Data.Sqlite.SqliteConnection connection, string bucket, Versioning versioning, Deletion deletion, DateTimeOffset now, List<string> orphans)
    {
        // A condition is about the newest version, whichever is to go.
        WriteOutcome decision = deletion.Condition.Decide(VersionTable.Find(connection, bucket, deletion.Key));
        if (decision != WriteOutcome.Done)
            return new WriteResult(decision);
        if (deletion.VersionId is null && versioning != Versioning.Unversioned)
        {
            string marker = VersionTable.AddDeleteMarker(connection, bucket, deletion.Key, now, versioning, orphans);
            ObjectNotes.Add(connection, "DeleteObject", bucket, deletion.Key, marker, null, deleteMarker: true, now);
            return new WriteResult(WriteOutcome.Done, marker, DeleteMarker: true, Removed: true);
        }
        ObjectVersion? version = VersionTable.Find(connection, bucket, deletion.Key, deletion.VersionId ?? Identifiers.NullVersion);
        if (version is not null)
        {
            VersionTable.Remove(connection, version, orphans);
            ObjectNotes.Add(connection, "DeleteObject", bucket, deletion.Key, deletion.VersionId, null, deleteMarker: false, now);
        }
        return new WriteResult(WriteOutcome.Done, deletion.VersionId, version?.IsDeleteMarker ?? false, version is not null);
    }
}

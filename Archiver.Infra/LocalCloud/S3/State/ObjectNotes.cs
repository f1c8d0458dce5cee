using Archiver.Infra.LocalCloud.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>A note of a change to an object, which EventBridge is yet to be told.</summary>
/// <param name="Sequence">Its place in the order of changes.</param>
/// <param name="EventId">The id of the event that tells it.</param>
/// <param name="Operation">The call that made the change.</param>
/// <param name="Created">Whether an object was made; else one was removed or hidden.</param>
/// <param name="DeleteMarker">Whether one was hidden.</param>
/// <param name="VersionId">The version made or removed; nothing in a bucket that never kept versions.</param>
/// <param name="ETag">Its entity tag, without quotes; nothing of a removal.</param>
internal sealed record ObjectNote(
    long Sequence, string EventId, string Operation, bool Created, bool DeleteMarker, string Bucket, string Key, string? VersionId, long Size, string? ETag,
    DateTimeOffset Time);

/// <summary>
/// Notes of changes to the objects of buckets that tell EventBridge. A note is written in the transaction of its change, so that there is
/// neither a change without a note nor the other way round.
/// </summary>
internal sealed class ObjectNotes(Database database)
{
    /// <summary>The notes that have waited longest, in order.</summary>
    public IReadOnlyList<ObjectNote> Oldest(int limit) => database.Read(connection => connection.Query<Row>(
        "SELECT sequence, event_id AS EventId, operation, created, delete_marker AS DeleteMarker, bucket, key, version_id AS VersionId, size, etag, time "
        + "FROM object_notes ORDER BY sequence LIMIT @limit",
        new { limit }).Select(row => row.ToNote()).ToList());

    /// <summary>Forgets notes that were told.</summary>
    public void Remove(IEnumerable<ObjectNote> notes) => database.Write(connection =>
        connection.Execute("DELETE FROM object_notes WHERE sequence = @Sequence", notes.Select(note => new { note.Sequence })));

    /// <summary>Notes a change, inside its transaction; nothing in a bucket that tells nobody.</summary>
    /// <param name="version">The version that was made; nothing of a removal.</param>
    public static void Add(
        SqliteConnection connection, string operation, string bucket, string key, string? versionId, NewVersion? version, bool deleteMarker, DateTimeOffset time) =>
        connection.Execute(
            """
            INSERT INTO object_notes (event_id, operation, created, delete_marker, bucket, key, version_id, size, etag, time)
            SELECT @id, @operation, @created, @deleteMarker, name, @key, @versionId, @size, @etag, @time
            FROM buckets WHERE name = @bucket AND event_bridge = 1
            """,
            new
            {
                id = Guid.NewGuid().ToString(),
                operation,
                created = version is not null,
                deleteMarker,
                bucket,
                key = Keys.Bytes(key),
                versionId,
                size = version?.Size ?? 0,
                etag = version?.ETag,
                time = time.ToUnixTimeMilliseconds(),
            });

    private sealed class Row
    {
        public long Sequence { get; init; }
        public required string EventId { get; init; }
        public required string Operation { get; init; }
        public long Created { get; init; }
        public long DeleteMarker { get; init; }
        public required string Bucket { get; init; }
        public required byte[] Key { get; init; }
        public string? VersionId { get; init; }
        public long Size { get; init; }
        public string? ETag { get; init; }
        public long Time { get; init; }

        public ObjectNote ToNote() => new(
            Sequence, EventId, Operation, Created == 1, DeleteMarker == 1, Bucket, Keys.Text(Key), VersionId, Size, ETag,
            DateTimeOffset.FromUnixTimeMilliseconds(Time));
    }
}

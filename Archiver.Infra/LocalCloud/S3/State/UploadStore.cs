using System.Text.Json;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>An upload in a listing.</summary>
internal sealed record ListedUpload : IKeyedRow
{
    public required byte[] Key { get; init; }
    public required string Id { get; init; }
    public long Initiated { get; init; }
    public required string Algorithm { get; init; }
    public required string ChecksumType { get; init; }
}

/// <summary>Keeps multipart uploads until they become objects. Each method is one transaction.</summary>
internal sealed class UploadStore(Database database)
{
    private const string PartColumns = "number, blob, size, etag, checksum, modified";

    private const string Uploads =
        "SELECT id, key, initiated, algorithm, checksum_type AS ChecksumType FROM uploads INDEXED BY uploads_listed "
        + "WHERE bucket = @Bucket AND key >= @from AND key < @end AND (id > @after OR key > @from) ORDER BY key, id";

    /// <returns>Whether there is such a bucket.</returns>
    public bool Create(Upload upload) => database.Write(connection =>
    {
        if (VersionTable.VersioningOf(connection, upload.Bucket) is null)
            return false;
        connection.Execute(
            "INSERT INTO uploads (id, bucket, key, initiated, algorithm, checksum_type, explicit_checksum, attributes, tags) "
            + "VALUES (@Id, @Bucket, @key, @initiated, @algorithm, @type, @ExplicitChecksum, @attributes, @tags)",
            new
            {
                upload.Id,
                upload.Bucket,
                key = Keys.Bytes(upload.Key),
                initiated = upload.Initiated.ToUnixTimeMilliseconds(),
                algorithm = upload.Algorithm.Name(),
                type = upload.ChecksumType.Name(),
                upload.ExplicitChecksum,
                attributes = JsonSerializer.Serialize(upload.Attributes),
                tags = JsonSerializer.Serialize(upload.Tags),
            });
        return true;
    });

    /// <summary>An upload of a key; nothing when the id is no such upload's.</summary>
    public Upload? Find(string bucket, string key, string id) => database.Read(connection => Find(connection, bucket, key, id));

    /// <summary>An upload of a key and, as of the same moment, its parts in order, those with a number greater than <paramref name="after"/>.</summary>
    public (Upload Upload, IReadOnlyList<UploadedPart> Parts)? FindWithParts(string bucket, string key, string id, int after = 0, int limit = S3Limits.Parts) =>
        database.Read<(Upload, IReadOnlyList<UploadedPart>)?>(connection =>
            Find(connection, bucket, key, id) is { } upload ? (upload, Parts(connection, id, after, limit)) : null);

    /// <summary>Keeps a part, in place of the one that had its number.</summary>
    /// <param name="orphans">Takes the id of the replaced part's body.</param>
    /// <returns>Whether the upload is still there.</returns>
    public bool PutPart(string uploadId, UploadedPart part, List<string> orphans) => database.Write(connection =>
    {
        if (!connection.QuerySingle<bool>("SELECT EXISTS (SELECT 1 FROM uploads WHERE id = @uploadId)", new { uploadId }))
            return false;
        orphans.AddRange(connection.Query<string>(
            "DELETE FROM parts WHERE upload = @uploadId AND number = @Number RETURNING blob", new { uploadId, part.Number }));
        connection.Execute(
            "INSERT INTO parts (upload, number, blob, size, etag, checksum, modified) VALUES (@uploadId, @Number, @Blob, @Size, @ETag, @Checksum, @modified)",
            new { uploadId, part.Number, part.Blob, part.Size, part.ETag, part.Checksum, modified = part.Modified.ToUnixTimeMilliseconds() });
        return true;
    });

    /// <summary>A page of a bucket's uploads; nothing when there is no such bucket.</summary>
    /// <param name="after">The upload of the key <see cref="ListQuery.From"/> after which the page begins; empty to begin before the first.</param>
    public ScanPage<ListedUpload>? List(ListQuery query, string after) => database.Read(connection =>
        VersionTable.VersioningOf(connection, query.Bucket) is null
            ? null
            : DelimitedScan.Read(
                (from, end) => connection.Query<ListedUpload>(
                    Uploads, new { query.Bucket, from, end, after = from.AsSpan().SequenceEqual(query.From) ? after : "" }, buffered: false),
                query.Prefix, query.Delimiter, query.From, query.Limit));

    /// <summary>Gives an upload up.</summary>
    /// <param name="orphans">Takes the ids of its parts' bodies.</param>
    /// <returns>Whether it was there.</returns>
    public bool Abort(string uploadId, List<string> orphans) => database.Write(connection => Remove(connection, uploadId, orphans));

    /// <summary>Makes an upload an object, if it still has just the parts that the object's body was made of.</summary>
    /// <param name="used">Those parts.</param>
    /// <param name="orphans">Takes the ids of all the parts' bodies, and of the one that the object replaces.</param>
    public WriteResult Complete(string uploadId, IReadOnlyList<UploadedPart> used, NewVersion version, WriteCondition condition, List<string> orphans) =>
        database.Write(connection =>
        {
            if (VersionTable.VersioningOf(connection, version.Bucket) is not { } versioning)
                return new WriteResult(WriteOutcome.NoSuchBucket);
            HashSet<string> blobs = [.. Parts(connection, uploadId, 0, S3Limits.Parts).Select(part => part.Blob)];
            if (blobs.Count == 0)
                return new WriteResult(WriteOutcome.NoSuchUpload);
            if (!used.All(part => blobs.Contains(part.Blob)))
                return new WriteResult(WriteOutcome.Conflict);
            WriteOutcome decision = condition.Decide(VersionTable.Find(connection, version.Bucket, version.Key));
            if (decision != WriteOutcome.Done)
                return new WriteResult(decision);
            Remove(connection, uploadId, orphans);
            string versionId = VersionTable.Add(connection, version, versioning, orphans);
            return new WriteResult(WriteOutcome.Done, versioning == Versioning.Unversioned ? null : versionId);
        });

    private static Upload? Find(SqliteConnection connection, string bucket, string key, string id) => connection.QuerySingleOrDefault<UploadRow>(
        "SELECT id, bucket, key, initiated, algorithm, checksum_type AS ChecksumType, explicit_checksum AS ExplicitChecksum, attributes, tags "
        + "FROM uploads WHERE id = @id AND bucket = @bucket AND key = @key",
        new { id, bucket, key = Keys.Bytes(key) })?.ToUpload();

    private static bool Remove(SqliteConnection connection, string uploadId, List<string> orphans)
    {
        orphans.AddRange(connection.Query<string>("SELECT blob FROM parts WHERE upload = @uploadId", new { uploadId }));
        return connection.Execute("DELETE FROM uploads WHERE id = @uploadId", new { uploadId }) == 1;
    }

    private static List<UploadedPart> Parts(SqliteConnection connection, string uploadId, int after, int limit) =>
        [.. connection.Query<PartRow>(
            $"SELECT {PartColumns} FROM parts WHERE upload = @uploadId AND number > @after ORDER BY number LIMIT @limit", new { uploadId, after, limit })
            .Select(row => new UploadedPart(
                (int)row.Number, row.Blob, row.Size, row.ETag, row.Checksum, DateTimeOffset.FromUnixTimeMilliseconds(row.Modified)))];

    private sealed class PartRow
    {
        public long Number { get; init; }
        public required string Blob { get; init; }
        public long Size { get; init; }
        public required string ETag { get; init; }
        public required string Checksum { get; init; }
        public long Modified { get; init; }
    }

    private sealed class UploadRow
    {
        public required string Id { get; init; }
        public required string Bucket { get; init; }
        public required byte[] Key { get; init; }
        public long Initiated { get; init; }
        public required string Algorithm { get; init; }
        public required string ChecksumType { get; init; }
        public long ExplicitChecksum { get; init; }
        public required string Attributes { get; init; }
        public required string Tags { get; init; }

        public Upload ToUpload() => new(
            Id, Bucket, Keys.Text(Key), DateTimeOffset.FromUnixTimeMilliseconds(Initiated), Checksums.Find(Algorithm)!.Value,
            Stored.ToChecksumType(ChecksumType), ExplicitChecksum == 1, Stored.ToAttributes(Attributes), Stored.ToTags(Tags));
    }
}

using System.Text.Json;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>The steps on <c>versions</c> out of which transactions are made. Each expects to be inside one.</summary>
internal static class VersionTable
{
    private const string Columns =
        "sequence, bucket, key, version_id AS VersionId, is_latest AS IsLatest, blob, size, etag, checksum_algorithm AS ChecksumAlgorithm, "
        + "checksum_value AS ChecksumValue, checksum_type AS ChecksumType, modified, attributes, tags, part_count AS PartCount";

    /// <summary>What a bucket does with versions; nothing when there is no such bucket.</summary>
    public static Versioning? VersioningOf(SqliteConnection connection, string bucket) =>
        (Versioning?)connection.QuerySingleOrDefault<int?>("SELECT versioning FROM buckets WHERE name = @bucket", new { bucket });

    /// <summary>The newest version or delete marker of a key, or the one of an id.</summary>
    public static ObjectVersion? Find(SqliteConnection connection, string bucket, string key, string? versionId = null)
    {
        string condition = versionId is null ? "is_latest = 1" : "version_id = @versionId";
        return connection.QuerySingleOrDefault<Row>(
            $"SELECT {Columns} FROM versions WHERE bucket = @bucket AND key = @key AND {condition}",
            new { bucket, key = Keys.Bytes(key), versionId })?.ToVersion();
    }

    /// <summary>Puts a version on top of its key's others.</summary>
    /// <param name="orphans">Takes the id of the body that it replaces, if it replaces one.</param>
    /// <returns>The id of the version.</returns>
    public static string Add(SqliteConnection connection, NewVersion version, Versioning versioning, List<string> orphans)
    {
        string versionId = Uncover(connection, version.Bucket, version.Key, versioning, orphans);
        long sequence = Insert(connection, new
        {
            version.Bucket,
            Key = Keys.Bytes(version.Key),
            VersionId = versionId,
            version.Blob,
            version.Size,
            version.ETag,
            ChecksumAlgorithm = version.Checksum.Algorithm.Name(),
            ChecksumValue = version.Checksum.Value,
            ChecksumType = version.Checksum.Type.Name(),
            Modified = version.Modified.ToUnixTimeMilliseconds(),
            Attributes = JsonSerializer.Serialize(version.Attributes),
            Tags = JsonSerializer.Serialize(version.Tags),
            PartCount = version.Parts.Count,
        });
        connection.Execute(
            "INSERT INTO object_parts (sequence, number, size, checksum) VALUES (@sequence, @Number, @Size, @Checksum)",
            version.Parts.Select(part => new { sequence, part.Number, part.Size, part.Checksum }));
        ObjectNotes.Add(
            connection, version.Operation, version.Bucket, version.Key, versioning == Versioning.Unversioned ? null : versionId, version, deleteMarker: false,
            version.Modified);
        return versionId;
    }

    /// <summary>Puts a delete marker on top of a key's versions.</summary>
    /// <inheritdoc cref="Add"/>
    public static string AddDeleteMarker(
        SqliteConnection connection, string bucket, string key, DateTimeOffset now, Versioning versioning, List<string> orphans)
    {
        string versionId = Uncover(connection, bucket, key, versioning, orphans);
        Insert(connection, new
        {
            Bucket = bucket,
            Key = Keys.Bytes(key),
            VersionId = versionId,
            Blob = (string?)null,
            Size = 0L,
            ETag = (string?)null,
            ChecksumAlgorithm = (string?)null,
            ChecksumValue = (string?)null,
            ChecksumType = (string?)null,
            Modified = now.ToUnixTimeMilliseconds(),
            Attributes = "{}",
            Tags = "{}",
            PartCount = 0,
        });
        return versionId;
    }

    /// <summary>Removes a version or delete marker for good; the next older one comes to the top.</summary>
    /// <inheritdoc cref="Add"/>
    public static void Remove(SqliteConnection connection, ObjectVersion version, List<string> orphans)
    {
        connection.Execute("DELETE FROM versions WHERE sequence = @Sequence", version);
        if (version.Blob is not null)
            orphans.Add(version.Blob);
        if (version.IsLatest)
        {
            connection.Execute(
                "UPDATE versions SET is_latest = 1 WHERE sequence = (SELECT MAX(sequence) FROM versions WHERE bucket = @bucket AND key = @key)",
                new { bucket = version.Bucket, key = Keys.Bytes(version.Key) });
        }
    }

    // Makes place on top of a key: what was newest is so no more, and a version "null" gives way to the next.
    private static string Uncover(SqliteConnection connection, string bucket, string key, Versioning versioning, List<string> orphans)
    {
        string versionId = versioning == Versioning.Enabled ? Identifiers.NewVersionId() : Identifiers.NullVersion;
        if (versionId == Identifiers.NullVersion && Find(connection, bucket, key, versionId) is { } replaced)
            Remove(connection, replaced, orphans);
        connection.Execute(
            "UPDATE versions SET is_latest = 0 WHERE bucket = @bucket AND key = @key AND is_latest = 1", new { bucket, key = Keys.Bytes(key) });
        return versionId;
    }

    private static long Insert(SqliteConnection connection, object row) => connection.QuerySingle<long>(
        """
        INSERT INTO versions (bucket, key, version_id, is_latest, blob, size, etag, checksum_algorithm, checksum_value, checksum_type,
            modified, attributes, tags, part_count)
        VALUES (@Bucket, @Key, @VersionId, 1, @Blob, @Size, @ETag, @ChecksumAlgorithm, @ChecksumValue, @ChecksumType,
            @Modified, @Attributes, @Tags, @PartCount)
        RETURNING sequence
        """,
        row);

    private sealed class Row
    {
        public long Sequence { get; init; }
        public required string Bucket { get; init; }
        public required byte[] Key { get; init; }
        public required string VersionId { get; init; }
        public long IsLatest { get; init; }
        public string? Blob { get; init; }
        public long Size { get; init; }
        public string? ETag { get; init; }
        public string? ChecksumAlgorithm { get; init; }
        public string? ChecksumValue { get; init; }
        public string? ChecksumType { get; init; }
        public long Modified { get; init; }
        public required string Attributes { get; init; }
        public required string Tags { get; init; }
        public long PartCount { get; init; }

        public ObjectVersion ToVersion() => new(
            Sequence, Bucket, Keys.Text(Key), VersionId, IsLatest == 1, Blob, Size, ETag,
            Stored.ToChecksum(ChecksumAlgorithm, ChecksumValue, ChecksumType),
            DateTimeOffset.FromUnixTimeMilliseconds(Modified), Stored.ToAttributes(Attributes), Stored.ToTags(Tags), (int)PartCount);
    }
}

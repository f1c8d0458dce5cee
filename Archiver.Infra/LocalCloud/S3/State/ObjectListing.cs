using Archiver.Infra.LocalCloud.Storage;
using Dapper;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>What to list.</summary>
/// <param name="Prefix">What keys begin with; may be empty.</param>
/// <param name="Delimiter">Keys that have it after the prefix are rolled up into one common prefix; empty for none.</param>
/// <param name="From">The least key, as bytes, that may be listed.</param>
/// <param name="Limit">The most entries of the page; a common prefix is one.</param>
internal sealed record ListQuery(string Bucket, string Prefix, string Delimiter, byte[] From, int Limit);

/// <summary>One version, or delete marker, in a listing.</summary>
internal sealed record ListedVersion : IKeyedRow
{
    public required byte[] Key { get; init; }
    public required string VersionId { get; init; }
    public bool IsLatest { get; init; }
    public bool IsDeleteMarker { get; init; }
    public long Size { get; init; }
    public string? ETag { get; init; }
    public long Modified { get; init; }
    public string? ChecksumAlgorithm { get; init; }
    public string? ChecksumType { get; init; }

    public string KeyText => Keys.Text(Key);

    public DateTimeOffset LastModified => DateTimeOffset.FromUnixTimeMilliseconds(Modified);
}

/// <summary>Lists what is in a bucket.</summary>
internal sealed class ObjectListing(Database database)
{
    private const string Columns =
        "key, version_id AS VersionId, is_latest AS IsLatest, blob IS NULL AS IsDeleteMarker, size, etag, modified, "
        + "checksum_algorithm AS ChecksumAlgorithm, checksum_type AS ChecksumType";

    private const string Current =
        $"SELECT {Columns} FROM versions INDEXED BY versions_listed "
        + "WHERE bucket = @Bucket AND is_latest = 1 AND blob IS NOT NULL AND key >= @from AND key < @end ORDER BY key";

    private const string Versions =
        $"SELECT {Columns} FROM versions INDEXED BY versions_in_order "
        + "WHERE bucket = @Bucket AND key >= @from AND key < @end AND (sequence < @below OR key > @from) ORDER BY key, sequence DESC";

    /// <summary>A page of current objects, in the order of their keys; nothing when there is no such bucket.</summary>
    public ScanPage<ListedVersion>? ListCurrent(ListQuery query) => List(query, Current, long.MaxValue);

    /// <summary>A page of versions and delete markers, in the order of their keys, newest first; nothing when there is no such bucket.</summary>
    /// <param name="after">The version of the key <see cref="ListQuery.From"/> after which the page begins, if it begins inside a key. One that
    /// is gone meanwhile (pages are often deleted while they are listed) begins the key anew, so that nothing is left out.</param>
    public ScanPage<ListedVersion>? ListVersions(ListQuery query, string? after) =>
        List(query, Versions, after is null ? long.MaxValue : SequenceOf(query.Bucket, query.From, after) ?? long.MaxValue);

    private ScanPage<ListedVersion>? List(ListQuery query, string sql, long below) => database.Read(connection =>
        VersionTable.VersioningOf(connection, query.Bucket) is null
            ? null
            : DelimitedScan.Read(
                (from, end) => connection.Query<ListedVersion>(
                    sql,
                    new { query.Bucket, from, end, below = from.AsSpan().SequenceEqual(query.From) ? below : long.MaxValue },
                    buffered: false),
                query.Prefix, query.Delimiter, query.From, query.Limit));

    private long? SequenceOf(string bucket, byte[] key, string versionId) => database.Read(connection => connection.QuerySingleOrDefault<long?>(
        "SELECT sequence FROM versions WHERE bucket = @bucket AND key = @key AND version_id = @versionId", new { bucket, key, versionId }));
}

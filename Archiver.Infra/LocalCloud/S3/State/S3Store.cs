using Archiver.Infra.LocalCloud.Storage;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>Everything that S3 keeps: rows in <c>s3.db</c>, bodies as files.</summary>
internal sealed partial class S3Store : IDisposable
{
    private readonly Database _database;

    /// <summary>Opens what is kept, and removes the files that a crash left without a row.</summary>
    public S3Store(DataDirectory directory, ILogger<S3Store> logger)
    {
        _database = new Database(directory.FilePath("s3.db"), S3Schema.Migrations);
        Blobs = new BlobStore(directory, logger);
        Buckets = new BucketStore(_database);
        Objects = new ObjectStore(_database);
        Listing = new ObjectListing(_database);
        Uploads = new UploadStore(_database);
        Notes = new ObjectNotes(_database);
        // Here, because nothing is served before this object is there: later, a body that waits for its row would look orphaned.
        int removed = Blobs.Sweep(NamedBlobs);
        if (removed > 0)
            LogSwept(logger, removed);
    }

    public BlobStore Blobs { get; }

    public BucketStore Buckets { get; }

    public ObjectStore Objects { get; }

    public ObjectListing Listing { get; }

    public UploadStore Uploads { get; }

    public ObjectNotes Notes { get; }

    public void Dispose() => _database.Dispose();

    private HashSet<string> NamedBlobs(string shard) => _database.Read(connection => connection.Query<string>(
        "SELECT blob FROM versions WHERE blob >= @shard AND blob < @end UNION ALL SELECT blob FROM parts WHERE blob >= @shard AND blob < @end",
        new { shard, end = shard + "g" }).ToHashSet(StringComparer.Ordinal));

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} files of writes to S3 that were cut short")]
    private static partial void LogSwept(ILogger logger, int count);
}

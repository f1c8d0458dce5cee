using System.Text.Json;
using Archiver.Infra.LocalCloud.Storage;
using Dapper;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>Keeps buckets.</summary>
internal sealed class BucketStore(Database database)
{
    private const string Columns = "name, created, location, versioning, tags";

    /// <returns>Whether there was none of that name.</returns>
    public bool Create(Bucket bucket) => database.Write(connection => connection.Execute(
        "INSERT INTO buckets (name, created, location, versioning, tags) VALUES (@Name, @Created, @Location, @Versioning, @Tags) ON CONFLICT DO NOTHING",
        new
        {
            bucket.Name,
            Created = bucket.Created.ToUnixTimeMilliseconds(),
            bucket.Location,
            Versioning = (int)bucket.Versioning,
            Tags = JsonSerializer.Serialize(bucket.Tags),
        }) == 1);

    public Bucket? Find(string name) => database.Read(connection =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM buckets WHERE name = @name", new { name })?.ToBucket());

    /// <summary>Buckets in the order of their names.</summary>
    /// <param name="from">The first name that may be listed.</param>
    /// <param name="prefix">What their names begin with.</param>
    public IReadOnlyList<Bucket> List(string from, string prefix, int limit) => database.Read(connection => connection.Query<Row>(
        $"SELECT {Columns} FROM buckets WHERE name >= @from AND substr(name, 1, length(@prefix)) = @prefix ORDER BY name LIMIT @limit",
        new { from, prefix, limit }).Select(row => row.ToBucket()).ToList());

    /// <returns>Whether there is such a bucket.</returns>
    public bool SetVersioning(string name, Versioning versioning) => database.Write(connection =>
        connection.Execute("UPDATE buckets SET versioning = @versioning WHERE name = @name", new { name, versioning = (int)versioning }) == 1);

    /// <param name="name">The bucket.</param>
    /// <param name="enabled">Whether it tells EventBridge of what happens to its objects.</param>
    /// <returns>Whether there is such a bucket.</returns>
    public bool SetEventBridge(string name, bool enabled) => database.Write(connection =>
        connection.Execute("UPDATE buckets SET event_bridge = @enabled WHERE name = @name", new { name, enabled }) == 1);

    /// <returns>Whether there is such a bucket.</returns>
    public bool SetTags(string name, IReadOnlyDictionary<string, string> tags) => database.Write(connection =>
        connection.Execute("UPDATE buckets SET tags = @tags WHERE name = @name", new { name, tags = JsonSerializer.Serialize(tags) }) == 1);

    /// <summary>Removes a bucket that has no version of anything; its unfinished uploads go with it.</summary>
    /// <param name="orphans">Takes the ids of the bodies of unfinished parts.</param>
    /// <returns><see cref="WriteOutcome.ConditionFailed"/> when it is not empty.</returns>
    public WriteOutcome Delete(string name, List<string> orphans) => database.Write(connection =>
    {
        if (connection.QuerySingle<bool>("SELECT EXISTS (SELECT 1 FROM versions WHERE bucket = @name)", new { name }))
            return WriteOutcome.ConditionFailed;
        orphans.AddRange(connection.Query<string>(
            "SELECT blob FROM parts WHERE upload IN (SELECT id FROM uploads WHERE bucket = @name)", new { name }));
        connection.Execute("DELETE FROM uploads WHERE bucket = @name", new { name });
        return connection.Execute("DELETE FROM buckets WHERE name = @name", new { name }) == 1 ? WriteOutcome.Done : WriteOutcome.NoSuchBucket;
    });

    private sealed class Row
    {
        public required string Name { get; init; }
        public long Created { get; init; }
        public required string Location { get; init; }
        public long Versioning { get; init; }
        public required string Tags { get; init; }

        public Bucket ToBucket() =>
            new(Name, DateTimeOffset.FromUnixTimeMilliseconds(Created), Location, (Versioning)Versioning, Stored.ToTags(Tags));
    }
}

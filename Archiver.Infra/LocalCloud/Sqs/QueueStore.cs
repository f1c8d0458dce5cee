using System.Text.Json;
using Archiver.Infra.LocalCloud.Storage;
using Dapper;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>The definitions of the queues on disk.</summary>
internal sealed class QueueStore(Database database, CloudIdentity identity)
{
    private const string Columns = "id AS Id, name AS Name, settings AS Settings, tags AS Tags, created_at AS CreatedAt, modified_at AS ModifiedAt";

    /// <summary>All queues.</summary>
    public IReadOnlyList<Queue> Load() => database.Read(connection =>
        connection.Query<Row>($"SELECT {Columns} FROM queues").Select(ToQueue).ToList());

    /// <summary>Keeps a new queue. Its name must be free.</summary>
    public Queue Add(string name, QueueSettings settings, IReadOnlyDictionary<string, string> tags, DateTimeOffset now) => database.Write(connection =>
        ToQueue(connection.QuerySingle<Row>(
            $"""
            INSERT INTO queues (name, settings, tags, created_at, modified_at) VALUES (@name, @settings, @tags, @now, @now)
            RETURNING {Columns}
            """,
            new { name, settings = Json(settings.ToAttributes()), tags = Json(tags), now = now.ToUnixTimeMilliseconds() })));

    /// <summary>Keeps the settings and tags of a queue.</summary>
    public void Update(Queue queue) => database.Write(connection => connection.Execute(
        "UPDATE queues SET settings = @settings, tags = @tags, modified_at = @now WHERE id = @Id",
        new { settings = Json(queue.Settings.ToAttributes()), tags = Json(queue.Tags), now = queue.ModifiedAt.ToUnixTimeMilliseconds(), queue.Id }));

    /// <summary>Removes a queue with all its messages.</summary>
    public void Delete(long id) => database.Write(connection => connection.Execute("DELETE FROM queues WHERE id = @id", new { id }));

    private static string Json(IReadOnlyDictionary<string, string> map) => JsonSerializer.Serialize(map);

    private static Dictionary<string, string> Map(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    private Queue ToQueue(Row row) => new(
        row.Id, row.Name, identity.Arn("sqs", row.Name), QueueSettings.Default.With(Map(row.Settings)), Map(row.Tags),
        DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), DateTimeOffset.FromUnixTimeMilliseconds(row.ModifiedAt));

    private sealed record Row(long Id, string Name, string Settings, string Tags, long CreatedAt, long ModifiedAt);
}

using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Storage;
using Dapper;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>An event that is owed to a target.</summary>
/// <param name="Id">Its number.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="Event">The event, as JSON.</param>
/// <param name="Rule">The name of the rule that matched it.</param>
/// <param name="Target">The target's id in the rule.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="Attempts">How often the target was tried.</param>
/// <param name="DueAt">From when it is to be tried.</param>
internal sealed record Delivery(
    long Id, string EventId, string Event, string Rule, string Target, DateTimeOffset ReceivedAt, int Attempts, DateTimeOffset DueAt);

/// <summary>Everything that EventBridge keeps: what is owed to targets, and which rules somebody switched. Each method is one transaction.</summary>
internal sealed class EventsStore : IDisposable
{
    // The same event is owed to a target once, also when it came twice before the first was delivered.
    private const string Schema = """
        CREATE TABLE deliveries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            event_id TEXT NOT NULL,
            event TEXT NOT NULL,
            rule TEXT NOT NULL,
            target TEXT NOT NULL,
            received INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            due INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX deliveries_once ON deliveries (event_id, rule, target);
        CREATE INDEX deliveries_due ON deliveries (due, id);

        CREATE TABLE rule_states (
            rule TEXT PRIMARY KEY,
            declared INTEGER NOT NULL,
            enabled INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;

    private readonly Database _database;

    /// <summary>Opens what is kept.</summary>
    public EventsStore(DataDirectory directory) => _database = new Database(directory.FilePath("events.db"), Schema);

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    /// <summary>Owes events to targets.</summary>
    public void Add(IReadOnlyList<(string EventId, JsonObject Event, string Rule, string Target)> owed, DateTimeOffset now) => _database.Write(connection =>
        connection.Execute(
            "INSERT INTO deliveries (event_id, event, rule, target, received, attempts, due) "
            + "VALUES (@EventId, @Event, @Rule, @Target, @now, 0, @now) ON CONFLICT DO NOTHING",
            owed.Select(one => new
            {
                one.EventId,
                Event = one.Event.ToJsonString(EventJson.Plain),
                one.Rule,
                one.Target,
                now = now.ToUnixTimeMilliseconds(),
            })));

    /// <summary>What is due, the longest due first.</summary>
    public IReadOnlyList<Delivery> Due(DateTimeOffset now, int limit) => _database.Read(connection => connection.Query<Row>(
        "SELECT id, event_id AS EventId, event, rule, target, received, attempts, due FROM deliveries WHERE due <= @now ORDER BY due, id LIMIT @limit",
        new { now = now.ToUnixTimeMilliseconds(), limit }).Select(row => row.ToDelivery()).ToList());

    /// <summary>When the next is due; nothing when nothing is owed.</summary>
    public DateTimeOffset? NextDue() => _database.Read(connection =>
        connection.QuerySingleOrDefault<long?>("SELECT MIN(due) FROM deliveries") is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : (DateTimeOffset?)null);

    /// <summary>Forgets what was delivered, and puts off what was not.</summary>
    public void Settle(IReadOnlyCollection<long> done, IReadOnlyCollection<(long Id, int Attempts, DateTimeOffset DueAt)> later) => _database.Write(connection =>
    {
        connection.Execute("DELETE FROM deliveries WHERE id = @id", done.Select(id => new { id }));
        connection.Execute(
            "UPDATE deliveries SET attempts = @Attempts, due = @due WHERE id = @Id",
            later.Select(one => new { one.Id, one.Attempts, due = one.DueAt.ToUnixTimeMilliseconds() }));
    });

    /// <summary>Whether a rule looks at events: as the template says, unless somebody switched it since the template last said otherwise.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="declared">What the template says now.</param>
    public bool Declare(string rule, bool declared) => _database.Write(connection => connection.QuerySingle<bool>(
        """
        INSERT INTO rule_states (rule, declared, enabled) VALUES (@rule, @declared, @declared)
        ON CONFLICT (rule) DO UPDATE SET enabled = iif(declared = excluded.declared, enabled, excluded.enabled), declared = excluded.declared
        RETURNING enabled
        """,
        new { rule, declared }));

    /// <summary>Switches a rule.</summary>
    public void Switch(string rule, bool enabled) => _database.Write(connection =>
        connection.Execute("UPDATE rule_states SET enabled = @enabled WHERE rule = @rule", new { rule, enabled }));

    private sealed class Row
    {
        public long Id { get; init; }
        public required string EventId { get; init; }
        public required string Event { get; init; }
        public required string Rule { get; init; }
        public required string Target { get; init; }
        public long Received { get; init; }
        public long Attempts { get; init; }
        public long Due { get; init; }

        public Delivery ToDelivery() => new(
            Id, EventId, Event, Rule, Target, DateTimeOffset.FromUnixTimeMilliseconds(Received), (int)Attempts, DateTimeOffset.FromUnixTimeMilliseconds(Due));
    }
}

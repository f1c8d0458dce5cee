using Archiver.Infra.StatesLanguage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>Keeps state machines and their definitions.</summary>
internal sealed class MachineStore(StatesDatabase database)
{
    private const string Columns = """
        m.arn, m.name, m.created_at AS CreatedAt, m.deleting,
        r.id AS Id, r.revision_id AS RevisionId, r.express, r.definition, r.role_arn AS RoleArn, r.logging, r.tracing, r.created_at AS RevisedAt
        """;

    /// <summary>The machine of that ARN, if there is one.</summary>
    public Machine? Find(string arn) => database.Read(connection => Find(connection, arn));

    /// <summary>The definition of that number.</summary>
    public MachineRevision Revision(long id) => database.Read(connection => connection.QuerySingle<RevisionRow>(
        """
        SELECT id, revision_id AS RevisionId, express, definition, role_arn AS RoleArn, logging, tracing, created_at AS RevisedAt
        FROM revision WHERE id = @id
        """,
        new { id }).ToRevision());

    /// <summary>A page of machines by name.</summary>
    /// <param name="after">The name that the page comes after; nothing for the first page.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<Machine> List(string? after, int count) => database.Read(connection => connection.Query<MachineRow>(
        $"SELECT {Columns} FROM machine m JOIN revision r ON r.id = m.revision WHERE m.arn > @after ORDER BY m.arn LIMIT @count",
        new { after = after ?? "", count }).Select(row => row.ToMachine()).ToList());

    /// <summary>The ARNs of the machines that go away once their executions have ended.</summary>
    public IReadOnlyList<string> Deleting() => database.Read(connection =>
        connection.Query<string>("SELECT arn FROM machine WHERE deleting = 1").ToList());

    /// <summary>Stores a new machine, unless its name is taken.</summary>
    /// <returns>Nothing when it was stored; the machine that has the name otherwise.</returns>
    public Machine? TryAdd(Machine machine) => database.Write(connection =>
    {
        if (Find(connection, machine.Arn) is { } existing)
            return existing;
        long revision = Insert(connection, machine.Arn, machine.Revision);
        connection.Execute(
            "INSERT INTO machine (arn, name, created_at, revision) VALUES (@Arn, @Name, @createdAt, @revision)",
            new { machine.Arn, machine.Name, createdAt = machine.CreatedAt.UtcTicks, revision });
        return null;
    });

    /// <summary>Gives a machine another definition.</summary>
    /// <param name="arn">The machine.</param>
    /// <param name="revise">Makes the new revision of the machine as it stands.</param>
    /// <returns>The new revision; nothing when there is no such machine.</returns>
    public MachineRevision? Revise(string arn, Func<Machine, MachineRevision> revise) => database.Write(connection =>
    {
        if (Find(connection, arn) is not { } machine)
            return null;
        MachineRevision revision = revise(machine);
        long id = Insert(connection, arn, revision);
        connection.Execute("UPDATE machine SET revision = @id WHERE arn = @arn", new { id, arn });
        return revision with { Id = id };
    });

    /// <summary>Deletes a machine, or marks it for <see cref="RemoveIfDone(string)"/> while executions of it run.</summary>
    /// <returns>Whether it still waits for executions.</returns>
    public bool Delete(string arn) => database.Write(connection =>
        connection.Execute("UPDATE machine SET deleting = 1 WHERE arn = @arn", new { arn }) == 1 && !RemoveIfDone(connection, arn));

    /// <summary>Takes a deletion back that still waits for executions.</summary>
    public void Revive(string arn) => database.Write(connection =>
        connection.Execute("UPDATE machine SET deleting = 0 WHERE arn = @arn", new { arn }));

    /// <summary>Removes a deleted machine when no execution of it runs any more.</summary>
    /// <returns>Whether it is gone.</returns>
    public bool RemoveIfDone(string arn) => database.Write(connection => RemoveIfDone(connection, arn));

    private static bool RemoveIfDone(SqliteConnection connection, string arn) => connection.Execute(
        """
        DELETE FROM machine WHERE arn = @arn AND deleting = 1
        AND NOT EXISTS (SELECT 1 FROM execution WHERE machine_arn = @arn AND status = @running)
        """,
        new { arn, running = (int)ExecutionStatus.Running }) == 1;

    private static Machine? Find(SqliteConnection connection, string arn) => connection.QuerySingleOrDefault<MachineRow>(
        $"SELECT {Columns} FROM machine m JOIN revision r ON r.id = m.revision WHERE m.arn = @arn", new { arn })?.ToMachine();

    private static long Insert(SqliteConnection connection, string arn, MachineRevision revision) => connection.QuerySingle<long>(
        """
        INSERT INTO revision (machine_arn, revision_id, express, definition, role_arn, logging, tracing, created_at)
        VALUES (@arn, @RevisionId, @Express, @Definition, @RoleArn, @Logging, @Tracing, @createdAt) RETURNING id
        """,
        new
        {
            arn,
            revision.RevisionId,
            revision.Express,
            revision.Definition,
            revision.RoleArn,
            revision.Logging,
            revision.Tracing,
            createdAt = revision.CreatedAt.UtcTicks,
        });

    private record RevisionRow
    {
        public required long Id { get; init; }

        public string? RevisionId { get; init; }

        public required bool Express { get; init; }

        public required string Definition { get; init; }

        public required string RoleArn { get; init; }

        public string? Logging { get; init; }

        public string? Tracing { get; init; }

        public required long RevisedAt { get; init; }

        public MachineRevision ToRevision() => new(Id, RevisionId, Express, Definition, RoleArn, Logging, Tracing, new DateTimeOffset(RevisedAt, TimeSpan.Zero));
    }

    private sealed record MachineRow : RevisionRow
    {
        public required string Arn { get; init; }

        public required string Name { get; init; }

        public required long CreatedAt { get; init; }

        public required bool Deleting { get; init; }

        public Machine ToMachine() => new(Arn, Name, new DateTimeOffset(CreatedAt, TimeSpan.Zero), Deleting, ToRevision());
    }
}

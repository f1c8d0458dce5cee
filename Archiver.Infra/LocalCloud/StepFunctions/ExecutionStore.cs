using Archiver.Infra.StatesLanguage;
using Archiver.Infra.StatesLanguage.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>
/// Keeps executions. What one input changes (snapshot, history, timers) is one transaction, so that a crash leaves an execution
/// before the input or after it, never between.
/// </summary>
internal sealed class ExecutionStore(StatesDatabase database)
{
    /// <summary>Stores a new execution with its first transition.</summary>
    /// <param name="execution">The execution; its number is given by the store.</param>
    /// <param name="change">What the start led to.</param>
    public StartOutcome TryStart(Execution execution, ExecutionChange change) => database.Write(connection =>
    {
        bool? deleting = connection.QuerySingleOrDefault<bool?>("SELECT deleting FROM machine WHERE arn = @MachineArn", execution);
        if (deleting is not false)
            return new StartOutcome(StartStatus.MachineGone, execution);
        long? id = connection.QuerySingleOrDefault<long?>(
            """
            INSERT INTO execution (arn, machine_arn, name, kind, revision, status, started_at, input, trace_header)
            VALUES (@Arn, @MachineArn, @Name, @kind, @Revision, @status, @startedAt, @Input, @TraceHeader)
            ON CONFLICT (arn) DO NOTHING RETURNING id
            """,
            new
            {
                execution.Arn,
                execution.MachineArn,
                execution.Name,
                kind = (int)execution.Kind,
                execution.Revision,
                status = (int)ExecutionStatus.Running,
                startedAt = execution.StartedAt.UtcTicks,
                execution.Input,
                execution.TraceHeader,
            });
        if (id is null)
            return new StartOutcome(StartStatus.NameTaken, Find(connection, execution.Arn)!);
        execution = execution with { Id = id.Value };
        Commit(connection, execution.Id, execution.Kind, change);
        return new StartOutcome(StartStatus.Started, execution);
    });

    /// <summary>Makes durable what an input led to.</summary>
    public void Commit(Execution execution, ExecutionChange change) =>
        database.Write(connection => Commit(connection, execution.Id, execution.Kind, change));

    /// <summary>Removes a timer that came due and changed nothing. One that was set anew meanwhile stays.</summary>
    public void RemoveTimer(long execution, string timerId, DateTimeOffset now) => database.Write(connection =>
        connection.Execute(
            "DELETE FROM timer WHERE execution = @execution AND id = @timerId AND due_at <= @now",
            new { execution, timerId, now = now.UtcTicks }));

    /// <summary>The execution of that ARN, if there is one.</summary>
    public Execution? Find(string arn) => database.Read(connection => Find(connection, arn));

    /// <summary>The execution of that ARN with its snapshot, if there is one that can still go on: one that succeeded can't.</summary>
    public (Execution Execution, ExecutionSnapshot Snapshot)? Load(string arn)
    {
        (Execution? execution, string? body) = database.Read(connection =>
        {
            Execution? found = Find(connection, arn);
            return (found, found is null ? null : connection.QuerySingleOrDefault<string>("SELECT body FROM snapshot WHERE execution = @Id", new { found.Id }));
        });
        return execution is null || body is null ? null : (execution, ExecutionSnapshot.FromJson(body));
    }

    /// <summary>A page of a machine's executions, newest first.</summary>
    /// <param name="query">Which.</param>
    /// <returns>The executions, without their payloads.</returns>
    public IReadOnlyList<Execution> List(ExecutionQuery query) => database.Read(connection =>
    {
        string status = query.Status is null ? "" : "AND status = @status";
        string redriven = query.Redriven switch { null => "", true => "AND redrive_count > 0", false => "AND redrive_count = 0" };
        string before = query.Before is null ? "" : "AND (started_at, id) < (@startedAt, @id)";
        return connection.Query<ExecutionRow>(
            $"""
            SELECT {ExecutionRow.Summary} FROM execution
            WHERE machine_arn = @MachineArn {status} {redriven} {before}
            ORDER BY started_at DESC, id DESC LIMIT @Count
            """,
            new
            {
                query.MachineArn,
                status = (int?)query.Status,
                startedAt = query.Before?.StartedAt,
                id = query.Before?.Id,
                query.Count,
            }).Select(row => row.ToExecution()).ToList();
    });

    /// <summary>The newest event's number.</summary>
    public long LastEventId(long execution) => database.Read(connection =>
        connection.QuerySingle<long?>("SELECT MAX(id) FROM event WHERE execution = @execution", new { execution }) ?? 0);

    /// <summary>A page of an execution's history.</summary>
    /// <param name="execution">The execution's number.</param>
    /// <param name="from">The event's number that the page begins with.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="reverse">Newest first.</param>
    public IReadOnlyList<EventRow> History(long execution, long from, int count, bool reverse) => database.Read(connection =>
        connection.Query<EventRow>(
            $"""
            SELECT id, previous, at, type, details_name AS DetailsName, details FROM event
            WHERE execution = @execution AND id {(reverse ? "<=" : ">=")} @from
            ORDER BY id {(reverse ? "DESC" : "ASC")} LIMIT @count
            """,
            new { execution, from, count }).ToList());

    /// <summary>When a client's redrive was made, if it was made since.</summary>
    public DateTimeOffset? RedrivenBy(long execution, string clientToken, DateTimeOffset since) => database.Read(connection =>
        connection.QuerySingleOrDefault<long?>(
            "SELECT at FROM redrive WHERE execution = @execution AND client_token = @clientToken AND at >= @since",
            new { execution, clientToken, since = since.UtcTicks })) is { } ticks ? ExecutionRow.Time(ticks) : null;

    /// <summary>The ARNs of the executions that owe a call, oldest first.</summary>
    public IReadOnlyList<string> Owing() => database.Read(connection => connection.Query<string>(
        "SELECT e.arn FROM snapshot s JOIN execution e ON e.id = s.execution WHERE s.owes = 1 ORDER BY s.execution").ToList());

    /// <summary>Forgets the executions that ended with the process of their callers.</summary>
    public void RemoveSynchronous() => database.Write(connection =>
        connection.Execute("DELETE FROM execution WHERE kind = 2"));

    /// <summary>The timers that come due in an interval, earliest first.</summary>
    /// <param name="after">The interval's start, not in it.</param>
    /// <param name="until">Its end, in it.</param>
    public IReadOnlyList<(string ExecutionArn, string TimerId)> Due(long after, long until) => database.Read(connection =>
        connection.Query<(string, string)>(
            """
            SELECT e.arn, t.id FROM timer t JOIN execution e ON e.id = t.execution
            WHERE t.due_at > @after AND t.due_at <= @until ORDER BY t.due_at
            """,
            new { after, until }).ToList());

    /// <summary>When the next timer after a moment is due, in UTC ticks.</summary>
    public long? NextDue(long after) => database.Read(connection =>
        connection.QuerySingle<long?>("SELECT MIN(due_at) FROM timer WHERE due_at > @after", new { after }));

    private static Execution? Find(SqliteConnection connection, string arn) => connection.QuerySingleOrDefault<ExecutionRow>(
        $"SELECT {ExecutionRow.Columns} FROM execution WHERE arn = @arn", new { arn })?.ToExecution();

    private static void Commit(SqliteConnection connection, long execution, ExecutionKind kind, ExecutionChange change)
    {
        ExecutionSnapshot snapshot = change.Snapshot;
        bool ended = snapshot.Status != ExecutionStatus.Running;
        if (ended && kind != ExecutionKind.Standard)
        {
            connection.Execute("DELETE FROM execution WHERE id = @execution", new { execution });
            return;
        }
        if (kind == ExecutionKind.Standard)
            EventWriter.Write(connection, execution, change.Events);
        if (change.Redrives)
            Redrive(connection, execution, change);
        if (ended)
            End(connection, execution, snapshot);
        else
            GoOn(connection, execution, change);
        if (snapshot.Status == ExecutionStatus.Succeeded)
        {
            connection.Execute("DELETE FROM snapshot WHERE execution = @execution", new { execution }); // nobody redrives it
            return;
        }
        connection.Execute(
            "INSERT INTO snapshot (execution, owes, body) VALUES (@execution, @owes, @body) ON CONFLICT (execution) DO UPDATE SET owes = @owes, body = @body",
            new { execution, owes = !ended && change.Owes, body = snapshot.ToJson() });
    }

    private static void Redrive(SqliteConnection connection, long execution, ExecutionChange change)
    {
        connection.Execute(
            """
            UPDATE execution SET status = @status, stopped_at = NULL, output = NULL, error = NULL, cause = NULL,
                redrive_count = @RedriveCount, redriven_at = @redrivenAt
            WHERE id = @execution
            """,
            new
            {
                status = (int)ExecutionStatus.Running,
                change.Snapshot.RedriveCount,
                redrivenAt = change.Snapshot.RedriveTime?.UtcTicks,
                execution,
            });
        if (change.RedriveToken is not null)
        {
            connection.Execute(
                "INSERT INTO redrive (execution, client_token, at) VALUES (@execution, @RedriveToken, @at) ON CONFLICT DO UPDATE SET at = @at",
                new { execution, change.RedriveToken, at = change.Snapshot.RedriveTime?.UtcTicks });
        }
    }

    private static void End(SqliteConnection connection, long execution, ExecutionSnapshot snapshot)
    {
        connection.Execute(
            "UPDATE execution SET status = @status, stopped_at = @stoppedAt, output = @output, error = @Error, cause = @Cause WHERE id = @execution",
            new
            {
                status = (int)snapshot.Status,
                stoppedAt = snapshot.StopTime?.UtcTicks,
                output = snapshot.Status == ExecutionStatus.Succeeded ? JsonText.Write(snapshot.Output) : null,
                snapshot.Error,
                snapshot.Cause,
                execution,
            });
        connection.Execute("DELETE FROM timer WHERE execution = @execution", new { execution });
    }

    private static void GoOn(SqliteConnection connection, long execution, ExecutionChange change)
    {
        if (change.FiredTimer is not null)
            connection.Execute("DELETE FROM timer WHERE execution = @execution AND id = @FiredTimer", new { execution, change.FiredTimer });
        foreach (ExecutionEffect.ScheduleTimer timer in change.Timers)
        {
            connection.Execute(
                "INSERT INTO timer (execution, id, due_at) VALUES (@execution, @TimerId, @due) ON CONFLICT (execution, id) DO UPDATE SET due_at = @due",
                new { execution, timer.TimerId, due = timer.DueAt.UtcTicks });
        }
    }
}

using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>An execution as SQLite gives it.</summary>
internal sealed record ExecutionRow
{
    /// <summary>The columns, for a SELECT of everything.</summary>
    public const string Columns = Summary + ", input, output, error, cause, trace_header AS TraceHeader";

    /// <summary>The columns without the payloads, which may have 256 KB each: for lists.</summary>
    public const string Summary = """
        id, arn, machine_arn AS MachineArn, name, kind, revision, status, started_at AS StartedAt, stopped_at AS StoppedAt,
        redrive_count AS RedriveCount, redriven_at AS RedrivenAt
        """;

    public long Id { get; init; }

    public string Arn { get; init; } = "";

    public string MachineArn { get; init; } = "";

    public string Name { get; init; } = "";

    public long Kind { get; init; }

    public long Revision { get; init; }

    public long Status { get; init; }

    public long StartedAt { get; init; }

    public long? StoppedAt { get; init; }

    public long RedriveCount { get; init; }

    public long? RedrivenAt { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }

    public string? TraceHeader { get; init; }

    public Execution ToExecution() => new()
    {
        Id = Id,
        Arn = Arn,
        MachineArn = MachineArn,
        Name = Name,
        Kind = (ExecutionKind)Kind,
        Revision = Revision,
        Status = (ExecutionStatus)Status,
        StartedAt = Time(StartedAt),
        StoppedAt = Time(StoppedAt),
        RedriveCount = (int)RedriveCount,
        RedrivenAt = Time(RedrivenAt),
        Input = Input ?? "",
        Output = Output,
        Error = Error,
        Cause = Cause,
        TraceHeader = TraceHeader,
    };

    /// <summary>A moment from the store.</summary>
    public static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static DateTimeOffset? Time(long? ticks) => ticks is { } known ? Time(known) : null;
}

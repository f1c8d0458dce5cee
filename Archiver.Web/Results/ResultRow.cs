namespace Archiver.Web.Results;

/// <summary>
/// A value of a record as it is there. A script may have written a number or a flag as text: what has no value of its type
/// still has its text.
/// </summary>
/// <param name="Value">The value; nothing where the attribute is of another type.</param>
/// <param name="Text">The attribute's text, in no language.</param>
public readonly record struct ResultValue<T>(T? Value, string Text)
    where T : struct;

/// <summary>
/// A record of the results table as the dashboard reads it. <see cref="Archiver.Lambdas.Contracts.ResultRecord"/> says what the
/// workflow writes; anybody may have written to the table, so that nothing but the key is taken for granted here.
/// </summary>
public sealed record ResultRow
{
    /// <summary>The table's key: for a run's own record, the name of its execution.</summary>
    public required string Id { get; init; }

    /// <summary>The UTC day, the index's partition; empty where the record has none.</summary>
    public string Day { get; init; } = "";

    /// <summary>The time as it is written, the index's order; empty where the record has none.</summary>
    public string Timestamp { get; init; } = "";

    /// <summary>The time, where <see cref="Timestamp"/> is one.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What was done, one of <see cref="Archiver.Lambdas.Contracts.ResultAction.All"/> or a script's own word.</summary>
    public string? Action { get; init; }

    /// <summary>The archive flag.</summary>
    public ResultValue<bool>? Archive { get; init; }

    /// <summary>The quality, 0 to 100.</summary>
    public ResultValue<decimal>? Quality { get; init; }

    /// <summary>Whether a person was asked.</summary>
    public ResultValue<bool>? Approval { get; init; }

    /// <summary>What the person said.</summary>
    public ResultValue<bool>? Approved { get; init; }

    /// <summary>Who that was.</summary>
    public string? Reviewer { get; init; }

    /// <summary>Why; of an error, what went wrong.</summary>
    public string? Comment { get; init; }

    /// <summary>The file's name.</summary>
    public string? FileName { get; init; }

    /// <summary>The bucket that the file is in.</summary>
    public string? Bucket { get; init; }

    /// <summary>Its key there.</summary>
    public string? Key { get; init; }

    /// <summary>The version that it is there; nothing where the record names none.</summary>
    public string? VersionId { get; init; }

    /// <summary>Its size in bytes.</summary>
    public ResultValue<decimal>? Size { get; init; }

    /// <summary>Its content type.</summary>
    public string? ContentType { get; init; }

    /// <summary>The SHA-256 of its content.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The least quality that was archived without a reviewer then.</summary>
    public ResultValue<decimal>? QualityThreshold { get; init; }

    /// <summary>When a person was asked, as it is written.</summary>
    public string? RequestedAt { get; init; }

    /// <summary>When they decided, as it is written.</summary>
    public string? DecidedAt { get; init; }

    /// <summary>How many seconds that took; records of before it was kept lack it.</summary>
    public ResultValue<decimal>? DecisionSeconds { get; init; }

    /// <summary>The run's execution.</summary>
    public string? ExecutionArn { get; init; }

    /// <summary>What the row is called: the file's name, or the best there is in its place.</summary>
    public string Name => FileName ?? Key ?? Id;

    /// <summary>The name of the run, where the record names its execution.</summary>
    public string? RunName => ExecutionArn?.Split(':') switch
    {
        [.., "execution", _, { Length: > 0 } name] => name,
        [.., "express", _, { Length: > 0 } name, _] => name,
        _ => null,
    };

    /// <summary>Whether an express run left it: Step Functions keeps nothing of such a run, so that this record is all there is of it.</summary>
    public bool IsOfExpressRun => ExecutionArn?.Split(':') is [.., "express", _, _, _];
}

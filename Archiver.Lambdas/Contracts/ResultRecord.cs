using System.Text.Json.Serialization;

namespace Archiver.Lambdas.Contracts;

/// <summary>
/// The result of a run: a record of the results table, whose attributes have the names of these properties. The optional ones
/// are absent, not null, where they have nothing to say. A run that succeeds has its result as its output, too.
/// </summary>
public sealed record ResultRecord
{
    /// <summary>The table's key: the name of the run's execution, so that a repeated write overwrites the run's own record.</summary>
    public required string Id { get; init; }

    /// <summary>When the run came to its action.</summary>
    [JsonConverter(typeof(UtcTimestampConverter))]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The UTC day of <see cref="Timestamp"/>, <c>yyyy-MM-dd</c>: the key of the index that serves the grid.</summary>
    public string Day => UtcTimestamp.Day(Timestamp);

    /// <summary>The file's archive flag; false where the run failed before it was known.</summary>
    public required bool Archive { get; init; }

    /// <summary>The file's quality, 0 to 100; 0 where the run failed before it was known.</summary>
    public required int Quality { get; init; }

    /// <summary>What was done: one of <see cref="ResultAction.All"/>.</summary>
    public required string Action { get; init; }

    /// <summary>Whether a person was asked.</summary>
    public required bool Approval { get; init; }

    /// <summary>The file's name.</summary>
    public string? FileName { get; init; }

    /// <summary>The bucket that the file is in now.</summary>
    public string? Bucket { get; init; }

    /// <summary>The key that the file has now.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// The version that the file is there: other files of that key may lie above and below it. Nothing where the bucket has no versions.
    /// </summary>
    public string? VersionId { get; init; }

    /// <summary>The file's size in bytes.</summary>
    public long? Size { get; init; }

    /// <summary>The file's content type.</summary>
    public string? ContentType { get; init; }

    /// <summary>The SHA-256 of the content, 64 lower-case hexadecimal digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What the reviewer said; nothing where no person answered.</summary>
    public bool? Approved { get; init; }

    /// <summary>Who answered.</summary>
    public string? Reviewer { get; init; }

    /// <summary>Why: the reviewer's comment, or of an <see cref="ResultAction.Error"/> what went wrong, in words.</summary>
    public string? Comment { get; init; }

    /// <summary>The least quality, 0 to 100, that was archived without a reviewer then. Records of before it was kept lack it.</summary>
    public int? QualityThreshold { get; init; }

    /// <summary>When a person was asked; nothing where none was.</summary>
    [JsonConverter(typeof(UtcTimestampConverter))]
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>When they decided: as the answer says, and no later than the run went on with it; nothing where no person answered.</summary>
    [JsonConverter(typeof(UtcTimestampConverter))]
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>
    /// From <see cref="RequestedAt"/> to <see cref="DecidedAt"/> in whole seconds: a filter of the table compares numbers, and subtracts no times.
    /// </summary>
    public long? DecisionSeconds => DecidedAt - RequestedAt is { } time ? Math.Max(0, (long)time.TotalSeconds) : null;

    /// <summary>The run's execution.</summary>
    public string? ExecutionArn { get; init; }
}

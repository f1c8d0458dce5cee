using System.Text.Json.Serialization;

namespace Archiver.Lambdas.Contracts;

/// <summary>
/// The message on the human queue, as Archiver's own state machine sends it. Another machine may send one with less or more in
/// it: only <see cref="TaskToken"/> is required, so that who reads strangers' messages reads the rest with care.
/// </summary>
public sealed record ApprovalMessage
{
    /// <summary>The task token to answer with, 1 to 2,048 characters. A secret: who has it can decide.</summary>
    public required string TaskToken { get; init; }

    /// <summary>The execution that waits.</summary>
    public string? ExecutionArn { get; init; }

    /// <summary>When the approval was requested.</summary>
    [JsonConverter(typeof(UtcTimestampConverter))]
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>When the task times out.</summary>
    [JsonConverter(typeof(UtcTimestampConverter))]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the automatic choices would do: one of <see cref="ResultAction.Recommendations"/>.</summary>
    public string? Recommendation { get; init; }

    /// <summary>Who started the run, where its input says so; the state machine writes null where it does not.</summary>
    public Starter? StartedBy { get; init; }

    /// <summary>The file that it is about.</summary>
    public FileMetadata? File { get; init; }

    /// <summary>The message without its token, for logs.</summary>
    public override string ToString() => $"{nameof(ApprovalMessage)} {{ ExecutionArn = {ExecutionArn}, File = {File?.Id} }}";
}

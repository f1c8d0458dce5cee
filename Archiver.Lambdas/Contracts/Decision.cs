using System.Text.Json.Serialization;

namespace Archiver.Lambdas.Contracts;

/// <summary>A reviewer's answer to an approval: the output of the waiting task. <see cref="Approved"/> alone is enough.</summary>
public sealed record Decision
{
    /// <summary>Whether the file is to be archived.</summary>
    [JsonPropertyName("approved")]
    public required bool Approved { get; init; }

    /// <summary>Who decided.</summary>
    [JsonPropertyName("reviewer")]
    public string? Reviewer { get; init; }

    /// <summary>Why, in the reviewer's words.</summary>
    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    /// <summary>When it was decided.</summary>
    [JsonPropertyName("decidedAt")]
    [JsonConverter(typeof(UtcTimestampConverter))]
    public DateTimeOffset? DecidedAt { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Archiver.Infra.StatesLanguage.Running;

namespace Archiver.Infra.StatesLanguage;

/// <content>What only the interpreter reads, and the snapshot's own JSON.</content>
public sealed partial record ExecutionSnapshot
{
    /// <summary>Where the machine's own level stands; nothing only when the execution failed before its first state.</summary>
    [JsonInclude]
    internal ExecutionFrame? Root { get; init; }

    /// <summary>When the machine's own <c>TimeoutSeconds</c> run out, if it has any.</summary>
    [JsonInclude]
    internal DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>The timer of <see cref="DeadlineAt"/>; a redrive starts another.</summary>
    [JsonInclude]
    internal string? DeadlineTimerId { get; init; }

    /// <summary>The snapshot as JSON, for <see cref="FromJson"/>. It holds task tokens: as secret as those.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SnapshotJsonContext.Default.ExecutionSnapshot);

    /// <summary>Reads back what <see cref="ToJson"/> gave.</summary>
    /// <exception cref="JsonException">The text is no snapshot.</exception>
    public static ExecutionSnapshot FromJson(string json)
        => JsonSerializer.Deserialize(json, SnapshotJsonContext.Default.ExecutionSnapshot)
            ?? throw new JsonException("The text is no snapshot of an execution.");
}

/// <summary>How a snapshot is written: payloads may nest deeper than the serializer's own default of 64 levels.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = 1024,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExecutionSnapshot))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;

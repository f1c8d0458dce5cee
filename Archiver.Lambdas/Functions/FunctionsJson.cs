using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>What the state machine gives ReadMetadata.</summary>
internal sealed record ReadMetadataRequest
{
    /// <summary>The run's input, any JSON; nothing where it is null.</summary>
    public JsonElement? Input { get; init; }

    public required string ExecutionArn { get; init; }

    public required string ExecutionName { get; init; }
}

/// <summary>The state of a run between its states: what ReadMetadata gives, and later the reviewer's decision.</summary>
internal sealed record RunState
{
    public required string ExecutionArn { get; init; }

    public required bool ApprovalNeeded { get; init; }

    /// <summary>What is asked of the reviewer; there also when nobody is asked, so that no path of the machine is without it.</summary>
    public required ApprovalRequest Approval { get; init; }

    public required FileMetadata File { get; init; }

    /// <summary>The record of the run as far as it is known.</summary>
    public required IReadOnlyDictionary<string, ItemAttribute> Item { get; init; }

    /// <summary>The answer to the task token, any JSON; nothing where no person was asked or answered.</summary>
    public JsonElement? Decision { get; init; }
}

/// <summary>What is asked of the reviewer, and until when.</summary>
internal sealed record ApprovalRequest
{
    public required string Recommendation { get; init; }

    [JsonConverter(typeof(UtcTimestampConverter))]
    public required DateTimeOffset RequestedAt { get; init; }

    [JsonConverter(typeof(UtcTimestampConverter))]
    public required DateTimeOffset ExpiresAt { get; init; }

    public required long TimeoutSeconds { get; init; }

    /// <summary>Who started the run; written also where nobody is named, so that the machine's path to it holds in every run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Starter? StartedBy { get; init; }
}

/// <summary>What the state machine gives an action.</summary>
internal sealed record ActionRequest
{
    public required RunState Run { get; init; }

    /// <summary>When the run came to the action. It stays the same when the action is tried again, and with it the result.</summary>
    [JsonConverter(typeof(UtcTimestampConverter))]
    public required DateTimeOffset EnteredAt { get; init; }
}

/// <summary>What an action gives: the result as the run's output, and as the item that records it.</summary>
internal sealed record ActionResponse
{
    public required IReadOnlyDictionary<string, ItemAttribute> Item { get; init; }

    public required ResultRecord Result { get; init; }
}

/// <summary>An error as a <c>Catch</c> gives it. Who answers a task token may leave out either member.</summary>
internal sealed record Failure
{
    public string? Error { get; init; }

    public string? Cause { get; init; }
}

/// <summary>What the state machine gives ExplainError.</summary>
internal sealed record ExplainErrorRequest
{
    public required FailedRun Run { get; init; }

    [JsonConverter(typeof(UtcTimestampConverter))]
    public required DateTimeOffset EnteredAt { get; init; }
}

/// <summary>The state of a run that failed, as far as it is known.</summary>
internal sealed record FailedRun
{
    public required Failure Failure { get; init; }

    public required IReadOnlyDictionary<string, ItemAttribute> Item { get; init; }

    /// <summary>The run's input, where nothing was read.</summary>
    public JsonElement? Input { get; init; }

    public JsonElement? Decision { get; init; }
}

/// <summary>What ExplainError gives: the error in words, and the two parts of the record.</summary>
internal sealed record ExplainErrorResponse
{
    public required Failure Failure { get; init; }

    public required IReadOnlyDictionary<string, ItemAttribute> Item { get; init; }

    public required IReadOnlyDictionary<string, ItemAttribute> Outcome { get; init; }
}

/// <summary>The JSON between the state machine and the functions.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReadMetadataRequest))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(ActionResponse))]
[JsonSerializable(typeof(ExplainErrorRequest))]
[JsonSerializable(typeof(ExplainErrorResponse))]
internal sealed partial class FunctionsJson : JsonSerializerContext
{
    public static async Task<T> ReadAsync<T>(Stream input, JsonTypeInfo<T> type) =>
        await JsonSerializer.DeserializeAsync(input, type) ?? throw new JsonException("The function's input is null.");

    public static Stream Write<T>(T value, JsonTypeInfo<T> type) =>
        new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, type), writable: false);
}

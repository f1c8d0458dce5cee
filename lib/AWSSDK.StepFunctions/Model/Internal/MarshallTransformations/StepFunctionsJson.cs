#nullable enable
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Amazon.StepFunctions.Model.Internal.MarshallTransformations;

/// <summary>
/// The wire's JSON: members in camel case, absent ones left out, times in seconds since 1970, unknown members passed over so
/// that a newer service does not break this client.
/// </summary>
internal static class StepFunctionsJson
{
    private static readonly JsonSerializerOptions _options = Options();

    /// <summary>How a type of the model is written and read.</summary>
    public static JsonTypeInfo<T> For<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // A body is no HTML: the default would write each quote of an embedded document as six bytes.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = StepFunctionsJsonContext.Default.WithAddedModifier(LeaveOutTheRuntimesOwn),
            Converters =
            {
                new EpochSecondsConverter(),
                new ConstantConverter<EncryptionType>(EncryptionType.FindValue),
                new ConstantConverter<ExecutionRedriveFilter>(ExecutionRedriveFilter.FindValue),
                new ConstantConverter<ExecutionRedriveStatus>(ExecutionRedriveStatus.FindValue),
                new ConstantConverter<ExecutionStatus>(ExecutionStatus.FindValue),
                new ConstantConverter<HistoryEventType>(HistoryEventType.FindValue),
                new ConstantConverter<IncludedData>(IncludedData.FindValue),
                new ConstantConverter<KmsKeyState>(KmsKeyState.FindValue),
                new ConstantConverter<LogLevel>(LogLevel.FindValue),
                new ConstantConverter<StateMachineStatus>(StateMachineStatus.FindValue),
                new ConstantConverter<StateMachineType>(StateMachineType.FindValue),
                new ConstantConverter<SyncExecutionStatus>(SyncExecutionStatus.FindValue),
                new ConstantConverter<ValidationExceptionReason>(ValidationExceptionReason.FindValue),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    // The status and metadata that every response inherits come from HTTP's head; no body may set them.
    private static void LeaveOutTheRuntimesOwn(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].DeclaringType.Assembly != typeof(StepFunctionsJson).Assembly)
                type.Properties.RemoveAt(i);
        }
    }
}

/// <summary>The types that go over the wire; those that they are made of follow from them.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StartExecutionRequest))]
[JsonSerializable(typeof(StartExecutionResponse))]
[JsonSerializable(typeof(StartSyncExecutionRequest))]
[JsonSerializable(typeof(StartSyncExecutionResponse))]
[JsonSerializable(typeof(DescribeExecutionRequest))]
[JsonSerializable(typeof(DescribeExecutionResponse))]
[JsonSerializable(typeof(ListExecutionsRequest))]
[JsonSerializable(typeof(ListExecutionsResponse))]
[JsonSerializable(typeof(GetExecutionHistoryRequest))]
[JsonSerializable(typeof(GetExecutionHistoryResponse))]
[JsonSerializable(typeof(StopExecutionRequest))]
[JsonSerializable(typeof(StopExecutionResponse))]
[JsonSerializable(typeof(RedriveExecutionRequest))]
[JsonSerializable(typeof(RedriveExecutionResponse))]
[JsonSerializable(typeof(DescribeStateMachineRequest))]
[JsonSerializable(typeof(DescribeStateMachineResponse))]
[JsonSerializable(typeof(DescribeStateMachineForExecutionRequest))]
[JsonSerializable(typeof(DescribeStateMachineForExecutionResponse))]
[JsonSerializable(typeof(ListStateMachinesRequest))]
[JsonSerializable(typeof(ListStateMachinesResponse))]
[JsonSerializable(typeof(SendTaskSuccessRequest))]
[JsonSerializable(typeof(SendTaskSuccessResponse))]
[JsonSerializable(typeof(SendTaskFailureRequest))]
[JsonSerializable(typeof(SendTaskFailureResponse))]
[JsonSerializable(typeof(SendTaskHeartbeatRequest))]
[JsonSerializable(typeof(SendTaskHeartbeatResponse))]
[JsonSerializable(typeof(ErrorMembers))]
internal sealed partial class StepFunctionsJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Archiver.Lambdas.Contracts;

/// <summary>The contracts' JSON, as it is on the wire: names as the properties say, and no member for what is not there.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ApprovalMessage))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(FileMetadata))]
[JsonSerializable(typeof(ResultRecord))]
[JsonSerializable(typeof(RunInput))]
[JsonSerializable(typeof(Starter))]
public sealed partial class ContractsJson : JsonSerializerContext;

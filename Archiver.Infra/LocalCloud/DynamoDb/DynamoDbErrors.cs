using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb;

/// <summary>
/// DynamoDB's refusals, in its own words.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
/// </summary>
internal static class DynamoDbErrors
{
    /// <summary>The code of a request that breaks a rule of the service.</summary>
    public const string ValidationCode = "ValidationException";

    /// <summary>The code of a write whose condition the item does not meet.</summary>
    public const string ConditionCode = "ConditionalCheckFailedException";

    /// <summary>A request that breaks a rule of the service.</summary>
    public static AwsError Validation(string message) => new(ValidationCode, message);

    /// <summary>A parameter whose value breaks a rule, with the opening words that AWS uses for most of them.</summary>
    public static AwsError InvalidParameter(string message) => Validation("One or more parameter values were invalid: " + message);

    /// <summary>A member that breaks a constraint of the service's model.</summary>
    /// <param name="path">The member's path in camel case, such as <c>tableName</c>.</param>
    /// <param name="value">The value that was sent; nothing where it was left out.</param>
    /// <param name="constraint">What it must satisfy, such as <c>Member must not be null</c>.</param>
    public static AwsError Constraint(string path, string? value, string constraint) => Validation(
        $"1 validation error detected: Value {(value is null ? "null" : $"'{value}'")} at '{path}' failed to satisfy constraint: {constraint}");

    /// <summary>A body whose JSON has another type than the service's model.</summary>
    public static AwsError Serialization(string message) => new("SerializationException", message);

    /// <summary>An item operation on a table that is not there.</summary>
    public static AwsError TableMissing() => new("ResourceNotFoundException", "Requested resource not found");

    /// <summary>A table operation on a table that is not there.</summary>
    public static AwsError TableNotFound(string name) =>
        new("ResourceNotFoundException", $"Requested resource not found: Table: {name} not found");

    /// <summary>A table of that name is there already.</summary>
    public static AwsError TableExists(string name) => new("ResourceInUseException", $"Table already exists: {name}");

    /// <summary>A condition that an item does not meet.</summary>
    /// <param name="item">The item as it stands, where the caller asked for it.</param>
    public static AwsError ConditionFailed(JsonObject? item) =>
        new(ConditionCode, "The conditional request failed")
        {
            Members = item is null ? null : new JsonObject { ["Item"] = item },
        };

    /// <summary>A transaction of which some part failed.</summary>
    /// <param name="errors">What each part failed of; nothing for one that did not.</param>
    public static AwsError Canceled(IReadOnlyList<AwsError?> errors)
    {
        JsonArray reasons = [];
        foreach (AwsError? error in errors)
        {
            JsonObject reason = error?.Members?.DeepClone().AsObject() ?? [];
            reason["Code"] = error?.Code switch
            {
                null => "None",
                ConditionCode => "ConditionalCheckFailed",
                _ => "ValidationError",
            };
            if (error is not null)
                reason["Message"] = error.Message;
            reasons.Add(reason);
        }
        string codes = string.Join(", ", reasons.Select(reason => reason!["Code"]!.GetValue<string>()));
        return new AwsError("TransactionCanceledException", $"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]")
        {
            Members = new JsonObject { ["CancellationReasons"] = reasons },
        };
    }

    /// <summary>The members of a key are not the schema's.</summary>
    public static AwsError KeyMismatch() => Validation("The provided key element does not match the schema");
}

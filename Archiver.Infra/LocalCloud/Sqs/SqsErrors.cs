using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// What SQS refuses, in one place. Each error has its name in the JSON protocol's model and, as the query code, the one of the
/// protocol of old: the <c>aws</c> client and the SDKs show the latter.
/// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html and the page of each call.
/// </summary>
internal static class SqsErrors
{
    private const string Legacy = "AWS.SimpleQueueService.";

    public static AwsError QueueDoesNotExist() => Error("QueueDoesNotExist", Legacy + "NonExistentQueue", "The specified queue does not exist.");

    public static AwsError QueueNameExists(string attribute) => Error(
        "QueueNameExists", "QueueAlreadyExists", $"A queue already exists with the same name and a different value for attribute {attribute}");

    public static AwsError InvalidAddress(string address) => Error(
        "InvalidAddress", "InvalidAddress", $"The address {address} is not valid for this endpoint.");

    public static AwsError InvalidAttributeName(string name) => Error(
        "InvalidAttributeName", "InvalidAttributeName", $"Unknown Attribute {name}.");

    public static AwsError InvalidAttributeValue(string name, string reason) => Error(
        "InvalidAttributeValue", "InvalidAttributeValue", $"Invalid value for the parameter {name}. Reason: {reason}");

    public static AwsError InvalidParameterValue(string message) => Error("InvalidParameterValueException", "InvalidParameterValue", message);

    /// <summary><see cref="InvalidParameterValue(string)"/> in the words that SQS has for most of them.</summary>
    public static AwsError InvalidParameterValue(string parameter, object value, string reason) =>
        InvalidParameterValue($"Value {value} for parameter {parameter} is invalid. Reason: {reason}");

    public static AwsError MissingParameter(string name) => Error(
        "MissingRequiredParameterException", "MissingParameter", $"The request must contain the parameter {name}.");

    public static AwsError InvalidMessageContents() => Error(
        "InvalidMessageContents", "InvalidMessageContents",
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");

    public static AwsError ReceiptHandleIsInvalid() => Error(
        "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", "The input receipt handle is not a valid receipt handle.");

    public static AwsError MessageNotInflight() => Error(
        "MessageNotInflight", Legacy + "MessageNotInflight", "The specified message isn't in flight.");

    public static AwsError OverLimit(string message) => Error("OverLimit", "OverLimit", message);

    public static AwsError EmptyBatchRequest(string entry) => Error(
        "EmptyBatchRequest", Legacy + "EmptyBatchRequest", $"There should be at least one {entry} in the request.");

    public static AwsError TooManyEntriesInBatchRequest(int count) => Error(
        "TooManyEntriesInBatchRequest", Legacy + "TooManyEntriesInBatchRequest", $"Maximum number of entries per request are 10. You have sent {count}.");

    public static AwsError BatchEntryIdsNotDistinct(string id) => Error(
        "BatchEntryIdsNotDistinct", Legacy + "BatchEntryIdsNotDistinct", $"Id {id} repeated.");

    public static AwsError InvalidBatchEntryId() => Error(
        "InvalidBatchEntryId", Legacy + "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");

    public static AwsError BatchRequestTooLong(long bytes) => Error(
        "BatchRequestTooLong", Legacy + "BatchRequestTooLong",
        $"Batch requests cannot be longer than {QueueSettings.LargestMessage} bytes. You have sent {bytes} bytes.");

    public static AwsError UnsupportedOperation(string message) => Error("UnsupportedOperation", Legacy + "UnsupportedOperation", message);

    public static AwsError ResourceNotFound(string message) => Error("ResourceNotFoundException", "ResourceNotFoundException", message);

    /// <summary>A member of the request has the wrong JSON type.</summary>
    public static AwsError Serialization(string member, string expected) => new("SerializationException", $"{member} must be {expected}.");

    private static AwsError Error(string code, string queryCode, string message) => new(code, message) { QueryCode = queryCode };
}

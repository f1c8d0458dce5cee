namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>
/// A request that a service refuses. It becomes the service's own error shape on the wire, and the error name of a failed
/// Task when a state machine made the call.
/// </summary>
/// <param name="code">The error's name in the service's model, such as <c>QueueDoesNotExist</c>.</param>
/// <param name="message">The sentence for a person.</param>
/// <param name="statusCode">The HTTP status; 400 for a client's error, 500 and up for the service's own.</param>
internal sealed class AwsError(string code, string message, int statusCode = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int StatusCode { get; } = statusCode;

    /// <summary>The error's name in the query protocol of old, where the service still tells it
    /// (<c>x-amzn-query-error</c>: SQS).</summary>
    public string? QueryCode { get; init; }

    /// <summary>Members of the error beside its message, such as <c>Item</c> of a failed condition in DynamoDB.</summary>
    public System.Text.Json.Nodes.JsonObject? Members { get; init; }
}

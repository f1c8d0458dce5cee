using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary><c>arn:aws:states:::sqs:sendMessage</c>, also <c>.waitForTaskToken</c>. A body that is not text is sent as JSON.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html</remarks>
internal sealed class SqsIntegration(IServiceProvider services) : JsonServiceIntegration(services, "SQS", "sqs")
{
    private const string Body = "MessageBody";

    private static readonly TaskParameters SendMessage = new(
        ["QueueUrl", Body],
        ["DelaySeconds", "MessageAttributes", "MessageDeduplicationId", "MessageGroupId", "MessageSystemAttributes"]);

    /// <inheritdoc/>
    public override TaskParameters? Parameters(TaskResource resource) =>
        resource.Action == "sendMessage" && (resource.Pattern.Length == 0 || resource.WaitsForTaskToken) ? SendMessage : null;

    /// <inheritdoc/>
    protected override JsonObject Request(JsonObject parameters)
    {
        JsonObject request = base.Request(parameters);
        if (request.TryGetPropertyValue(Body, out JsonNode? body) && body is not null && body.GetValueKind() != System.Text.Json.JsonValueKind.String)
            request[Body] = JsonText.Write(body);
        return request;
    }
}

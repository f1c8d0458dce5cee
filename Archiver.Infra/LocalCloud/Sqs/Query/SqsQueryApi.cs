using System.Text.Json.Nodes;
using System.Xml.Linq;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Sqs.Query;

/// <summary>
/// SQS in the query protocol, which was its only one until 2023: what clients of before then still speak. Each call is that
/// of <see cref="SqsApi"/>, in another dress.
/// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html.
/// </summary>
internal sealed class SqsQueryApi : QueryApi
{
    private const string Version = "2012-11-05";
    private static readonly XNamespace Namespace = $"http://queue.amazonaws.com/doc/{Version}/";

    private static readonly string[] ActionsWithResult =
    [
        "CreateQueue", "ListQueues", "GetQueueUrl", "GetQueueAttributes", "ListDeadLetterSourceQueues", "ListQueueTags",
        "SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessageBatch", "ChangeMessageVisibilityBatch",
        "StartMessageMoveTask", "ListMessageMoveTasks", "CancelMessageMoveTask",
    ];

    private static readonly string[] ActionsWithoutResult =
    [
        "DeleteQueue", "SetQueueAttributes", "PurgeQueue", "TagQueue", "UntagQueue", "DeleteMessage", "ChangeMessageVisibility",
        "AddPermission", "RemovePermission",
    ];

    private readonly SqsApi _api;
    private readonly CloudEndpoint _endpoint;

    public SqsQueryApi(SqsApi api, CloudEndpoint endpoint) : base("sqs", Namespace)
    {
        _api = api;
        _endpoint = endpoint;
        foreach (string action in ActionsWithResult)
        {
            SqsQueryResponse response = new(action, Namespace);
            Operation(action, async (request, cancellationToken) => response.ToXml(await CallAsync(action, request, cancellationToken)));
        }
        foreach (string action in ActionsWithoutResult)
        {
            Operation(action, async (request, cancellationToken) =>
            {
                await CallAsync(action, request, cancellationToken);
                return null;
            });
        }
    }

    /// <inheritdoc/>
    /// <remarks>As with JSON: ten messages that have a mebibyte together, every byte of them escaped, fit in well.</remarks>
    public override long? MaxRequestBytes => 8 * 1024 * 1024;

    private Task<JsonObject> CallAsync(string action, QueryRequest request, CancellationToken cancellationToken)
    {
        if (request.Fields.GetValueOrDefault("Version") != Version)
            throw new AwsError("NoSuchVersion", $"The request's Version must be {Version}.");
        JsonObject members = new SqsQueryRequest(action).ToJson(request.Fields);
        // A queue's URL is an address, too: a request that was sent to it doesn't need to tell it again.
        if (members["QueueUrl"] is null && request.Path is not ("" or "/"))
            members["QueueUrl"] = new UriBuilder(_endpoint.Uri) { Path = request.Path }.Uri.AbsoluteUri;
        return _api.InvokeAsync(action, members, cancellationToken);
    }
}

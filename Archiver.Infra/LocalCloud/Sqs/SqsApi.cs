using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// SQS on the wire: reads requests, writes answers. An empty list is not in an answer, as with AWS.
/// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html.
/// </summary>
internal sealed class SqsApi : JsonApi
{
    private const string SendEntry = "SendMessageBatchRequestEntry";
    private const string DeleteEntry = "DeleteMessageBatchRequestEntry";
    private const string VisibilityEntry = "ChangeMessageVisibilityBatchRequestEntry";

    private readonly SqsService _queues;
    private readonly MessageService _messages;
    private readonly MoveTaskService _moveTasks;
    private readonly CloudIdentity _identity;

    public SqsApi(SqsService queues, MessageService messages, MoveTaskService moveTasks, CloudIdentity identity)
        : base("SQS", "AmazonSQS", "1.0", "com.amazonaws.sqs")
    {
        _queues = queues;
        _messages = messages;
        _moveTasks = moveTasks;
        _identity = identity;

        Add("CreateQueue", request => UrlAnswer(_queues.Create(request.RequiredText("QueueName"), request.Map("Attributes"), request.Map("tags"))));
        Add("DeleteQueue", request => Done(() => _queues.Delete(UrlOf(request))));
        Add("ListQueues", ListQueues);
        Add("GetQueueUrl", request => UrlAnswer(_queues.FindByName(request.RequiredText("QueueName"), request.Text("QueueOwnerAWSAccountId"))));
        Add("GetQueueAttributes", request => MapAnswer("Attributes", _queues.Attributes(UrlOf(request), request.Texts("AttributeNames"))));
        Add("SetQueueAttributes", SetQueueAttributes);
        Add("PurgeQueue", request => Done(() => _queues.Purge(UrlOf(request))));
        Add("ListDeadLetterSourceQueues", ListDeadLetterSourceQueues);
        Add("TagQueue", request => Done(() => _queues.ChangeTags(UrlOf(request), request.Map("Tags"), [])));
        Add("UntagQueue", request => Done(() => _queues.ChangeTags(UrlOf(request), new Dictionary<string, string>(), request.Texts("TagKeys"))));
        Add("ListQueueTags", request => MapAnswer("Tags", _queues.Find(UrlOf(request)).Definition.Tags));
        Add("SendMessage", request => ToJson(_messages.Send(UrlOf(request), ReadMessage(request))));
        Add("SendMessageBatch", SendMessageBatch);
        Operation("ReceiveMessage", (request, cancellationToken) => ReceiveMessageAsync(new SqsRequest(request), cancellationToken));
        Add("DeleteMessage", request => Done(() => _messages.Delete(UrlOf(request), request.RequiredText("ReceiptHandle"))));
        Add("DeleteMessageBatch", DeleteMessageBatch);
        Add("ChangeMessageVisibility", request => Done(() => _messages.ChangeVisibility(
            UrlOf(request), request.RequiredText("ReceiptHandle"), request.Integer("VisibilityTimeout") ?? throw SqsErrors.MissingParameter("VisibilityTimeout"))));
        Add("ChangeMessageVisibilityBatch", ChangeMessageVisibilityBatch);
        Add("StartMessageMoveTask", request => new JsonObject
        {
            ["TaskHandle"] = _moveTasks.Start(request.RequiredText("SourceArn"), request.Text("DestinationArn"), request.Integer("MaxNumberOfMessagesPerSecond")),
        });
        Add("ListMessageMoveTasks", ListMessageMoveTasks);
        Add("CancelMessageMoveTask", request => new JsonObject { ["ApproximateNumberOfMessagesMoved"] = _moveTasks.Cancel(request.RequiredText("TaskHandle")) });
        Add("AddPermission", _ => throw NoPermissions());
        Add("RemovePermission", _ => throw NoPermissions());
    }

    /// <inheritdoc/>
    /// <remarks>A message, or a batch of them, has a mebibyte; escaped in JSON it can have six.
    /// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html.</remarks>
    public override long? MaxRequestBytes => 8 * 1024 * 1024;

    private void Add(string name, Func<SqsRequest, JsonObject> handler) =>
        Operation(name, (request, _) => Task.FromResult(handler(new SqsRequest(request))));

    private JsonObject ListQueues(SqsRequest request) =>
        PageAnswer("QueueUrls", _queues.List(request.Text("QueueNamePrefix") ?? "", request.Integer("MaxResults"), request.Text("NextToken")));

    private JsonObject ListDeadLetterSourceQueues(SqsRequest request)
    {
        JsonObject answer = PageAnswer(
            "queueUrls", _queues.ListDeadLetterSources(UrlOf(request), request.Integer("MaxResults"), request.Text("NextToken")));
        answer.TryAdd("queueUrls", new JsonArray()); // Required in the model, so it is there when it is empty.
        return answer;
    }

    private JsonObject SetQueueAttributes(SqsRequest request) => request.Structure("Attributes") is null
        ? throw SqsErrors.MissingParameter("Attributes")
        : Done(() => _queues.SetAttributes(UrlOf(request), request.Map("Attributes")));

    private JsonObject SendMessageBatch(SqsRequest request) => BatchAnswer(
        _messages.SendBatch(UrlOf(request), [.. request.Structures("Entries", SendEntry).Select(entry =>
        {
            string id = entry.RequiredText("Id");
            entry.RequiredText("MessageBody");
            return (id, (Func<OutgoingMessage>)(() => ReadMessage(entry)));
        })]),
        ToJson);

    private async Task<JsonObject> ReceiveMessageAsync(SqsRequest request, CancellationToken cancellationToken)
    {
        RefuseFifo(request, "ReceiveRequestAttemptId");
        // AttributeNames is the old name of MessageSystemAttributeNames.
        string[] systemNames = [.. request.Texts("MessageSystemAttributeNames"), .. request.Texts("AttributeNames")];
        MessageSystemAttributes.Check(systemNames);
        IReadOnlyList<string> attributeNames = request.Texts("MessageAttributeNames");
        ReceiveOptions options = new(request.Integer("MaxNumberOfMessages") ?? 1, request.Integer("VisibilityTimeout"), request.Integer("WaitTimeSeconds"));
        IReadOnlyList<ReceivedMessage> received = await _messages.ReceiveAsync(UrlOf(request), options, cancellationToken);
        JsonObject answer = [];
        if (received.Count > 0)
            answer["Messages"] = new JsonArray([.. received.Select(message => ToJson(message, systemNames, attributeNames))]);
        return answer;
    }

    private JsonObject DeleteMessageBatch(SqsRequest request) => BatchAnswer(
        _messages.DeleteBatch(UrlOf(request), [.. request.Structures("Entries", DeleteEntry).Select(entry =>
            (entry.RequiredText("Id"), entry.RequiredText("ReceiptHandle")))]),
        _ => []);

    private JsonObject ChangeMessageVisibilityBatch(SqsRequest request) => BatchAnswer(
        _messages.ChangeVisibilityBatch(UrlOf(request), [.. request.Structures("Entries", VisibilityEntry).Select(entry =>
            (entry.RequiredText("Id"), entry.RequiredText("ReceiptHandle"),
            entry.Integer("VisibilityTimeout") ?? throw SqsErrors.MissingParameter(entry.PathOf("VisibilityTimeout"))))]),
        _ => []);

    private JsonObject ListMessageMoveTasks(SqsRequest request)
    {
        IReadOnlyList<MoveTask> tasks = _moveTasks.List(request.RequiredText("SourceArn"), request.Integer("MaxResults") ?? 1);
        JsonObject answer = [];
        if (tasks.Count > 0)
            answer["Results"] = new JsonArray([.. tasks.Select(ToJson)]);
        return answer;
    }

    private static OutgoingMessage ReadMessage(SqsRequest request)
    {
        RefuseFifo(request, "MessageDeduplicationId");
        return new OutgoingMessage(
            request.RequiredText("MessageBody"), request.Integer("DelaySeconds"), MessageAttributes.Parse(request.Structure("MessageAttributes")),
            MessageSystemAttributes.ReadTraceHeader(request.Structure("MessageSystemAttributes")), request.Text("MessageGroupId"));
    }

    private static void RefuseFifo(SqsRequest request, string name)
    {
        if (request.Text(name) is { } value)
            throw SqsErrors.InvalidParameterValue(name, value, "The request include parameter that is not valid for this queue type");
    }

    private static string UrlOf(SqsRequest request) => request.RequiredText("QueueUrl");

    private static JsonObject Done(Action work)
    {
        work();
        return [];
    }

    private JsonObject UrlAnswer(Queue queue) => new() { ["QueueUrl"] = _queues.UrlOf(queue) };

    private JsonObject PageAnswer(string member, QueuePage page)
    {
        JsonObject answer = [];
        if (page.Queues.Count > 0)
            answer[member] = new JsonArray([.. page.Queues.Select(queue => JsonValue.Create(_queues.UrlOf(queue)))]);
        if (page.NextToken is not null)
            answer["NextToken"] = page.NextToken;
        return answer;
    }

    private static JsonObject MapAnswer(string member, IReadOnlyDictionary<string, string> map) => map.Count == 0
        ? []
        : new JsonObject { [member] = new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))) };

    private static JsonObject BatchAnswer<T>(IReadOnlyList<BatchOutcome<T>> outcomes, Func<T, JsonObject> result) where T : class
    {
        JsonArray successful = [];
        JsonArray failed = [];
        foreach (BatchOutcome<T> outcome in outcomes)
        {
            if (outcome.Error is { } error)
            {
                failed.Add((JsonNode)new JsonObject
                {
                    ["Id"] = outcome.Id,
                    ["SenderFault"] = error.StatusCode < 500,
                    ["Code"] = error.QueryCode ?? error.Code,
                    ["Message"] = error.Message,
                });
            }
            else
            {
                JsonObject entry = result(outcome.Result!);
                entry["Id"] = outcome.Id;
                successful.Add((JsonNode)entry);
            }
        }
        JsonObject answer = [];
        if (successful.Count > 0) answer["Successful"] = successful;
        if (failed.Count > 0) answer["Failed"] = failed;
        return answer;
    }

    private static JsonObject ToJson(SentMessage sent)
    {
        JsonObject answer = new() { ["MessageId"] = sent.MessageId, ["MD5OfMessageBody"] = sent.BodyMd5 };
        if (sent.AttributesMd5 is not null) answer["MD5OfMessageAttributes"] = sent.AttributesMd5;
        if (sent.SystemAttributesMd5 is not null) answer["MD5OfMessageSystemAttributes"] = sent.SystemAttributesMd5;
        return answer;
    }

    private JsonObject ToJson(ReceivedMessage received, IReadOnlyCollection<string> systemNames, IReadOnlyList<string> attributeNames)
    {
        StoredMessage message = received.Message;
        JsonObject json = new()
        {
            ["MessageId"] = message.MessageId,
            ["ReceiptHandle"] = received.Handle.Encode(),
            ["MD5OfBody"] = MessageDigest.OfBody(message.Body),
            ["Body"] = message.Body,
        };
        if (MessageSystemAttributes.Select(message, _identity.AccountId, systemNames) is { } system)
            json["Attributes"] = system;
        // The digest is that of the attributes in the answer, so that who gets only some of them can check it.
        MessageAttributes attributes = MessageAttributes.FromJson(message.Attributes).Select(attributeNames);
        if (MessageDigest.OfAttributes(attributes) is { } digest)
        {
            json["MD5OfMessageAttributes"] = digest;
            json["MessageAttributes"] = attributes.ToJson();
        }
        return json;
    }

    private static JsonObject ToJson(MoveTask task)
    {
        JsonObject json = new()
        {
            ["Status"] = task.Status,
            ["SourceArn"] = task.SourceArn,
            ["ApproximateNumberOfMessagesMoved"] = task.Moved,
            ["ApproximateNumberOfMessagesToMove"] = task.ToMove,
            ["StartedTimestamp"] = task.StartedAt,
        };
        if (task.Status == MoveTask.Running) json["TaskHandle"] = task.Handle;
        if (task.DestinationArn is not null) json["DestinationArn"] = task.DestinationArn;
        if (task.Rate is not null) json["MaxNumberOfMessagesPerSecond"] = task.Rate;
        if (task.Failure is not null) json["FailureReason"] = task.Failure;
        return json;
    }

    private static AwsError NoPermissions() => SqsErrors.UnsupportedOperation(
        "The local cloud has one principal, who may everything: it has no permissions to add or remove.");
}

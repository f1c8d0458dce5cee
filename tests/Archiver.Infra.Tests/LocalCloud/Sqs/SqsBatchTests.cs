using Amazon.SQS.Model;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class SqsBatchTests
{
    [Fact]
    public async Task SendMessageBatch_GoodAndBadEntries_TakesTheGoodAndTellsOfTheBad()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("MaximumMessageSize", "1024"));

        SendMessageBatchResponse response = await sqs.Client.SendMessageBatchAsync(
            url,
            [
                new() { Id = "good", MessageBody = "a", MessageAttributes = new() { ["x"] = new() { DataType = "Number", StringValue = "1" } } },
                new() { Id = "control", MessageBody = "\u0001" },
                new() { Id = "delayed", MessageBody = "b", DelaySeconds = 10 },
                new() { Id = "late", MessageBody = "c", DelaySeconds = 901 },
                new() { Id = "large", MessageBody = new string('d', 1025) },
                new() { Id = "attribute", MessageBody = "e", MessageAttributes = new() { ["AWS.x"] = new() { DataType = "String", StringValue = "1" } } },
            ],
            SqsCloud.Token);

        Assert.Equal(["good", "delayed"], response.Successful.Select(entry => entry.Id));
        Assert.Equal(
            [("control", "InvalidMessageContents"), ("late", "InvalidParameterValue"), ("large", "InvalidParameterValue"), ("attribute", "InvalidParameterValue")],
            response.Failed.Select(entry => (entry.Id, entry.Code)));
        Assert.All(response.Failed, entry => Assert.True(entry.SenderFault));
        Assert.All(response.Failed, entry => Assert.NotEmpty(entry.Message));
        Assert.Equal((1, 0, 1), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task SendMessageBatch_AllGood_HasNoFailures()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        SendMessageBatchResponse response = await sqs.Client.SendMessageBatchAsync(
            url, [.. Enumerable.Range(0, 10).Select(index => new SendMessageBatchRequestEntry($"e{index}", $"{index}"))], SqsCloud.Token);

        Assert.Null(response.Failed);
        Assert.Equal(response.Successful.Select(entry => entry.MessageId), (await sqs.ReceiveAsync(url)).Select(message => message.MessageId));
    }

    [Fact]
    public async Task SendMessageBatch_MoreThanAMebibyteTogether_IsRefusedWhole()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        string half = new('x', 524_288);

        await sqs.Client.SendMessageBatchAsync(url, [new("a", half), new("b", half)], SqsCloud.Token);
        await Assert.ThrowsAsync<BatchRequestTooLongException>(() =>
            sqs.Client.SendMessageBatchAsync(url, [new("a", half), new("b", half), new("c", "x")], SqsCloud.Token));

        Assert.Equal((2, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task AnyBatch_EntriesThatCannotBe_IsRefusedWhole()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        string handle = (await sqs.ReceiveOneAsync(url)).ReceiptHandle;
        Func<string[], Task>[] batches =
        [
            ids => sqs.Client.SendMessageBatchAsync(url, [.. ids.Select(id => new SendMessageBatchRequestEntry(id, "x"))], SqsCloud.Token),
            ids => sqs.Client.DeleteMessageBatchAsync(url, [.. ids.Select(id => new DeleteMessageBatchRequestEntry(id, handle))], SqsCloud.Token),
            ids => sqs.Client.ChangeMessageVisibilityBatchAsync(
                url, [.. ids.Select(id => new ChangeMessageVisibilityBatchRequestEntry(id, handle) { VisibilityTimeout = 1 })], SqsCloud.Token),
        ];

        foreach (Func<string[], Task> batch in batches)
        {
            await Assert.ThrowsAsync<EmptyBatchRequestException>(() => batch([]));
            await Assert.ThrowsAsync<TooManyEntriesInBatchRequestException>(() => batch([.. Enumerable.Range(0, 11).Select(index => $"{index}")]));
            await Assert.ThrowsAsync<BatchEntryIdsNotDistinctException>(() => batch(["a", "b", "a"]));
            await Assert.ThrowsAsync<InvalidBatchEntryIdException>(() => batch(["a b"]));
            await Assert.ThrowsAsync<InvalidBatchEntryIdException>(() => batch([new string('a', 81)]));
        }
        Assert.Equal((0, 1, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task SendMessageBatch_EntryWithoutABody_IsRefusedWhole()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        Exception exception = await SqsCloud.RefusedAsync("MissingParameter", () =>
            sqs.Client.SendMessageBatchAsync(url, [new("a", "x"), new("b", "")], SqsCloud.Token));

        Assert.Contains("SendMessageBatchRequestEntry.2.MessageBody", exception.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task DeleteMessageBatch_GoodAndBadHandles_DeletesTheGood()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        await sqs.SendAsync(url);
        IReadOnlyList<Message> messages = await sqs.ReceiveAsync(url);

        DeleteMessageBatchResponse response = await sqs.Client.DeleteMessageBatchAsync(
            url, [new("a", messages[0].ReceiptHandle), new("b", "nonsense")], SqsCloud.Token);

        Assert.Equal("a", Assert.Single(response.Successful).Id);
        BatchResultErrorEntry failed = Assert.Single(response.Failed);
        Assert.Equal(("b", "ReceiptHandleIsInvalid", true), (failed.Id, failed.Code, failed.SenderFault));
        Assert.Equal((0, 1, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task ChangeMessageVisibilityBatch_GoodAndBadEntries_ChangesTheGood()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        await sqs.SendAsync(url);
        IReadOnlyList<Message> messages = await sqs.ReceiveAsync(url);

        ChangeMessageVisibilityBatchResponse response = await sqs.Client.ChangeMessageVisibilityBatchAsync(
            url,
            [
                new("a", messages[0].ReceiptHandle) { VisibilityTimeout = 0 },
                new("b", messages[1].ReceiptHandle) { VisibilityTimeout = 43_201 },
                new("c", messages[0].ReceiptHandle) { VisibilityTimeout = 5 },
                new("d", "nonsense") { VisibilityTimeout = 5 },
            ],
            SqsCloud.Token);

        Assert.Equal("a", Assert.Single(response.Successful).Id);
        Assert.Equal(
            [("b", "InvalidParameterValue"), ("c", "AWS.SimpleQueueService.MessageNotInflight"), ("d", "ReceiptHandleIsInvalid")],
            response.Failed.Select(entry => (entry.Id, entry.Code)));
        Assert.Equal((1, 1, 0), await sqs.CountsAsync(url));
    }
}

using Amazon.SQS.Model;
using Archiver.Infra.LocalCloud.Sqs;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class SqsLongPollTests
{
    [Fact]
    public async Task ReceiveMessage_MessageIsThere_DoesNotWait()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        string id = await sqs.SendAsync(url);

        Assert.Equal(id, Assert.Single(await sqs.ReceiveAsync(url, waitSeconds: 20)).MessageId);
    }

    [Fact]
    public async Task ReceiveMessage_MessageIsSentMeanwhile_ComesAtOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        Task<IReadOnlyList<Message>> waiting = sqs.ReceiveAsync(url, waitSeconds: 20);
        await sqs.Time.WaitBegunAsync();

        string id = await sqs.SendAsync(url);

        Assert.Equal(id, Assert.Single(await waiting).MessageId);
    }

    [Theory]
    [InlineData(20, "0")]
    [InlineData(null, "20")]
    public async Task ReceiveMessage_NothingComes_IsEmptyAfterTheWait(int? ownWait, string queuesWait)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("ReceiveMessageWaitTimeSeconds", queuesWait));
        Task<ReceiveMessageResponse> waiting = sqs.Client.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, WaitTimeSeconds = ownWait }, SqsCloud.Token);
        await sqs.Time.WaitBegunAsync();

        sqs.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(waiting.IsCompleted);
        sqs.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null((await waiting).Messages);
    }

    [Fact]
    public async Task ReceiveMessage_TimeOutOfAnotherLapses_ComesAtOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        string id = await sqs.SendAsync(url);
        await sqs.ReceiveOneAsync(url, 10);
        Task<IReadOnlyList<Message>> waiting = sqs.ReceiveAsync(url, waitSeconds: 20);
        await sqs.Time.WaitBegunAsync();

        sqs.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(id, Assert.Single(await waiting).MessageId);
    }

    [Fact]
    public async Task ReceiveMessage_DelayLapses_ComesAtOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        Task<IReadOnlyList<Message>> waiting = sqs.ReceiveAsync(url, waitSeconds: 20);
        await sqs.Time.WaitBegunAsync();
        string id = await sqs.SendAsync(url, delaySeconds: 5);
        await sqs.Time.WaitBegunAsync(); // It was called, found nothing, and waits again, now with an alarm.

        sqs.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(id, Assert.Single(await waiting).MessageId);
    }

    [Fact]
    public async Task ReceiveMessage_AnotherGivesTheMessageBack_ComesAtOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message held = await sqs.ReceiveOneAsync(url);
        Task<IReadOnlyList<Message>> waiting = sqs.ReceiveAsync(url, waitSeconds: 20);
        await sqs.Time.WaitBegunAsync();

        await sqs.Client.ChangeMessageVisibilityAsync(url, held.ReceiptHandle, 0, SqsCloud.Token);

        Assert.Equal(held.MessageId, Assert.Single(await waiting).MessageId);
    }

    [Fact]
    public async Task ReceiveMessage_ManyWait_AreServedInTheOrderTheyCame()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        MessageService messages = sqs.Get<MessageService>();
        List<Task<IReadOnlyList<ReceivedMessage>>> waiting = [];
        for (int index = 0; index < 5; index++)
        {
            waiting.Add(messages.ReceiveAsync(url, new ReceiveOptions(10, null, 20), SqsCloud.Token));
            await sqs.Time.WaitBegunAsync();
        }

        for (int index = 0; index < 5; index++)
        {
            string id = await sqs.SendAsync(url, $"{index}");
            Assert.Equal(id, Assert.Single(await waiting[index]).Message.MessageId);
        }
    }

    [Fact]
    public async Task ReceiveMessage_OneBatchForManyWhoWait_ServesThemAll()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        List<Task<IReadOnlyList<Message>>> waiting = [];
        for (int index = 0; index < 8; index++)
        {
            waiting.Add(sqs.ReceiveAsync(url, 1, waitSeconds: 20));
            await sqs.Time.WaitBegunAsync();
        }

        SendMessageBatchResponse sent = await sqs.Client.SendMessageBatchAsync(
            url, [.. Enumerable.Range(0, 8).Select(index => new SendMessageBatchRequestEntry($"e{index}", $"{index}"))], SqsCloud.Token);

        IReadOnlyList<Message>[] received = await Task.WhenAll(waiting);
        Assert.Equal(
            sent.Successful.Select(entry => entry.MessageId).Order(),
            received.Select(messages => Assert.Single(messages).MessageId).Order());
    }

    [Fact]
    public async Task ReceiveMessage_ClientGoesAway_LeavesTheMessageToTheNext()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(SqsCloud.Token);
        Task<IReadOnlyList<Message>> first = sqs.ReceiveAsync(url, waitSeconds: 20, cancellationToken: gone.Token);
        await sqs.Time.WaitBegunAsync();
        Task<IReadOnlyList<Message>> second = sqs.ReceiveAsync(url, waitSeconds: 20);
        await sqs.Time.WaitBegunAsync();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        QueueLine line = sqs.Service.Find(url).Line;
        while (line.Length > 1) await Task.Yield(); // Until the server has learnt that the connection is closed.
        string id = await sqs.SendAsync(url);

        Message message = Assert.Single(await second);
        Assert.Equal((id, "1"), (message.MessageId, message.Attributes["ApproximateReceiveCount"]));
    }

    [Fact]
    public async Task ReceiveAsync_GoneBeforeTheLook_TakesNothing()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);

        foreach (int wait in new[] { 0, 20 })
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                sqs.Get<MessageService>().ReceiveAsync(url, new ReceiveOptions(1, null, wait), new CancellationToken(canceled: true)));
        }

        Assert.Equal((1, 0, 0), await sqs.CountsAsync(url));
        Assert.Equal("1", (await sqs.ReceiveOneAsync(url)).Attributes["ApproximateReceiveCount"]);
    }

    [Fact]
    public async Task ReceiveMessage_QueueIsDeletedMeanwhile_IsRefusedAtOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        Task<IReadOnlyList<Message>>[] waiting = [sqs.ReceiveAsync(url, waitSeconds: 20), sqs.ReceiveAsync(url, waitSeconds: 20)];
        await sqs.Time.WaitBegunAsync();
        await sqs.Time.WaitBegunAsync();

        await sqs.Client.DeleteQueueAsync(url, SqsCloud.Token);

        foreach (Task<IReadOnlyList<Message>> one in waiting)
            await Assert.ThrowsAsync<QueueDoesNotExistException>(() => one);
    }

    [Fact]
    public async Task ReceiveMessage_CloudStops_IsEmptyAtOnce()
    {
        SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        Task<IReadOnlyList<ReceivedMessage>> waiting = sqs.Get<MessageService>().ReceiveAsync(url, new ReceiveOptions(1, null, 20), SqsCloud.Token);
        await sqs.Time.WaitBegunAsync();

        await sqs.DisposeAsync();

        Assert.Empty(await waiting);
    }

    [Fact]
    public async Task ReceiveMessage_DeadLettersOnly_GoesOnWaiting()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, string dead) = await sqs.QueueWithDeadLettersAsync(1);
        await sqs.SendAsync(url, "dead");
        await sqs.ReceiveOneAsync(url, 0);
        Task<IReadOnlyList<Message>> waiting = sqs.ReceiveAsync(url, waitSeconds: 20);
        await sqs.Time.WaitBegunAsync();
        Assert.Equal((1, 0, 0), await sqs.CountsAsync(dead));

        await sqs.SendAsync(url, "living");

        Assert.Equal("living", Assert.Single(await waiting).Body);
    }
}

using System.Collections.Concurrent;
using Amazon.SQS.Model;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class SqsConcurrencyTests
{
    [Fact]
    public async Task ReceiveMessage_EightReceivers_GetEachOfTwoThousandMessagesOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        ConcurrentBag<string> received = [];
        using CountdownEvent left = new(2_000);
        using CancellationTokenSource drained = CancellationTokenSource.CreateLinkedTokenSource(SqsCloud.Token);

        Task[] receivers = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => DrainAsync(sqs, url, received, left, drained), SqsCloud.Token))];
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = SqsCloud.Token }, async (batch, token) =>
            await sqs.Client.SendMessageBatchAsync(
                url, [.. Enumerable.Range(0, 10).Select(index => new SendMessageBatchRequestEntry($"e{index}", $"{(batch * 10) + index}"))], token));
        await Task.WhenAll(receivers);

        Assert.Equal(Enumerable.Range(0, 2_000), received.Select(int.Parse).Order());
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task CreateQueue_ManyAtOnce_MakeOneQueue()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        string[] urls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sqs.QueueAsync("orders", ("VisibilityTimeout", "7"))));

        Assert.Single(urls.Distinct());
        Assert.Single((await sqs.Client.ListQueuesAsync("", SqsCloud.Token)).QueueUrls);
    }

    [Fact]
    public async Task SendMessage_WhileTheQueueIsDeleted_IsTakenOrRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        Task<bool>[] sends = [.. Enumerable.Range(0, 50).Select(_ => Task.Run(
            async () =>
            {
                try
                {
                    await sqs.SendAsync(url);
                    return true;
                }
                catch (QueueDoesNotExistException)
                {
                    return false;
                }
            },
            SqsCloud.Token))];
        await sqs.Client.DeleteQueueAsync(url, SqsCloud.Token);
        await Task.WhenAll(sends);

        await sqs.QueueAsync();
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    private static async Task DrainAsync(
        SqsCloud sqs, string url, ConcurrentBag<string> received, CountdownEvent left, CancellationTokenSource drained)
    {
        try
        {
            while (true)
            {
                IReadOnlyList<Message> messages = await sqs.ReceiveAsync(url, 10, waitSeconds: 20, cancellationToken: drained.Token);
                foreach (Message message in messages) received.Add(message.Body);
                await sqs.Client.DeleteMessageBatchAsync(
                    url, [.. messages.Select((message, index) => new DeleteMessageBatchRequestEntry($"e{index}", message.ReceiptHandle))], SqsCloud.Token);
                if (left.Signal(messages.Count)) await drained.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (drained.IsCancellationRequested && !SqsCloud.Token.IsCancellationRequested)
        {
            // Everything is there: who still waits is called off.
        }
    }
}

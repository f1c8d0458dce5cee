using Amazon.SQS.Model;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class SqsDeadLetterTests
{
    [Fact]
    public async Task ReceiveMessage_ReceivedTooOften_GoesToTheDeadLetterQueueWithItsStory()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, string dead) = await sqs.QueueWithDeadLettersAsync(2);
        long sent = sqs.Time.GetUtcNow().ToUnixTimeMilliseconds();
        string id = await sqs.SendAsync(url, "poison");
        for (int count = 1; count <= 2; count++)
        {
            Assert.Equal($"{count}", (await sqs.ReceiveOneAsync(url)).Attributes["ApproximateReceiveCount"]);
            sqs.Time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Empty(await sqs.ReceiveAsync(url));

        Message letter = await sqs.ReceiveOneAsync(dead);
        Assert.Equal((id, "poison"), (letter.MessageId, letter.Body));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["SenderId"] = "000000000000",
                ["SentTimestamp"] = $"{sent}",
                ["ApproximateFirstReceiveTimestamp"] = $"{sent}",
                ["ApproximateReceiveCount"] = "3",
                ["DeadLetterQueueSourceArn"] = SqsCloud.ArnOf("orders"),
            },
            letter.Attributes);
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task ReceiveMessage_DeadAndLivingTogether_GivesTheLiving()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, string dead) = await sqs.QueueWithDeadLettersAsync(1);
        await sqs.SendAsync(url, "dead");
        await sqs.ReceiveOneAsync(url, 0);
        await sqs.SendAsync(url, "living");

        Assert.Equal("living", (await sqs.ReceiveOneAsync(url)).Body);
        Assert.Equal("dead", (await sqs.ReceiveOneAsync(dead)).Body);
    }

    [Fact]
    public async Task ReceiveMessage_DeadLetterQueueGone_KeepsDelivering()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, string dead) = await sqs.QueueWithDeadLettersAsync(1);
        await sqs.SendAsync(url);
        await sqs.ReceiveOneAsync(url, 0);
        await sqs.Client.DeleteQueueAsync(dead, SqsCloud.Token);

        Assert.Equal("2", (await sqs.ReceiveOneAsync(url, 0)).Attributes["ApproximateReceiveCount"]);
    }

    [Fact]
    public async Task DeadLetter_OldHandleOfTheSource_DeletesNothing()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, string dead) = await sqs.QueueWithDeadLettersAsync(1);
        await sqs.SendAsync(url);
        Message message = await sqs.ReceiveOneAsync(url, 0);
        Assert.Empty(await sqs.ReceiveAsync(url));

        await sqs.Client.DeleteMessageAsync(url, message.ReceiptHandle, SqsCloud.Token);

        Assert.Equal((1, 0, 0), await sqs.CountsAsync(dead));
    }

    [Fact]
    public async Task DeadLetter_Retention_CountsFromTheFirstSend()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, string dead) = await sqs.QueueWithDeadLettersAsync(1);
        await sqs.Client.SetQueueAttributesAsync(dead, new Dictionary<string, string> { ["MessageRetentionPeriod"] = "120" }, SqsCloud.Token);
        await sqs.SendAsync(url);
        await sqs.ReceiveOneAsync(url, 100);
        sqs.Time.Advance(TimeSpan.FromSeconds(100));
        Assert.Empty(await sqs.ReceiveAsync(url));
        Assert.Equal((1, 0, 0), await sqs.CountsAsync(dead));

        sqs.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((0, 0, 0), await sqs.CountsAsync(dead));
    }

    [Fact]
    public async Task DeadLetter_WhoWaitsAtTheDeadLetterQueue_GetsItAtOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, string dead) = await sqs.QueueWithDeadLettersAsync(1);
        Task<IReadOnlyList<Message>> waiting = sqs.ReceiveAsync(dead, waitSeconds: 20);
        await sqs.Time.WaitBegunAsync();
        string id = await sqs.SendAsync(url);
        await sqs.ReceiveOneAsync(url, 0);

        await sqs.ReceiveAsync(url);

        Assert.Equal(id, Assert.Single(await waiting).MessageId);
    }

    [Fact]
    public async Task SetQueueAttributes_RedrivePolicyTakenAway_KeepsDelivering()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, _) = await sqs.QueueWithDeadLettersAsync(1);
        await sqs.SendAsync(url);
        await sqs.ReceiveOneAsync(url, 0);

        await sqs.Client.SetQueueAttributesAsync(url, new Dictionary<string, string> { ["RedrivePolicy"] = "" }, SqsCloud.Token);

        await sqs.ReceiveOneAsync(url, 0);
        Assert.DoesNotContain("RedrivePolicy", (await sqs.AttributesAsync(url)).Keys);
    }
}

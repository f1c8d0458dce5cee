using Amazon.SQS.Model;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class SqsVisibilityTests
{
    [Fact]
    public async Task ReceiveMessage_QueuesTimeOut_HidesItForThatLong()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("VisibilityTimeout", "40"));
        string id = await sqs.SendAsync(url);
        await sqs.ReceiveOneAsync(url);

        sqs.Time.Advance(TimeSpan.FromSeconds(39.999));
        Assert.Empty(await sqs.ReceiveAsync(url));
        sqs.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(id, (await sqs.ReceiveOneAsync(url)).MessageId);
    }

    [Fact]
    public async Task ReceiveMessage_TimeOutOfItsOwn_CountsForThatReceiveAlone()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        await sqs.ReceiveOneAsync(url, visibilityTimeout: 5);

        sqs.Time.Advance(TimeSpan.FromSeconds(5));
        await sqs.ReceiveOneAsync(url);
        sqs.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(await sqs.ReceiveAsync(url));
    }

    [Fact]
    public async Task ReceiveMessage_TimeOutZero_LeavesItThere()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);

        Assert.Equal("1", (await sqs.ReceiveOneAsync(url, 0)).Attributes["ApproximateReceiveCount"]);
        Assert.Equal("2", (await sqs.ReceiveOneAsync(url, 0)).Attributes["ApproximateReceiveCount"]);
        Assert.Equal((1, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task ChangeMessageVisibility_Longer_CountsFromTheCall()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message message = await sqs.ReceiveOneAsync(url);
        sqs.Time.Advance(TimeSpan.FromSeconds(20));

        await sqs.Client.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 60, SqsCloud.Token);

        sqs.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await sqs.ReceiveAsync(url));
        sqs.Time.Advance(TimeSpan.FromSeconds(1));
        await sqs.ReceiveOneAsync(url);
    }

    [Fact]
    public async Task ChangeMessageVisibility_Zero_GivesItBackAtOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message message = await sqs.ReceiveOneAsync(url);

        await sqs.Client.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 0, SqsCloud.Token);

        Assert.Equal("2", (await sqs.ReceiveOneAsync(url)).Attributes["ApproximateReceiveCount"]);
    }

    [Fact]
    public async Task ChangeMessageVisibility_NotInFlight_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message message = await sqs.ReceiveOneAsync(url);
        sqs.Time.Advance(TimeSpan.FromSeconds(30));

        MessageNotInflightException exception = await Assert.ThrowsAsync<MessageNotInflightException>(() =>
            sqs.Client.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 10, SqsCloud.Token));

        Assert.Equal("AWS.SimpleQueueService.MessageNotInflight", exception.ErrorCode);
    }

    [Fact]
    public async Task ChangeMessageVisibility_GoneOrReceivedAgain_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message first = await sqs.ReceiveOneAsync(url);
        sqs.Time.Advance(TimeSpan.FromSeconds(30));
        Message second = await sqs.ReceiveOneAsync(url);

        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.ChangeMessageVisibilityAsync(url, first.ReceiptHandle, 0, SqsCloud.Token));
        await sqs.Client.DeleteMessageAsync(url, second.ReceiptHandle, SqsCloud.Token);
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.ChangeMessageVisibilityAsync(url, second.ReceiptHandle, 0, SqsCloud.Token));
    }

    [Fact]
    public async Task ChangeMessageVisibility_BeyondTwelveHoursFromTheReceive_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message message = await sqs.ReceiveOneAsync(url, 43_200);
        sqs.Time.Advance(TimeSpan.FromHours(11));

        Exception exception = await SqsCloud.RefusedAsync("InvalidParameterValue", () =>
            sqs.Client.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 3_601, SqsCloud.Token));
        Assert.Contains("beyond the limit", exception.Message, StringComparison.Ordinal);
        await sqs.Client.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 3_600, SqsCloud.Token);
    }

    [Fact]
    public async Task ChangeMessageVisibility_ParametersThatCannotBe_AreRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        string handle = (await sqs.ReceiveOneAsync(url)).ReceiptHandle;

        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.ChangeMessageVisibilityAsync(url, handle, -1, SqsCloud.Token));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.ChangeMessageVisibilityAsync(url, handle, 43_201, SqsCloud.Token));
        await SqsCloud.RefusedAsync("MissingParameter", () => sqs.Client.ChangeMessageVisibilityAsync(
            new ChangeMessageVisibilityRequest { QueueUrl = url, ReceiptHandle = handle }, SqsCloud.Token));
        await Assert.ThrowsAsync<ReceiptHandleIsInvalidException>(() => sqs.Client.ChangeMessageVisibilityAsync(url, "nonsense", 1, SqsCloud.Token));
    }

    [Fact]
    public async Task SendMessage_Delay_IsNotThereBefore()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("DelaySeconds", "60"));
        await sqs.SendAsync(url, "the queue's delay");
        await sqs.SendAsync(url, "its own", delaySeconds: 10);
        await sqs.SendAsync(url, "none", delaySeconds: 0);

        Assert.Equal((1, 0, 2), await sqs.CountsAsync(url));
        Assert.Equal("none", (await sqs.ReceiveOneAsync(url, 900)).Body);
        sqs.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("its own", (await sqs.ReceiveOneAsync(url, 900)).Body);
        sqs.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal("the queue's delay", (await sqs.ReceiveOneAsync(url, 900)).Body);
    }

    [Fact]
    public async Task Retention_Over_MessagesAreGoneInFlightOnesToo()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("MessageRetentionPeriod", "60"));
        await sqs.SendAsync(url);
        await sqs.SendAsync(url);
        Message held = await sqs.ReceiveOneAsync(url, 600);
        sqs.Time.Advance(TimeSpan.FromSeconds(30));
        string younger = await sqs.SendAsync(url);

        sqs.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((1, 0, 0), await sqs.CountsAsync(url));
        Assert.Equal(younger, (await sqs.ReceiveOneAsync(url)).MessageId);
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.ChangeMessageVisibilityAsync(url, held.ReceiptHandle, 0, SqsCloud.Token));
    }

    [Fact]
    public async Task Retention_OverBeforeTheStoreSweeps_IsOutOfSightAtOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("MessageRetentionPeriod", "60"));
        await sqs.ReceiveAsync(url); // The store sweeps now, in a minute, and in another.
        sqs.Time.Advance(TimeSpan.FromSeconds(30));
        await sqs.SendAsync(url);
        sqs.Time.Advance(TimeSpan.FromSeconds(30));
        await sqs.ReceiveOneAsync(url, 0);

        sqs.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Empty(await sqs.ReceiveAsync(url));
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task Retention_Over_TheStoreForgetsThemAtTheNextCall()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("MessageRetentionPeriod", "60"));
        await sqs.SendAsync(url);
        sqs.Time.Advance(TimeSpan.FromMinutes(2));
        await sqs.ReceiveAsync(url);

        // With a longer retention, what is still stored would be in sight again.
        await sqs.Client.SetQueueAttributesAsync(url, new Dictionary<string, string> { ["MessageRetentionPeriod"] = "600" }, SqsCloud.Token);

        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }
}

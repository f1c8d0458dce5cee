using Amazon.SQS.Model;
using Archiver.Infra.LocalCloud.Sqs;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public sealed class SqsMoveTaskTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("archiver-sqs-");
    private readonly WatchedTime _time = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task StartMessageMoveTask_NoDestination_SendsEachBackAsANewMessage()
    {
        await using SqsCloud sqs = await StartAsync();
        (string url, string dead) = await WithDeadLettersAsync(sqs, 3);
        sqs.Time.Advance(TimeSpan.FromMinutes(1));

        await sqs.Client.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = SqsCloud.ArnOf("dead") }, SqsCloud.Token);
        await sqs.Get<MoveTaskService>().WhenIdleAsync();

        IReadOnlyList<Message> back = await sqs.ReceiveAsync(url);
        Assert.Equal(["0", "1", "2"], back.Select(message => message.Body));
        Assert.All(back, message => Assert.Equal("1", message.Attributes["ApproximateReceiveCount"]));
        Assert.All(back, message => Assert.Equal($"{sqs.Time.GetUtcNow().ToUnixTimeMilliseconds()}", message.Attributes["SentTimestamp"]));
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(dead));
        ListMessageMoveTasksResultEntry task = Assert.Single(await ListAsync(sqs));
        Assert.Equal(("COMPLETED", 3L, 3L, (string?)null),
            (task.Status, task.ApproximateNumberOfMessagesMoved, task.ApproximateNumberOfMessagesToMove, task.TaskHandle));
    }

    [Fact]
    public async Task StartMessageMoveTask_Destination_SendsThemThere()
    {
        await using SqsCloud sqs = await StartAsync();
        await WithDeadLettersAsync(sqs, 2);
        string other = await sqs.QueueAsync("other");
        Task<IReadOnlyList<Message>> waiting = sqs.ReceiveAsync(other, waitSeconds: 20);
        await sqs.Time.WaitBegunAsync();

        await sqs.Client.StartMessageMoveTaskAsync(
            new StartMessageMoveTaskRequest { SourceArn = SqsCloud.ArnOf("dead"), DestinationArn = SqsCloud.ArnOf("other") }, SqsCloud.Token);

        Assert.Equal(["0", "1"], (await waiting).Select(message => message.Body));
    }

    [Fact]
    public async Task StartMessageMoveTask_Rate_MovesSoManyASecondAndCanBeCancelled()
    {
        await using SqsCloud sqs = await StartAsync();
        (string url, string dead) = await WithDeadLettersAsync(sqs, 5);

        string handle = await StartWithRateAsync(sqs, 2);
        Assert.Equal((2, 0, 0), await sqs.CountsAsync(url));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.StartMessageMoveTaskAsync(
            new StartMessageMoveTaskRequest { SourceArn = SqsCloud.ArnOf("dead") }, SqsCloud.Token));
        Assert.Equal(("RUNNING", handle), ((await ListAsync(sqs))[0].Status, (await ListAsync(sqs))[0].TaskHandle));
        sqs.Time.Advance(TimeSpan.FromSeconds(1));
        await sqs.Time.WaitBegunAsync();
        Assert.Equal((4, 0, 0), await sqs.CountsAsync(url));
        CancelMessageMoveTaskResponse cancelled = await sqs.Client.CancelMessageMoveTaskAsync(new CancelMessageMoveTaskRequest { TaskHandle = handle }, SqsCloud.Token);

        Assert.Equal(4, cancelled.ApproximateNumberOfMessagesMoved);
        Assert.Equal("CANCELLED", (await ListAsync(sqs))[0].Status);
        Assert.Equal((1, 0, 0), await sqs.CountsAsync(dead));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () =>
            sqs.Client.CancelMessageMoveTaskAsync(new CancelMessageMoveTaskRequest { TaskHandle = handle }, SqsCloud.Token));
    }

    [Fact]
    public async Task StartMessageMoveTask_StoppedInBetween_GoesOnAtTheNextStart()
    {
        await using (SqsCloud sqs = await StartAsync())
        {
            await WithDeadLettersAsync(sqs, 3);
            await StartWithRateAsync(sqs, 2);
        }

        await using (SqsCloud sqs = await StartAsync())
        {
            await sqs.Get<MoveTaskService>().WhenIdleAsync();
            Assert.Equal((3, 0, 0), await sqs.CountsAsync(await sqs.QueueAsync("orders")));
            Assert.Equal(("COMPLETED", 3L), ((await ListAsync(sqs))[0].Status, (await ListAsync(sqs))[0].ApproximateNumberOfMessagesMoved));
        }
    }

    [Fact]
    public async Task StartMessageMoveTask_MessageWithoutASource_FailsWithTheReason()
    {
        await using SqsCloud sqs = await StartAsync();
        (_, string dead) = await sqs.QueueWithDeadLettersAsync(1);
        await sqs.SendAsync(dead, "sent here by itself");

        await sqs.Client.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = SqsCloud.ArnOf("dead") }, SqsCloud.Token);
        await sqs.Get<MoveTaskService>().WhenIdleAsync();

        Assert.Equal(("FAILED", "CouldNotDetermineMessageSource"), ((await ListAsync(sqs))[0].Status, (await ListAsync(sqs))[0].FailureReason));
        Assert.Equal((1, 0, 0), await sqs.CountsAsync(dead));
    }

    [Fact]
    public async Task StartMessageMoveTask_WhatCannotBe_IsRefused()
    {
        await using SqsCloud sqs = await StartAsync();
        await sqs.QueueWithDeadLettersAsync(1);

        await Refused("InvalidParameterValue", "orders", null, null);
        await Refused("InvalidParameterValue", "dead", "dead", null);
        await Refused("InvalidParameterValue", "dead", null, 501);
        await Refused("InvalidParameterValue", "dead", null, 0);
        await Refused("ResourceNotFoundException", "nothing", null, null);
        await Refused("ResourceNotFoundException", "dead", "nothing", null);
        await SqsCloud.RefusedAsync("ResourceNotFoundException", () =>
            sqs.Client.CancelMessageMoveTaskAsync(new CancelMessageMoveTaskRequest { TaskHandle = "nothing" }, SqsCloud.Token));

        Task Refused(string code, string source, string? destination, int? rate) => SqsCloud.RefusedAsync(code, () => sqs.Client.StartMessageMoveTaskAsync(
            new StartMessageMoveTaskRequest
            {
                SourceArn = SqsCloud.ArnOf(source),
                DestinationArn = destination is null ? null : SqsCloud.ArnOf(destination),
                MaxNumberOfMessagesPerSecond = rate,
            },
            SqsCloud.Token));
    }

    // Returns when the first second's share is moved.
    private static async Task<string> StartWithRateAsync(SqsCloud sqs, int rate)
    {
        string handle = (await sqs.Client.StartMessageMoveTaskAsync(
            new StartMessageMoveTaskRequest { SourceArn = SqsCloud.ArnOf("dead"), MaxNumberOfMessagesPerSecond = rate }, SqsCloud.Token)).TaskHandle;
        await sqs.Time.WaitBegunAsync();
        return handle;
    }

    private static async Task<(string Url, string DeadUrl)> WithDeadLettersAsync(SqsCloud sqs, int count)
    {
        (string url, string dead) = await sqs.QueueWithDeadLettersAsync(1);
        for (int index = 0; index < count; index++) await sqs.SendAsync(url, $"{index}");
        await sqs.ReceiveAsync(url, 10, 0);
        Assert.Empty(await sqs.ReceiveAsync(url));
        Assert.Equal((count, 0, 0), await sqs.CountsAsync(dead));
        return (url, dead);
    }

    private static async Task<IReadOnlyList<ListMessageMoveTasksResultEntry>> ListAsync(SqsCloud sqs) =>
        (await sqs.Client.ListMessageMoveTasksAsync(new ListMessageMoveTasksRequest { SourceArn = SqsCloud.ArnOf("dead"), MaxResults = 10 }, SqsCloud.Token)).Results;

    private Task<SqsCloud> StartAsync() => SqsCloud.StartAsync(_time, _directory.FullName);
}

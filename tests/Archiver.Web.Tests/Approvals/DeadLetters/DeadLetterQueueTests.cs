using Archiver.Web.Identity.Access;
using Amazon.SQS.Model;
using Archiver.Web.Approvals.DeadLetters;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Tests.Approvals.Intake;

namespace Archiver.Web.Tests.Approvals.DeadLetters;

public sealed class DeadLetterQueueTests(CloudFixture cloud) : IAsyncLifetime
{
    private IntakeHarness _harness = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Dead => _harness.Resources.DeadLetterQueueUrl;

    public async ValueTask InitializeAsync() => _harness = await IntakeHarness.CreateAsync(cloud);

    public ValueTask DisposeAsync()
    {
        _harness.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task List_SomeMessages_ShowsThemAndGivesThemBack()
    {
        string plain = await _harness.SendAsync("moo", Dead);
        await _harness.SendAsync("""{"File":{}}""", Dead);

        DeadLetterList list = await _harness.DeadLetters.ListAsync(Cancel);

        Assert.Equal(2, list.Total);
        DeadLetter letter = list.Letters.Single(one => one.MessageId == plain);
        Assert.Equal("It is not a JSON object.", letter.Reason);
        Assert.Equal("moo", letter.Body);
        Assert.Equal(3, letter.Size);
        Assert.Equal(1, letter.Receives);
        Assert.NotNull(letter.SentAt);
        Assert.Equal("It has no TaskToken.", list.Letters.Single(one => one.MessageId != plain).Reason);
        Assert.Equal(new QueueCount(2, 0), await _harness.CountAsync(Dead));
    }

    [Fact]
    public async Task List_NothingThere_IsEmptyWithoutAWait()
    {
        List<string> calls = [];
        _harness.Fault = (operation, _) =>
        {
            calls.Add(operation);
            return null;
        };

        DeadLetterList list = await _harness.DeadLetters.ListAsync(Cancel);

        Assert.Empty(list.Letters);
        Assert.Equal(["GetQueueAttributes"], calls);
    }

    [Fact]
    public async Task List_MoreThanAHundred_ShowsAHundredAndTheTotal()
    {
        for (int i = 0; i < 11; i++)
        {
            await cloud.Sqs.SendMessageBatchAsync(
                Dead, [.. Enumerable.Range(0, 10).Select(n => new SendMessageBatchRequestEntry($"m{n}", $"no approval {i} {n}"))], Cancel);
        }

        DeadLetterList list = await _harness.DeadLetters.ListAsync(Cancel);

        Assert.Equal(100, list.Letters.Select(letter => letter.MessageId).Distinct().Count());
        Assert.Equal(110, list.Total);
        Assert.Equal(new QueueCount(110, 0), await _harness.CountAsync(Dead));
    }

    [Fact]
    public void Of_ALongBody_IsCutBetweenTwoCharacters()
    {
        DeadLetter letter = DeadLetter.Of(new Message { MessageId = "m", Body = new string(' ', DeadLetter.LongestBody - 1) + "😀 and more" }, Samples.Asked);

        Assert.True(letter.IsCut);
        Assert.Equal(DeadLetter.LongestBody - 1, letter.Body.Length);
        Assert.False(DeadLetter.Of(new Message { MessageId = "m", Body = new string(' ', DeadLetter.LongestBody) }, Samples.Asked).IsCut);
    }

    [Fact]
    public async Task SendBack_OneOfSome_MovesItAsItWasAndLeavesTheRest()
    {
        SendMessageResponse sent = await cloud.Sqs.SendMessageAsync(
            new SendMessageRequest(Dead, "moo")
            {
                MessageAttributes = new()
                {
                    ["Text"] = new MessageAttributeValue { DataType = "String", StringValue = "ünï" },
                    ["Bytes"] = new MessageAttributeValue { DataType = "Binary.png", BinaryValue = new MemoryStream([1, 2, 0]) },
                    ["Number"] = new MessageAttributeValue { DataType = "Number", StringValue = "7.5" },
                },
                MessageSystemAttributes = new() { ["AWSTraceHeader"] = new MessageSystemAttributeValue { DataType = "String", StringValue = "Root=1-5759e988-bd862e3fe1be46a994272793" } },
            },
            Cancel);
        for (int i = 0; i < 14; i++) await _harness.SendAsync("other", Dead);

        Assert.Equal(new SentBack(1), await _harness.DeadLetters.SendBackAsync(Permits.For(Operation.SendBackDeadLetters), sent.MessageId, Cancel));

        Message message = Assert.Single(await _harness.ReceiveAsync(_harness.Resources.HumanQueueUrl));
        Assert.Equal("moo", message.Body);
        Assert.Equal("ünï", message.MessageAttributes["Text"].StringValue);
        Assert.Equal("7.5", message.MessageAttributes["Number"].StringValue);
        Assert.Equal("Binary.png", message.MessageAttributes["Bytes"].DataType);
        Assert.Equal([1, 2, 0], message.MessageAttributes["Bytes"].BinaryValue.ToArray());
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793", message.Attributes["AWSTraceHeader"]);
        Assert.Equal(new QueueCount(14, 0), await _harness.CountAsync(Dead));
    }

    [Fact]
    public async Task SendBack_WhatIsNotThere_SendsNothing()
    {
        await _harness.SendAsync("moo", Dead);

        Assert.Equal(new SentBack(0), await _harness.DeadLetters.SendBackAsync(Permits.For(Operation.SendBackDeadLetters), "nothing", Cancel));

        Assert.Equal(new QueueCount(1, 0), await _harness.CountAsync(Dead));
        Assert.Equal(0, (await _harness.CountAsync()).Total);
    }

    [Fact]
    public async Task SendAllBack_SomeMessages_MovesThemAll()
    {
        for (int i = 0; i < 23; i++) await _harness.SendAsync($"moo {i}", Dead);

        Assert.Equal(new SentBack(23), await _harness.DeadLetters.SendAllBackAsync(Permits.For(Operation.SendBackDeadLetters), Cancel));

        Assert.Equal(new QueueCount(23, 0), await _harness.CountAsync());
        Assert.Equal(0, (await _harness.CountAsync(Dead)).Total);
    }

    [Fact]
    public async Task SendAllBack_TheHumanQueueFails_KeepsWhatWasNotSent()
    {
        for (int i = 0; i < 12; i++) await _harness.SendAsync($"moo {i}", Dead);
        _harness.Fault = (operation, body) => operation == "SendMessage" && body.Contains("moo 3\"", StringComparison.Ordinal) ? IntakeHarness.Broken() : null;

        SentBack outcome = await _harness.DeadLetters.SendAllBackAsync(Permits.For(Operation.SendBackDeadLetters), Cancel);

        Assert.Equal("It is broken.", outcome.Failure);
        Assert.Equal(outcome.Sent, (await _harness.CountAsync()).Visible);
        Assert.Equal(new QueueCount(12 - outcome.Sent, 0), await _harness.CountAsync(Dead));
    }

    [Fact]
    public async Task Look_AWholeApproval_IsTakenInAndTheRestStays()
    {
        string token = $"dead-{Guid.NewGuid():N}";
        await _harness.SendAsync("moo", Dead);
        await _harness.SendAsync($$"""{"TaskToken":"{{token}}"}""", Dead);
        await _harness.Intake.CountAsync(Cancel);

        await _harness.DeadLetterIntake.LookAsync(Cancel);

        Assert.NotNull(_harness.Feed.Find(TaskTokenHash.Of(token)));
        Assert.Equal(new QueueCount(1, 0), await _harness.CountAsync(Dead));
        Assert.Equal(0, _harness.Status.State.OnTheirWayOut);
    }

    [Fact]
    public async Task Look_Again_LeavesWhatWasFoundHopelessInPeaceForAMinute()
    {
        await _harness.SendAsync("moo", Dead);
        await _harness.Intake.CountAsync(Cancel);
        int receives = 0;
        _harness.Fault = (operation, _) =>
        {
            if (operation == "ReceiveMessage") receives++;
            return null;
        };

        await _harness.DeadLetterIntake.LookAsync(Cancel);
        await _harness.DeadLetterIntake.LookAsync(Cancel);
        Assert.Equal(1, receives);

        _harness.Time.Advance(TimeSpan.FromMinutes(1));
        await _harness.DeadLetterIntake.LookAsync(Cancel);
        Assert.Equal(2, receives);

        await _harness.SendAsync("moo too", Dead);
        await _harness.Intake.CountAsync(Cancel);
        await _harness.DeadLetterIntake.LookAsync(Cancel);
        Assert.Equal(3, receives);
    }

    [Fact]
    public async Task Look_TheTableFails_LeavesTheApprovalThereAndSaysSo()
    {
        await _harness.SendAsync($$"""{"TaskToken":"dead-{{Guid.NewGuid():N}}"}""", Dead);
        await _harness.Intake.CountAsync(Cancel);
        _harness.Fault = (operation, _) => operation == "PutItem" ? IntakeHarness.Broken() : null;

        IOException failure = await Assert.ThrowsAsync<IOException>(() => _harness.DeadLetterIntake.LookAsync(Cancel));
        Assert.Equal("It is broken.", failure.Message);
        Assert.Equal(new QueueCount(1, 0), await _harness.CountAsync(Dead));

        _harness.Fault = null;
        await _harness.DeadLetterIntake.LookAsync(Cancel);
        Assert.Equal(0, (await _harness.CountAsync(Dead)).Total);
    }

    [Fact]
    public async Task Look_NothingCounted_AsksForNothing()
    {
        List<string> calls = [];
        _harness.Fault = (operation, _) =>
        {
            calls.Add(operation);
            return null;
        };

        await _harness.DeadLetterIntake.LookAsync(Cancel);

        Assert.Empty(calls);
    }
}

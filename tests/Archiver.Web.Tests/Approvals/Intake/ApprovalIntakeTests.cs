using System.Net;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Approvals.Intake;

namespace Archiver.Web.Tests.Approvals.Intake;

/// <summary>A cloud that fails while messages are in hand: none is lost, none is received again, none holds up another.</summary>
public sealed class ApprovalIntakeTests(CloudFixture cloud) : IAsyncLifetime
{
    private IntakeHarness _harness = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _harness = await IntakeHarness.CreateAsync(cloud);

    public ValueTask DisposeAsync()
    {
        _harness.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Receive_TheTableFailsForAWhile_KeepsTheMessageUntilItIsTaken()
    {
        string token = Token();
        await _harness.SendAsync($$"""{"TaskToken":"{{token}}"}""");
        int failures = 0;
        _harness.Fault = (operation, _) => operation == "PutItem" && ++failures <= 4 ? IntakeHarness.Broken() : null;

        Task<int> receive = _harness.Intake.ReceiveAsync(Cancel);
        await _harness.UntilAsync(state => state.Paused is not null);
        Assert.NotNull(_harness.Status.State.StalledSince);
        Assert.Contains("It is broken.", _harness.Status.State.Paused!.Because, StringComparison.Ordinal);
        await _harness.AdvanceUntilAsync(receive);

        Assert.Equal(5, failures);
        Assert.Null(_harness.Status.State.Paused);
        Assert.NotNull(_harness.Feed.Find(TaskTokenHash.Of(token)));
        Assert.Equal(0, (await _harness.CountAsync()).Total);
    }

    [Fact]
    public async Task Receive_OneOfManyFails_TheOthersAreTakenInAndDeletedMeanwhile()
    {
        string bad = Token();
        await _harness.SendAsync($$"""{"TaskToken":"{{bad}}"}""");
        for (int i = 0; i < 5; i++) await _harness.SendAsync($$"""{"TaskToken":"{{Token()}}"}""");
        bool broken = true;
        _harness.Fault = (operation, body) => broken && operation == "PutItem" && body.Contains(bad, StringComparison.Ordinal) ? IntakeHarness.Broken() : null;

        Task<int> receive = _harness.Intake.ReceiveAsync(Cancel);
        await _harness.AdvanceUntilAsync(async () => (await _harness.CountAsync()).Total == 1);

        Assert.False(receive.IsCompleted);
        Assert.Equal(new QueueCount(0, 1), await _harness.CountAsync());
        broken = false;
        await _harness.AdvanceUntilAsync(receive);
        Assert.Equal(6, _harness.Feed.Count);
        Assert.Equal(0, (await _harness.CountAsync()).Total);
    }

    [Fact]
    public async Task Receive_TheTableFailsForLong_HidesTheMessageAgainBeforeItsTimeRunsOut()
    {
        await _harness.SendAsync($$"""{"TaskToken":"{{Token()}}"}""");
        bool broken = true;
        List<DateTimeOffset> extended = [];
        DateTimeOffset start = _harness.Time.GetUtcNow();
        _harness.Fault = (operation, body) =>
        {
            if (operation == "ChangeMessageVisibilityBatch" && body.Contains("\"VisibilityTimeout\":20", StringComparison.Ordinal)) extended.Add(_harness.Time.GetUtcNow());
            return broken && operation == "PutItem" ? IntakeHarness.Broken() : null;
        };

        Task<int> receive = _harness.Intake.ReceiveAsync(Cancel);
        await _harness.AdvanceUntilAsync(() => Task.FromResult(extended.Count == 4));
        broken = false;
        await _harness.AdvanceUntilAsync(receive);

        DateTimeOffset before = start;
        foreach (DateTimeOffset at in extended)
        {
            Assert.InRange(at - before, TimeSpan.FromSeconds(1), MessagesInHand.Hidden - TimeSpan.FromSeconds(5));
            before = at;
        }
    }

    [Fact]
    public async Task Receive_TheHostStopsWhileTheTableFails_GivesTheMessageBackAtOnce()
    {
        string id = await _harness.SendAsync($$"""{"TaskToken":"{{Token()}}"}""");
        _harness.Fault = (operation, _) => operation == "PutItem" ? IntakeHarness.Broken() : null;
        using CancellationTokenSource stop = new();
        Task<int> receive = _harness.Intake.ReceiveAsync(stop.Token);
        await _harness.UntilAsync(state => state.Paused is not null);

        await stop.CancelAsync();
        await _harness.AdvanceUntilAsync(receive);

        Assert.Equal(id, Assert.Single(await _harness.ReceiveAsync(_harness.Resources.HumanQueueUrl)).MessageId);
    }

    [Fact]
    public async Task Receive_TheTableRefusesTheRow_GivesTheMessageToTheDeadLettersWithTheReason()
    {
        await _harness.SendAsync($$"""{"TaskToken":"{{Token()}}"}""");
        _harness.Fault = (operation, _) => operation == "PutItem"
            ? IntakeHarness.Answer(HttpStatusCode.BadRequest, """{"__type":"com.amazon.coral.validate#ValidationException","message":"Item size has exceeded the maximum allowed size"}""")
            : null;

        await _harness.Intake.ReceiveAsync(Cancel);

        Assert.Equal("The approvals table refuses it: Item size has exceeded the maximum allowed size", _harness.Status.State.LastRejection);
        Assert.Equal(new QueueCount(1, 0), await _harness.CountAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Receive_TheDeleteFails_IsTriedAgainAndReceivesNothingMeanwhile(bool wholeCall)
    {
        await _harness.SendAsync($$"""{"TaskToken":"{{Token()}}"}""");
        int deletes = 0;
        _harness.Fault = (operation, _) => operation != "DeleteMessageBatch" || ++deletes > 2 ? null
            : wholeCall ? IntakeHarness.Broken()
            : IntakeHarness.Answer(HttpStatusCode.OK, """{"Successful":[],"Failed":[{"Id":"0","Code":"InternalError","SenderFault":false}]}""");

        Task<int> receive = _harness.Intake.ReceiveAsync(Cancel);
        await _harness.AdvanceUntilAsync(receive);

        Assert.Equal(3, deletes);
        Assert.Equal(1, _harness.Feed.Count);
        Assert.Equal(0, (await _harness.CountAsync()).Total);
        Assert.Null(_harness.Status.State.Paused);
    }

    [Fact]
    public async Task Receive_AnAnswerThatWasLost_PutsTheSameRowOnce()
    {
        string token = Token();
        await _harness.SendAsync($$"""{"TaskToken":"{{token}}"}""");
        int puts = 0;
        _harness.Fault = (operation, body) =>
        {
            if (operation != "PutItem" || ++puts > 1) return null;
            // The write is durable, and nobody hears of it.
            using HttpClient direct = new();
            using HttpRequestMessage request = new(HttpMethod.Post, cloud.Connection.Options.DefaultClientConfig.ServiceURL) { Content = new StringContent(body) };
            request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.PutItem");
            using HttpResponseMessage response = direct.Send(request, Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return IntakeHarness.Broken();
        };

        await _harness.AdvanceUntilAsync(_harness.Intake.ReceiveAsync(Cancel));

        Assert.Equal(2, puts);
        ApprovalRecord record = (await _harness.Store.GetRecordAsync(TaskTokenHash.Of(token), Cancel))!;
        Assert.Equal(1, record.Approval.Version);
        Assert.Single(record.Events);
        Assert.Equal(0, (await _harness.CountAsync()).Total);
    }

    [Fact]
    public async Task Receive_WhatIsNoApprovalInAQueueWithoutDeadLetters_ComesEverMoreSlowly()
    {
        using IntakeHarness endless = await IntakeHarness.CreateAsync(cloud, maxReceives: 0);
        await endless.SendAsync("moo");

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(1, await endless.Intake.ReceiveAsync(Cancel));
            Assert.Equal(new QueueCount(1, 0), await endless.CountAsync());
        }
        await endless.Intake.ReceiveAsync(Cancel);

        Assert.Equal(new QueueCount(0, 1), await endless.CountAsync());
    }

    [Theory]
    [InlineData("""{"TaskToken":"\ud800"}""", "no Unicode")]
    [InlineData("""{"TaskToken":"t","Note":{"deep":["\udc00"]}}""", "no Unicode")]
    [InlineData("""{"TaskToken":"t","\ud800":1}""", "no Unicode")]
    [InlineData("""{"TaskToken":"t","Note":{"a":1,"a":2}}""", "twice")]
    public void Parse_WhatNobodyCouldReadLater_IsRejected(string body, string reason) =>
        Assert.Contains(reason, ApprovalMessageParser.Parse(body, Samples.Asked).Rejection, StringComparison.Ordinal);

    private static string Token() => $"token-{Guid.NewGuid():N}";
}

using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Cloud;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.Inbox;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals.Fate;

public sealed class TaskFateReaderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeHistory _histories = new();
    private readonly HistoryBuilder _history = new();
    private readonly HistoryPace _pace;
    private readonly TaskFateReader _reader;

    public TaskFateReaderTests()
    {
        _histories.Runs["run"] = _history;
        _pace = new HistoryPace(_time);
        _reader = new TaskFateReader(_histories, _pace);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pace.Dispose();
        _histories.Dispose();
    }

    [Fact]
    public async Task Read_WhatIsAtTheEnd_TakesOnePageOfALongHistory()
    {
        for (int i = 0; i < 3000; i++) _history.Pass();
        _history.Ask("t");

        Assert.Equal(new TaskFate.Waiting(), await ReadAsync("t"));
        Assert.Single(_histories.Asked);
    }

    [Fact]
    public async Task Read_WhatIsFarBack_GoesAsFarAsItTakes()
    {
        _history.Ask("t");
        _history.Succeed();
        _history.Exit("Task");
        for (int i = 0; i < 2500; i++) _history.Pass();

        Assert.IsType<TaskFate.Answered>(await ReadAsync("t"));
        Assert.Equal(6, _histories.Asked.Count); // 100 events, and then 1,000 a page
    }

    [Fact]
    public async Task Read_SeveralOfOneRun_ReadsItOnce()
    {
        long parallel = _history.Add("ParallelStateStarted", _history.Enter("Parallel"));
        long first = _history.Ask("t1", parallel);
        _history.Ask("t2", parallel);
        _history.Succeed(first);

        IReadOnlyDictionary<string, TaskFate> fates = await _reader.ReadAsync(
            "run", [TaskTokenHash.Of("t1"), TaskTokenHash.Of("t2"), TaskTokenHash.Of("t3"), TaskTokenHash.Of("t1")], CallPriority.Background, Cancel);

        Assert.Equal(3, fates.Count);
        Assert.IsType<TaskFate.Answered>(fates[TaskTokenHash.Of("t1")]);
        Assert.IsType<TaskFate.Waiting>(fates[TaskTokenHash.Of("t2")]);
        Assert.IsType<TaskFate.Unknown>(fates[TaskTokenHash.Of("t3")]);
        Assert.Single(_histories.Asked);
    }

    [Fact]
    public async Task Read_PagesThatTheServiceCutsShort_EndsAtTheBoundAndDoesNotGuess()
    {
        _history.Ask("t");
        for (int i = 0; i < 200; i++) _history.Pass();
        _histories.LongestPage = 10;

        Assert.IsType<TaskFate.Unknown>(await ReadAsync("t"));
        Assert.Equal(TaskFateReader.MostPages, _histories.Asked.Count);
    }

    [Fact]
    public async Task Read_ARunThatIsGone_SaysSo() =>
        Assert.IsType<TaskFate.RunGone>(await _reader.ReadAsync("no run", "id", CallPriority.Person, Cancel));

    [Theory]
    [InlineData("AccessDeniedException")]
    [InlineData("KmsAccessDeniedException")]
    public async Task Read_ARunThatMayNotBeRead_IsUnknown(string code)
    {
        _histories.Failure = _ => new AmazonStepFunctionsException("No.") { ErrorCode = code };

        Assert.IsType<TaskFate.Unknown>(await ReadAsync("t"));
    }

    [Fact]
    public async Task Read_ARunThatIsNoArn_IsUnknown()
    {
        _histories.Failure = _ => new InvalidArnException("Invalid Arn: 'run'");

        Assert.IsType<TaskFate.Unknown>(await ReadAsync("t"));
    }

    [Fact]
    public async Task Read_Throttled_IsTheCallersToTryAgain()
    {
        _histories.Failure = _ => new AmazonStepFunctionsException("Rate exceeded") { ErrorCode = "ThrottlingException" };

        await Assert.ThrowsAsync<AmazonStepFunctionsException>(() => ReadAsync("t"));
    }

    [Fact]
    public async Task Read_EveryPage_WaitsForItsTurn()
    {
        _history.Ask("t");
        for (int i = 0; i < 100; i++) _history.Pass();
        await Task.WhenAll(Enumerable.Range(0, HistoryPace.Burst).Select(_ => _pace.WaitAsync(CallPriority.Person, Cancel)));

        Task<TaskFate> reading = ReadAsync("t");
        Assert.Empty(_histories.Asked);
        while (!reading.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.Equal(new TaskFate.Waiting(), await reading);
        Assert.Equal(2, _histories.Asked.Count);
        Assert.True(_time.GetUtcNow() - _time.Start >= TimeSpan.FromMilliseconds(200));
    }

    private Task<TaskFate> ReadAsync(string token) => _reader.ReadAsync("run", TaskTokenHash.Of(token), CallPriority.Person, Cancel);
}

using Archiver.Infra.LocalCloud.Sqs;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public sealed class QueueLineTests : IDisposable
{
    private readonly WatchedTime _time = new();
    private readonly QueueLine _line;

    public QueueLineTests() => _line = new QueueLine(_time);

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Call_SeveralWait_WakesTheFirstAlone()
    {
        using QueueLine.Place first = _line.Join();
        using QueueLine.Place second = _line.Join();
        Task<bool> firstWait = Wait(first), secondWait = Wait(second);

        _line.Call();
        _line.Call();

        Assert.True(await firstWait);
        Assert.False(secondWait.IsCompleted);
    }

    [Fact]
    public async Task Call_WhileTheFirstLooks_MakesItLookAgain()
    {
        using QueueLine.Place place = _line.Join();
        _line.Call();
        Assert.True(await Wait(place));

        _line.Call();

        Assert.True(await Wait(place));
    }

    [Fact]
    public async Task Call_BetweenJoiningAndWaiting_IsNotMissed()
    {
        using QueueLine.Place place = _line.Join();
        _line.Call();

        Assert.True(await Wait(place));
    }

    [Fact]
    public async Task Dispose_CallNotUsed_PassesItOn()
    {
        QueueLine.Place first = _line.Join();
        using QueueLine.Place second = _line.Join();
        _line.Call();
        Task<bool> secondWait = Wait(second);
        Assert.False(secondWait.IsCompleted);

        first.Dispose();

        Assert.True(await secondWait);
        Assert.Equal(1, _line.Length);
    }

    [Fact]
    public async Task Dispose_CallUsed_LeavesTheNextAlone()
    {
        QueueLine.Place first = _line.Join();
        using QueueLine.Place second = _line.Join();
        Task<bool> secondWait = Wait(second);
        _line.Call();
        Assert.True(await Wait(first));

        first.Dispose();

        Assert.False(secondWait.IsCompleted);
    }

    [Fact]
    public async Task WaitAsync_TimePasses_IsFalse()
    {
        using QueueLine.Place place = _line.Join();
        Task<bool> wait = Wait(place);

        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.False(await wait);
    }

    [Fact]
    public async Task WaitAsync_Cancelled_IsFalseAndPassesALaterCallOn()
    {
        using CancellationTokenSource gone = new();
        QueueLine.Place first = _line.Join();
        using QueueLine.Place second = _line.Join();
        Task<bool> firstWait = first.WaitAsync(TimeSpan.FromSeconds(20), gone.Token);
        Task<bool> secondWait = Wait(second);
        await gone.CancelAsync();
        Assert.False(await firstWait);
        _line.Call();

        first.Dispose();

        Assert.True(await secondWait);
    }

    [Fact]
    public async Task CallAt_TimeComes_Calls()
    {
        using QueueLine.Place place = _line.Join();
        Task<bool> wait = Wait(place);
        _line.CallAt(_time.GetUtcNow().AddSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await wait);
    }

    [Fact]
    public async Task CallAt_EarlierTimeComesIn_TheEarlierCounts()
    {
        using QueueLine.Place place = _line.Join();
        Task<bool> wait = Wait(place);
        _line.CallAt(_time.GetUtcNow().AddSeconds(15));
        _line.CallAt(_time.GetUtcNow().AddSeconds(5));
        _line.CallAt(_time.GetUtcNow().AddSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await wait);
    }

    [Fact]
    public async Task CallAll_SeveralWait_WakesEverybody()
    {
        using QueueLine.Place first = _line.Join();
        using QueueLine.Place second = _line.Join();
        Task<bool> firstWait = Wait(first), secondWait = Wait(second);

        _line.CallAll();

        Assert.True(await firstWait);
        Assert.True(await secondWait);
    }

    private static Task<bool> Wait(QueueLine.Place place) => place.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
}

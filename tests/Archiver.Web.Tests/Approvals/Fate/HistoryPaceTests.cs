using Archiver.Web.Cloud;
using Archiver.Web.Approvals.Fate;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals.Fate;

public sealed class HistoryPaceTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly HistoryPace _pace;

    public HistoryPaceTests() => _pace = new HistoryPace(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _pace.Dispose();

    [Fact]
    public void Wait_AfterARest_PersonsHaveTheWholeBurstAndTheBackgroundHalf()
    {
        Task[] background = Ask(CallPriority.Background, HistoryPace.Burst);
        Assert.Equal(HistoryPace.Burst - HistoryPace.LeftToPersons, background.Count(one => one.IsCompletedSuccessfully));

        Task[] persons = Ask(CallPriority.Person, HistoryPace.Burst);
        Assert.Equal(HistoryPace.LeftToPersons, persons.Count(one => one.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Wait_OnceTheBurstIsUsed_GoesOnAtTheRateInTheOrderOfComing()
    {
        await Task.WhenAll(Ask(CallPriority.Person, HistoryPace.Burst));
        Task[] later = Ask(CallPriority.Person, 30);
        Assert.DoesNotContain(later, one => one.IsCompleted);

        for (int second = 1; second <= 3; second++)
        {
            // One tick at a time, as a clock goes; a call's turn comes within one of them.
            for (int tick = 0; tick < 100; tick++) _time.Advance(TimeSpan.FromMilliseconds(10));
            int gone = later.Count(one => one.IsCompleted);
            Assert.InRange(gone, (second * HistoryPace.CallsPerSecond) - 1, second * HistoryPace.CallsPerSecond);
            Assert.All(later.Take(gone), one => Assert.True(one.IsCompletedSuccessfully));
        }
    }

    [Fact]
    public async Task Wait_PersonAndBackground_ThePersonGoesFirst()
    {
        await Task.WhenAll(Ask(CallPriority.Person, HistoryPace.Burst));
        Task background = _pace.WaitAsync(CallPriority.Background, Cancel);
        Task person = _pace.WaitAsync(CallPriority.Person, Cancel);

        _time.Advance(TimeSpan.FromMilliseconds(110));
        await person;
        Assert.False(background.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds((HistoryPace.LeftToPersons / HistoryPace.CallsPerSecond) + 1));
        await background;
    }

    [Fact]
    public async Task Wait_NoLongerWaitedFor_LeavesItsTurnToTheNext()
    {
        await Task.WhenAll(Ask(CallPriority.Person, HistoryPace.Burst));
        using CancellationTokenSource gone = new();
        Task left = _pace.WaitAsync(CallPriority.Person, gone.Token);
        Task next = _pace.WaitAsync(CallPriority.Person, Cancel);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _time.Advance(TimeSpan.FromMilliseconds(110));

        await next;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _pace.WaitAsync(CallPriority.Person, gone.Token));
    }

    private Task[] Ask(CallPriority priority, int count) => [.. Enumerable.Range(0, count).Select(_ => _pace.WaitAsync(priority, Cancel))];
}

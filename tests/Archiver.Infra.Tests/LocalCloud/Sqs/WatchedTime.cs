using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

/// <summary>A fake clock on which a test can await that somebody began to wait.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Ends when one more wait with an end has begun.</summary>
    public Task WaitBegunAsync() => _waits.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        // A timer that repeats is another service's upkeep.
        if (dueTime != Timeout.InfiniteTimeSpan && period == Timeout.InfiniteTimeSpan) _waits.Writer.TryWrite(dueTime);
        return timer;
    }
}

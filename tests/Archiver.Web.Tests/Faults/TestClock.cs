namespace Archiver.Web.Tests.Faults;

/// <summary>A clock that runs faster than the machine's, and may be off: a minute passes in seconds, for whoever goes by this clock.</summary>
/// <param name="speed">How many times as fast.</param>
/// <param name="off">How far its time of day is from the true one.</param>
internal sealed class TestClock(int speed = 1, TimeSpan off = default) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _started = System.GetTimestamp();
    private long _skipped;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + off + TimeSpan.FromTicks(Interlocked.Read(ref _skipped)) + (System.GetElapsedTime(_started) * speed);

    public override long GetTimestamp() =>
        ((System.GetTimestamp() - _started) * speed) + (long)(TimeSpan.FromTicks(Interlocked.Read(ref _skipped)).TotalSeconds * TimestampFrequency);

    /// <summary>Passes over a time in which nothing happens: what was timed before is as far off as it was.</summary>
    public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)), this);

    private TimeSpan Scaled(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / speed;

    private sealed class Timer(ITimer timer, TestClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Scaled(dueTime), clock.Scaled(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Results.Fakes;

/// <summary>A clock that a test moves only when somebody waits for it: a step that is taken too early would be lost.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : FakeTimeProvider(start), IDisposable
{
    private readonly SemaphoreSlim _waiting = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _waiting.Release();
        return timer;
    }

    /// <summary>Waits until somebody waits for the clock, and moves it.</summary>
    public async Task StepAsync(TimeSpan step)
    {
        await _waiting.WaitAsync(TestContext.Current.CancellationToken);
        Advance(step);
    }

    public void Dispose() => _waiting.Dispose();
}

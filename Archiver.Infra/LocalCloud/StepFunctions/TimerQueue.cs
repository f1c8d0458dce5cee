using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>
/// Fires the timers in the store. Only the earliest is in memory, as one timer of the clock; the rest are rows, so that a hundred
/// thousand runs that wait for weeks cost nothing, and a restart finds them all.
/// </summary>
internal sealed partial class TimerQueue : IDisposable
{
    // A timer of the clock takes 49 days at most; and after a machine slept, the clock is asked again within a day.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly ExecutionStore _store;
    private readonly TimeProvider _time;
    private readonly Action<string, string> _fire;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private long _firedUntil;
    private long _next = long.MaxValue;
    private bool _started;
    private bool _stopped;

    /// <summary>Makes the queue; nothing fires before <see cref="Start"/>.</summary>
    /// <param name="store">Keeps the timers.</param>
    /// <param name="time">Says when.</param>
    /// <param name="fire">Takes an execution's ARN and its timer's id. A timer can be fired twice, never too early.</param>
    /// <param name="logger">Where it says that the store could not be read.</param>
    public TimerQueue(ExecutionStore store, TimeProvider time, Action<string, string> fire, ILogger logger)
    {
        _store = store;
        _time = time;
        _fire = fire;
        _logger = logger;
        _timer = time.CreateTimer(static queue => ((TimerQueue)queue!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Fires what is due, and from now on each timer at its time.</summary>
    public void Start()
    {
        lock (_gate)
            _started = true;
        Tick();
    }

    /// <summary>Says that a timer was stored.</summary>
    public void Scheduled(string executionArn, string timerId, DateTimeOffset dueAt)
    {
        long due = dueAt.UtcTicks;
        lock (_gate)
        {
            if (!_started || _stopped)
                return; // the start, or the next process, finds it in the store
            if (due > _firedUntil && due > _time.GetUtcNow().UtcTicks)
            {
                if (due < _next)
                    Arm(due);
                return;
            }
        }
        _fire(executionArn, timerId); // it is due already, and perhaps no tick comes back to it
    }

    /// <summary>Fires nothing any more; when this returns, no tick is under way.</summary>
    public void Stop()
    {
        lock (_gate)
            _stopped = true;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _timer.Dispose();
    }

    private void Tick()
    {
        IReadOnlyList<(string ExecutionArn, string TimerId)> due;
        lock (_gate)
        {
            if (_stopped)
                return;
            try
            {
                long until = Math.Max(_firedUntil, _time.GetUtcNow().UtcTicks);
                due = _store.Due(_firedUntil, until);
                Arm(_store.NextDue(until) ?? long.MaxValue);
                _firedUntil = until;
            }
            catch (SqliteException exception)
            {
                LogUnreadable(exception);
                _timer.Change(RetryDelay, Timeout.InfiniteTimeSpan);
                return;
            }
        }
        foreach ((string executionArn, string timerId) in due)
            _fire(executionArn, timerId);
    }

    private void Arm(long due)
    {
        _next = due;
        if (due == long.MaxValue || _stopped)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }
        TimeSpan delay = TimeSpan.FromTicks(Math.Max(0, due - _time.GetUtcNow().UtcTicks));
        // Rounded up: the clock's timers count whole milliseconds, and a tick that comes too early only sets the next.
        _timer.Change(
            delay > LongestDelay ? LongestDelay : TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The timers could not be read; this is tried again in a second.")]
    private partial void LogUnreadable(Exception exception);
}

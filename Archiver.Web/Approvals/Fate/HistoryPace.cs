namespace Archiver.Web.Approvals.Fate;

/// <summary>Who waits for what a history tells.</summary>
internal enum FatePriority
{
    /// <summary>Nobody in particular: the round through the inbox.</summary>
    Background,

    /// <summary>A person, in front of a decision that was refused or of the approval itself.</summary>
    Person,
}

/// <summary>
/// Paces the whole process's calls of <c>GetExecutionHistory</c>, of which an account has 20 a second in each region, and 400 at
/// once (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). Everything else that runs there draws on the same,
/// so that this takes half. Whoever waits for a person goes first, and the background leaves half of what is saved up to them.
/// </summary>
/// <remarks>
/// Every dashboard paces itself: several of them over one account can be throttled together, which each waits out. The framework's
/// own token bucket knows no clock but the system's, and one queue.
/// </remarks>
internal sealed class HistoryPace : IDisposable
{
    /// <summary>How many calls a second there may be in the long run.</summary>
    public const int CallsPerSecond = 10;

    /// <summary>How many calls there may be at once after a rest.</summary>
    public const int Burst = 200;

    /// <summary>How many of these the background leaves.</summary>
    public const int LeftToPersons = Burst / 2;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly LinkedList<TaskCompletionSource> _persons = new();
    private readonly LinkedList<TaskCompletionSource> _background = new();
    private double _saved = Burst;
    private long _counted;

    public HistoryPace(TimeProvider time)
    {
        _time = time;
        _counted = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Go(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits until a call may be made. Of one priority, the first come are the first served.</summary>
    /// <returns>Completes when it may; cancelled when it was waited for no longer, and then the call was not counted.</returns>
    public Task WaitAsync(FatePriority priority, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedList<TaskCompletionSource> line = priority == FatePriority.Person ? _persons : _background;
        LinkedListNode<TaskCompletionSource> place;
        lock (_lock) place = line.AddLast(turn);
        Go();
        if (!turn.Task.IsCompleted)
        {
            CancellationTokenRegistration registration = cancellationToken.Register(() => Leave(line, place, cancellationToken));
            _ = turn.Task.ContinueWith(
                static (_, state) => ((CancellationTokenRegistration)state!).Dispose(),
                registration, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        return turn.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Leave(LinkedList<TaskCompletionSource> line, LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // One whose turn has come has left the line: its call is counted, whether it makes it or not.
            if (place.List is null) return;
            line.Remove(place);
        }
        place.Value.TrySetCanceled(cancellationToken);
    }

    private void Go()
    {
        List<TaskCompletionSource> next = [];
        lock (_lock)
        {
            long now = _time.GetTimestamp();
            _saved = Math.Min(Burst, _saved + (_time.GetElapsedTime(_counted, now).TotalSeconds * CallsPerSecond));
            _counted = now;
            Take(_persons, 0, next);
            Take(_background, LeftToPersons, next);
            double missing = _persons.Count > 0 ? 1 - _saved : _background.Count > 0 ? LeftToPersons + 1 - _saved : 0;
            // A whole millisecond, and one more for what rounding takes: too early would be for nothing.
            if (missing > 0)
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(missing * 1000 / CallsPerSecond) + 1), Timeout.InfiniteTimeSpan);
        }
        foreach (TaskCompletionSource one in next) one.TrySetResult();
    }

    private void Take(LinkedList<TaskCompletionSource> line, int leave, List<TaskCompletionSource> next)
    {
        while (_saved >= leave + 1 && line.First is { } first)
        {
            line.RemoveFirst();
            _saved--;
            next.Add(first.Value);
        }
    }
}

namespace Archiver.Web.Cloud;

/// <summary>Who waits for a call.</summary>
internal enum CallPriority
{
    /// <summary>Nobody in particular.</summary>
    Background,

    /// <summary>A person, in front of what the call is about.</summary>
    Person,
}

/// <summary>
/// Paces the whole process's calls of one kind, of which an account has so many a second in each region, and some at once
/// (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). Whoever waits for a person goes first, and the
/// background leaves a part of what is saved up to them.
/// </summary>
/// <remarks>The framework's own token bucket knows no clock but the system's, and one queue.</remarks>
internal abstract class CallPace : IDisposable
{
    private readonly Lock _lock = new();
    private readonly double _perSecond;
    private readonly int _burst;
    private readonly int _leftToPersons;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly LinkedList<TaskCompletionSource> _persons = new();
    private readonly LinkedList<TaskCompletionSource> _background = new();
    private double _saved;
    private long _counted;

    /// <param name="perSecond">How many calls a second there may be in the long run.</param>
    /// <param name="burst">How many calls there may be at once after a rest.</param>
    /// <param name="leftToPersons">How many of these the background leaves.</param>
    protected CallPace(double perSecond, int burst, int leftToPersons, TimeProvider time)
    {
        _perSecond = perSecond;
        _burst = burst;
        _leftToPersons = leftToPersons;
        _saved = burst;
        _time = time;
        _counted = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Go(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits until a call may be made. Of one priority, the first come are the first served.</summary>
    /// <returns>Completes when it may; cancelled when it was waited for no longer, and then the call was not counted.</returns>
    public Task WaitAsync(CallPriority priority, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedList<TaskCompletionSource> line = priority == CallPriority.Person ? _persons : _background;
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
    public void Dispose()
    {
        _timer.Dispose();
        GC.SuppressFinalize(this);
    }

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
            _saved = Math.Min(_burst, _saved + (_time.GetElapsedTime(_counted, now).TotalSeconds * _perSecond));
            _counted = now;
            Take(_persons, 0, next);
            Take(_background, _leftToPersons, next);
            double missing = _persons.Count > 0 ? 1 - _saved : _background.Count > 0 ? _leftToPersons + 1 - _saved : 0;
            // A whole millisecond, and one more for what rounding takes: too early would be for nothing.
            if (missing > 0)
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(missing * 1000 / _perSecond) + 1), Timeout.InfiniteTimeSpan);
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

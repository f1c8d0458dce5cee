namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// Those who wait for a message of one queue, in the order in which they came. Who changes the queue calls the first; who is called
/// looks for messages, and who takes some, or leaves without having used its call, hands the call on to the next. So one call goes
/// down the line, nobody is woken in vain by the dozen, and no message lies visible while somebody waits.
/// </summary>
internal sealed class QueueLine(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Place> _places = [];
    private ITimer? _alarm;
    private DateTimeOffset _alarmAt = DateTimeOffset.MaxValue;

    /// <summary>How many wait.</summary>
    public int Length
    {
        get { lock (_lock) return _places.Count; }
    }

    /// <summary>Joins at the end. Join first and look then: what comes in between is not missed.</summary>
    public Place Join()
    {
        lock (_lock)
        {
            Place place = new(this);
            place.Node = _places.AddLast(place);
            return place;
        }
    }

    /// <summary>Something changed: the first looks, and learns when to look again.</summary>
    public void Call()
    {
        lock (_lock) CallFirst();
    }

    /// <summary>Everybody looks.</summary>
    public void CallAll()
    {
        lock (_lock)
        {
            foreach (Place place in _places) place.Call();
        }
    }

    /// <summary>A message becomes visible at a time: somebody is to look then.</summary>
    public void CallAt(DateTimeOffset due)
    {
        lock (_lock)
        {
            if (due >= _alarmAt || _places.Count == 0)
                return;
            _alarmAt = due;
            TimeSpan wait = due - time.GetUtcNow();
            // Up to whole milliseconds: a timer that is early by a fraction would find nothing and come again.
            wait = wait <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            _alarm ??= time.CreateTimer(static line => ((QueueLine)line!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _alarm.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _alarm?.Dispose();

    private void Ring()
    {
        lock (_lock)
        {
            _alarmAt = DateTimeOffset.MaxValue;
            CallFirst();
        }
    }

    private void CallFirst() => _places.First?.Value.Call();

    /// <summary>One who waits. Disposing it leaves the line.</summary>
    internal sealed class Place(QueueLine line) : IDisposable
    {
        private TaskCompletionSource _called = NewCall();

        /// <summary>Where in the line; guarded by the line's lock, like the rest.</summary>
        public LinkedListNode<Place>? Node { get; set; }

        /// <summary>Waits to be called. The call counts as used: look after it.</summary>
        /// <param name="atMost">How long to wait.</param>
        /// <param name="cancellationToken">Ends the wait.</param>
        /// <returns>False when it was not called in that time, or the wait was ended.</returns>
        public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
        {
            Task called;
            lock (line._lock) called = _called.Task;
            await called.WaitAsync(atMost, line.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!called.IsCompleted || cancellationToken.IsCancellationRequested)
                return false; // A call that comes just now is passed on when this place is left.
            lock (line._lock) _called = NewCall();
            return true;
        }

        /// <summary>Calls, under the line's lock. Who has been called and has not come yet looks after this change as well: one call is enough.</summary>
        public void Call() => _called.TrySetResult();

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (line._lock)
            {
                if (Node is null) return;
                line._places.Remove(Node);
                Node = null;
                if (_called.Task.IsCompleted)
                    line.CallFirst();
            }
        }

        // Who calls must not run what the called one does next.
        private static TaskCompletionSource NewCall() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private TimeProvider Time => time;
}

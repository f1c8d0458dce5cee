namespace Archiver.Web.Approvals.Intake;

/// <summary>Holds how the intake is, part by part, and says when that changes.</summary>
internal sealed class IntakeStatus(TimeProvider time)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    // Beyond this many their number is of no more use than "very many".
    private const int MostRemembered = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _rejected = [];
    private readonly Dictionary<IntakePart, Trouble> _failing = [];
    private readonly Dictionary<IntakePart, Trouble> _paused = [];
    private TimeSpan? _worstLag;
    private IntakeState _state = new();

    /// <summary>Something of <see cref="State"/> changed.</summary>
    public event Action? Changed;

    /// <summary>How the intake is.</summary>
    public IntakeState State
    {
        get { lock (_lock) return _state; }
    }

    /// <summary>The receivers run.</summary>
    public void Started(int receivers) => Change(state => state with { Receivers = receivers });

    /// <summary>Nothing runs any more, so nothing fails.</summary>
    public void Stopped() => Change(state =>
    {
        _failing.Clear();
        _paused.Clear();
        return state with { Receivers = 0 };
    });

    /// <summary>A call of a part failed.</summary>
    public void Failed(IntakePart part, string because) => Change(state =>
    {
        Note(_failing, part, because);
        return state;
    });

    /// <summary>A call of a part went through.</summary>
    public void Succeeded(IntakePart part) => Change(state =>
    {
        _failing.Remove(part);
        return state;
    });

    /// <summary>A receiver has messages in hand that it can't bring to their end; it takes no more till then.</summary>
    public void Paused(IntakePart part, string because) => Change(state =>
    {
        Note(_paused, part, because);
        return state;
    });

    /// <summary>A receiver's hands are free again.</summary>
    public void Resumed(IntakePart part) => Change(state =>
    {
        _paused.Remove(part);
        return state;
    });

    /// <summary>Messages were received. Shown with the next count: a page need not turn with every receive.</summary>
    /// <param name="lag">How long the oldest of them had waited.</param>
    public void Received(TimeSpan lag)
    {
        lock (_lock)
        {
            if (_worstLag is not { } worst || lag > worst) _worstLag = lag;
        }
    }

    /// <summary>A message was kept out. It counts once, however often it comes back.</summary>
    public void Rejected(string messageId, string because) => Change(state =>
    {
        if (_rejected.Count < MostRemembered || _rejected.ContainsKey(messageId)) _rejected[messageId] = time.GetUtcNow();
        return state with { OnTheirWayOut = _rejected.Count, LastRejection = because };
    });

    /// <summary>The queues were counted. A message that was kept out and is there no more went to the dead letters.</summary>
    /// <param name="waiting">Messages to be received.</param>
    /// <param name="invisible">Messages received and not deleted.</param>
    /// <param name="deadLetters">Messages in the dead-letter queue.</param>
    public void Counted(long waiting, long invisible, long deadLetters) => Change(state =>
    {
        DateTimeOffset old = time.GetUtcNow() - Forgotten;
        if (waiting + invisible == 0) _rejected.Clear();
        foreach (string id in _rejected.Where(entry => entry.Value < old).Select(entry => entry.Key).ToArray()) _rejected.Remove(id);
        TimeSpan? lag = _worstLag;
        _worstLag = null;
        // Whole seconds: what a person reads does not change with every millisecond.
        return state with
        {
            Waiting = waiting,
            Lag = lag is { } span ? TimeSpan.FromSeconds(Math.Floor(span.TotalSeconds)) : null,
            OnTheirWayOut = _rejected.Count,
            DeadLetters = deadLetters,
        };
    });

    // What began stays begun: the time is that of the first failure, the reason that of the latest.
    private void Note(Dictionary<IntakePart, Trouble> troubles, IntakePart part, string because) =>
        troubles[part] = new Trouble(troubles.TryGetValue(part, out Trouble? before) ? before.Since : time.GetUtcNow(), because, time.GetUtcNow());

    private void Change(Func<IntakeState, IntakeState> change)
    {
        lock (_lock)
        {
            IntakeState before = _state;
            _state = change(before);
            _state = _state with
            {
                Failing = Sum(_failing, part => part.Work == IntakeWork.Receiver),
                Paused = Sum(_paused, part => part.Work == IntakeWork.Receiver),
                Blind = Sum(_failing, part => part.Work != IntakeWork.Receiver),
                StalledSince = StalledSince(_state.Receivers),
            };
            if (_state == before) return;
        }
        Changed?.Invoke();
    }

    private static IntakeTrouble? Sum(Dictionary<IntakePart, Trouble> troubles, Func<IntakePart, bool> counts)
    {
        Trouble[] counted = [.. troubles.Where(entry => counts(entry.Key)).Select(entry => entry.Value)];
        return counted.Length == 0
            ? null
            : new IntakeTrouble(counted.Min(trouble => trouble.Since), counted.MaxBy(trouble => trouble.Latest)!.Because, counted.Length);
    }

    // Nothing comes in from the moment on at which the last of them fell into trouble.
    private DateTimeOffset? StalledSince(int receivers)
    {
        Dictionary<IntakePart, DateTimeOffset> since = [];
        foreach ((IntakePart part, Trouble trouble) in _failing.Concat(_paused))
        {
            if (part.Work == IntakeWork.Receiver && (!since.TryGetValue(part, out DateTimeOffset other) || trouble.Since < other)) since[part] = trouble.Since;
        }
        return since.Count > 0 && since.Count >= receivers ? since.Values.Max() : null;
    }

    private sealed record Trouble(DateTimeOffset Since, string Because, DateTimeOffset Latest);
}

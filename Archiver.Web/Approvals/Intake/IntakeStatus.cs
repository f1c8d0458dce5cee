namespace Archiver.Web.Approvals.Intake;

/// <summary>How the intake is, as a page shows it.</summary>
/// <param name="FailingSince">When the calls began to fail, while they do.</param>
/// <param name="FailingBecause">What the last one said.</param>
/// <param name="Waiting">Messages in the queue that nobody has received yet; approximate, as SQS counts.</param>
/// <param name="OnTheirWayOut">Messages that can't be taken in and are not in the dead-letter queue yet.</param>
/// <param name="DeadLetters">Messages in the dead-letter queue; approximate.</param>
/// <param name="LastRejection">Why the latest one could not be taken in.</param>
internal sealed record IntakeState(
    DateTimeOffset? FailingSince, string? FailingBecause, long Waiting, int OnTheirWayOut, long DeadLetters, string? LastRejection)
{
    /// <summary>How many messages are kept out of the inbox.</summary>
    public long Rejected => OnTheirWayOut + DeadLetters;
}

/// <summary>Holds how the intake is, and says when that changes.</summary>
internal sealed class IntakeStatus(TimeProvider time)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _rejected = [];
    private IntakeState _state = new(null, null, 0, 0, 0, null);

    /// <summary>Something of <see cref="State"/> changed.</summary>
    public event Action? Changed;

    /// <summary>How the intake is.</summary>
    public IntakeState State
    {
        get { lock (_lock) return _state; }
    }

    /// <summary>A call failed.</summary>
    public void Failed(string because) => Change(state => state with { FailingSince = state.FailingSince ?? time.GetUtcNow(), FailingBecause = because });

    /// <summary>A call went through.</summary>
    public void Succeeded() => Change(state => state.FailingSince is null ? state : state with { FailingSince = null, FailingBecause = null });

    /// <summary>A message was kept out. It counts once, however often it comes back.</summary>
    public void Rejected(string messageId, string because) => Change(state =>
    {
        _rejected[messageId] = time.GetUtcNow();
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
        return state with { Waiting = waiting, OnTheirWayOut = _rejected.Count, DeadLetters = deadLetters };
    });

    private void Change(Func<IntakeState, IntakeState> change)
    {
        lock (_lock)
        {
            IntakeState before = _state;
            _state = change(before);
            if (_state == before) return;
        }
        Changed?.Invoke();
    }
}

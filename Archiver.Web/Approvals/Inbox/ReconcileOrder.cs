using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>A run to ask after, for the sake of approvals that it may no longer wait for: one reading tells of them all.</summary>
/// <param name="ExecutionArn">The run.</param>
/// <param name="Approvals">The pending approvals to ask for, at least one.</param>
internal sealed record RunToAsk(string ExecutionArn, IReadOnlyList<Approval> Approvals);

/// <summary>
/// Which run is asked after next. For the people in front of a screen, what they look at, each at most every few seconds. In the
/// background first a run that asked again, whose earlier request is likely superseded; then what is past its time; then
/// all others, round after round, those that wait longest first.
/// </summary>
internal sealed class ReconcileOrder(OnScreen screen)
{
    /// <summary>How often a run is asked after at most.</summary>
    public static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(5);

    /// <summary>How long after it was asked after, or asked itself, a run's next turn in a round comes at the earliest.</summary>
    public static readonly TimeSpan RoundEvery = TimeSpan.FromSeconds(15);

    // A task's time is counted from its own start, a moment after the request says that it begins.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    // Who was told longest ago is next. Of those never asked after that is who waits longest, and each round keeps the order.
    private static readonly Comparer<Run> ByTurn = Comparer<Run>.Create((left, right) =>
        left.Told != right.Told ? left.Told.CompareTo(right.Told) : string.CompareOrdinal(left.ExecutionArn, right.ExecutionArn));

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Run> _byApproval = new(StringComparer.Ordinal);
    private readonly SortedSet<Run> _round = new(ByTurn);
    private readonly Queue<Run> _again = new();
    private readonly PriorityQueue<Run, DateTimeOffset> _late = new();

    /// <summary>Something came that may be due before all that was there.</summary>
    public event Action? Urgent;

    /// <summary>Starts over with what is open.</summary>
    public void Restart(IEnumerable<Approval> open, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (Approval gone in _runs.Values.SelectMany(run => run.Pending.Values).ToArray()) Remove(gone.Id);
            _again.Clear();
            _late.Clear();
        }
        foreach (Approval approval in open) Apply(approval, now);
    }

    /// <summary>Takes a change of an approval: one that waits for a person is asked for, another is not.</summary>
    public void Apply(Approval approval, DateTimeOffset now)
    {
        if (approval.ExecutionArn is not { } arn) return; // there is nobody to ask
        bool urgent;
        lock (_lock) urgent = approval.Status == ApprovalStatus.Pending ? Add(arn, approval, now) : Remove(approval.Id);
        if (urgent) Urgent?.Invoke();
    }

    /// <summary>Takes the next run of a lane off; it counts as asked after from here on.</summary>
    /// <returns>The run; nothing when none is due.</returns>
    public RunToAsk? Next(CallPriority lane, DateTimeOffset now)
    {
        lock (_lock) return lane == CallPriority.Person ? NextShown(now) : NextInBackground(now);
    }

    /// <summary>Gives a run back that could not be asked after: its turn comes again soon.</summary>
    public void PutBack(RunToAsk asked)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue(asked.ExecutionArn, out Run? run)) AskAgain(run);
        }
    }

    /// <summary>How long it takes until a run may be due in a lane, unless something comes before that.</summary>
    public TimeSpan UntilNext(CallPriority lane, DateTimeOffset now)
    {
        lock (_lock)
        {
            DateTimeOffset next = lane == CallPriority.Person ? NextShownAt(now) : NextInBackgroundAt(now);
            return next > now ? next - now : TimeSpan.Zero;
        }
    }

    private DateTimeOffset NextShownAt(DateTimeOffset now)
    {
        DateTimeOffset next = now + AtMostEvery;
        foreach (string id in screen.Ids())
        {
            if (_byApproval.TryGetValue(id, out Run? run)) next = Earlier(next, run.Told + AtMostEvery);
        }
        return next;
    }

    private DateTimeOffset NextInBackgroundAt(DateTimeOffset now)
    {
        DateTimeOffset next = now + RoundEvery;
        foreach (Run again in _again) next = Earlier(next, again.IsAsked ? again.Told + AtMostEvery : now);
        if (_late.TryPeek(out _, out DateTimeOffset late)) next = Earlier(next, late);
        return _round.Min is { } oldest ? Earlier(next, oldest.Told + RoundEvery) : next;
    }

    private RunToAsk? NextShown(DateTimeOffset now)
    {
        Run? next = null;
        List<Approval> shown = [];
        foreach (string id in screen.Ids())
        {
            if (!_byApproval.TryGetValue(id, out Run? run) || !run.IsDue(now)) continue;
            if (next is null || run.Told < next.Told) (next, shown) = (run, []);
            if (run == next) shown.Add(run.Pending[id]);
        }
        if (next is null) return null;
        Ask(next, now);
        return new RunToAsk(next.ExecutionArn, shown);
    }

    private RunToAsk? NextInBackground(DateTimeOffset now)
    {
        Run? run = NextAgain(now) ?? NextLate(now) ?? (_round.Min is { } oldest && oldest.Told + RoundEvery <= now ? oldest : null);
        if (run is null) return null;
        Ask(run, now);
        return new RunToAsk(run.ExecutionArn, [.. run.Pending.Values]);
    }

    // Its place in the round hangs on it: it is taken out before it changes.
    private void Ask(Run run, DateTimeOffset now)
    {
        _round.Remove(run);
        (run.Told, run.IsAsked) = (now, true);
        _round.Add(run);
    }

    private Run? NextAgain(DateTimeOffset now)
    {
        for (int left = _again.Count; left > 0; left--)
        {
            Run run = _again.Dequeue();
            if (run.Pending.Count > 0 && run.IsAsked && !run.IsDue(now))
            {
                _again.Enqueue(run);
                continue;
            }
            run.IsToBeAskedAgain = false;
            if (run.Pending.Count > 0) return run;
        }
        return null;
    }

    private Run? NextLate(DateTimeOffset now)
    {
        while (_late.TryPeek(out Run? run, out DateTimeOffset at) && at <= now)
        {
            _late.Dequeue();
            if (run.Pending.Count == 0 || run.LateAt != at) continue;
            // One that waits still, whatever its request said, is asked after less and less often.
            run.LateAt = now + TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, AtMostEvery.Ticks << Math.Min(run.LateAsks++, 10)));
            _late.Enqueue(run, run.LateAt.Value);
            if (run.IsDue(now)) return run;
        }
        return null;
    }

    // Whether the background is to look at it at once.
    private bool Add(string arn, Approval approval, DateTimeOffset now)
    {
        if (_byApproval.TryGetValue(approval.Id, out Run? run))
        {
            run.Pending[approval.Id] = approval; // another version; when it was asked for, and of whom, never changes
            return false;
        }
        if (!_runs.TryGetValue(arn, out run))
        {
            // When it asks it waits; a request from the future is one of now.
            _runs[arn] = run = new Run(arn) { Oldest = approval.RequestedAt, Told = Earlier(approval.RequestedAt, now) };
            _round.Add(run);
        }
        bool askedBefore = run.Pending.Count > 0 && run.Oldest != approval.RequestedAt;
        run.Pending.Add(approval.Id, approval);
        run.Oldest = Earlier(run.Oldest, approval.RequestedAt);
        _byApproval[approval.Id] = run;
        if (askedBefore) AskAgain(run);
        return Expect(run, approval.ExpiresAt + Grace) || askedBefore;
    }

    private bool Remove(string id)
    {
        if (!_byApproval.Remove(id, out Run? run)) return false;
        run.Pending.Remove(id, out Approval? gone);
        if (run.Pending.Count == 0)
        {
            _runs.Remove(run.ExecutionArn);
            _round.Remove(run);
            return false;
        }
        if (run.Oldest == gone!.RequestedAt) run.Oldest = run.Pending.Values.Min(approval => approval.RequestedAt);
        if (gone.ExpiresAt is null || run.LateAsks == 0) return false;
        // The others' time is their own.
        run.LateAt = null;
        return Expect(run, run.Pending.Values.Min(approval => approval.ExpiresAt) + Grace);
    }

    // Whether it is late before all others.
    private bool Expect(Run run, DateTimeOffset? late)
    {
        if (late is null || run.LateAt <= late) return false;
        (run.LateAt, run.LateAsks) = (late, 0);
        _late.Enqueue(run, late.Value);
        return _late.Peek() == run;
    }

    private void AskAgain(Run run)
    {
        if (run.IsToBeAskedAgain) return;
        run.IsToBeAskedAgain = true;
        _again.Enqueue(run);
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    /// <summary>A run with approvals that wait.</summary>
    private sealed class Run(string executionArn)
    {
        public string ExecutionArn { get; } = executionArn;

        public Dictionary<string, Approval> Pending { get; } = new(StringComparer.Ordinal);

        /// <summary>When the oldest of them was asked for.</summary>
        public DateTimeOffset Oldest { get; set; }

        /// <summary>When it was last known to wait: asked after, or asking.</summary>
        public DateTimeOffset Told { get; set; }

        /// <summary>Whether it was ever asked after.</summary>
        public bool IsAsked { get; set; }

        /// <summary>Whether it asked again, and is in the line of those.</summary>
        public bool IsToBeAskedAgain { get; set; }

        /// <summary>When it is next to be asked after because its time ran out.</summary>
        public DateTimeOffset? LateAt { get; set; }

        /// <summary>How often it was asked after for that.</summary>
        public int LateAsks { get; set; }

        public bool IsDue(DateTimeOffset now) => Told + AtMostEvery <= now;
    }
}

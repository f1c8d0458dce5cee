namespace Archiver.Web.Approvals.Presence;

/// <summary>Somebody who has an approval open.</summary>
/// <param name="PersonId">Who, by their id.</param>
/// <param name="Name">What they are called.</param>
/// <param name="ApprovalId">The approval.</param>
internal sealed record Looker(string PersonId, string Name, string ApprovalId);

/// <summary>
/// Who has which approval open: the circuits of this process by themselves, those of other replicas as these told. It is known in memory
/// only, and forgotten with whoever looked.
/// </summary>
internal sealed class PresenceBoard
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, Looker> _here = [];
    private Dictionary<string, IReadOnlyList<Looker>> _elsewhere = new(StringComparer.Ordinal);
    private Action? _changed;
    private int _watchers;

    /// <summary>Somebody of this process opened something else, or left.</summary>
    public event Action? HereChanged;

    /// <summary>Somebody watches, where nobody did.</summary>
    public event Action? Watched;

    /// <summary>Whether any page of this process shows who looks.</summary>
    public bool IsWatched
    {
        get { lock (_lock) return _watchers > 0; }
    }

    /// <summary>Calls <paramref name="changed"/> whenever somebody anywhere comes or goes, until the result is disposed.</summary>
    public IDisposable Watch(Action changed)
    {
        bool first;
        lock (_lock)
        {
            _changed += changed;
            first = ++_watchers == 1;
        }
        if (first) Watched?.Invoke();
        return new Watching(this, changed);
    }

    /// <summary>Says what somebody of this process has open now.</summary>
    /// <param name="circuit">Their circuit; one person can have several.</param>
    /// <param name="looker">Who and what; nothing where they have nothing open.</param>
    public void Set(object circuit, Looker? looker)
    {
        Action? changed;
        lock (_lock)
        {
            if (_here.GetValueOrDefault(circuit) == looker) return;
            if (looker is null) _here.Remove(circuit);
            else _here[circuit] = looker;
            changed = _changed;
        }
        HereChanged?.Invoke();
        changed?.Invoke();
    }

    /// <summary>Takes what the other replicas tell, in place of what they told before.</summary>
    /// <param name="elsewhere">By replica.</param>
    public void Take(Dictionary<string, IReadOnlyList<Looker>> elsewhere)
    {
        Action? changed;
        lock (_lock)
        {
            bool same = elsewhere.Count == _elsewhere.Count
                && elsewhere.All(replica => _elsewhere.TryGetValue(replica.Key, out IReadOnlyList<Looker>? before) && before.SequenceEqual(replica.Value));
            if (same) return;
            _elsewhere = elsewhere;
            changed = _changed;
        }
        changed?.Invoke();
    }

    /// <summary>What this process has to tell the others: each person once an approval, in one order, so that the same is told the same.</summary>
    public IReadOnlyList<Looker> Here()
    {
        lock (_lock) return [.. _here.Values.Distinct().OrderBy(looker => looker.ApprovalId, StringComparer.Ordinal).ThenBy(looker => looker.PersonId, StringComparer.Ordinal)];
    }

    /// <summary>The names of those who have an approval open, but for one person's own: each person once, however many tabs they have.</summary>
    /// <param name="approvalId">The approval.</param>
    /// <param name="exceptPersonId">Who asks.</param>
    public IReadOnlyList<string> Names(string approvalId, string? exceptPersonId)
    {
        lock (_lock)
        {
            return
            [
                .. _here.Values.Concat(_elsewhere.Values.SelectMany(lookers => lookers))
                    .Where(looker => looker.ApprovalId == approvalId && looker.PersonId != exceptPersonId)
                    .DistinctBy(looker => looker.PersonId)
                    .OrderBy(looker => looker.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(looker => looker.PersonId, StringComparer.Ordinal)
                    .Select(looker => looker.Name),
            ];
        }
    }

    private sealed class Watching(PresenceBoard board, Action changed) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            lock (board._lock)
            {
                if (_ended) return;
                _ended = true;
                board._changed -= changed;
                board._watchers--;
            }
        }
    }
}

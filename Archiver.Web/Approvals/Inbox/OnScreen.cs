namespace Archiver.Web.Approvals.Inbox;

/// <summary>
/// What the people of this process have in front of them, so that it is kept true first. A page says what it shows, anew
/// whenever that changes, and takes it back when it goes.
/// </summary>
internal sealed class OnScreen
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _views = new(StringComparer.Ordinal);

    /// <summary>Something is shown that was not before.</summary>
    public event Action? Added;

    /// <summary>Says that a page shows approvals.</summary>
    /// <param name="ids">Their ids; any number, none also.</param>
    /// <returns>What to say changes with, and to dispose of when the page goes.</returns>
    public View Show(IEnumerable<string> ids)
    {
        View view = new(this);
        view.Show(ids);
        return view;
    }

    /// <summary>What is shown now, each once.</summary>
    public IReadOnlyList<string> Ids()
    {
        lock (_lock) return [.. _views.Keys];
    }

    private void Change(HashSet<string> before, HashSet<string> after)
    {
        bool added = false;
        lock (_lock)
        {
            foreach (string id in after)
            {
                if (before.Contains(id)) continue;
                int views = _views.GetValueOrDefault(id);
                _views[id] = views + 1;
                added |= views == 0;
            }
            foreach (string id in before)
            {
                if (after.Contains(id)) continue;
                if (_views[id] == 1) _views.Remove(id);
                else _views[id]--;
            }
        }
        if (added) Added?.Invoke();
    }

    /// <summary>One page's part of the screen. Used by one thread at a time, as a page is.</summary>
    internal sealed class View(OnScreen screen) : IDisposable
    {
        private HashSet<string> _shown = new(StringComparer.Ordinal);

        /// <summary>Says what the page shows from now on, instead of what it showed before.</summary>
        public void Show(IEnumerable<string> ids)
        {
            HashSet<string> before = _shown;
            _shown = ids.ToHashSet(StringComparer.Ordinal);
            screen.Change(before, _shown);
        }

        /// <inheritdoc/>
        public void Dispose() => Show([]);
    }
}

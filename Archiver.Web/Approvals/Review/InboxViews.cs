using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Review;

/// <summary>
/// The views of the inbox that anybody of this process looks at. Each is there once, however many look, and goes with the last of them.
/// </summary>
internal sealed class InboxViews(ApprovalsFeed feed, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(InboxFilter, ApprovalSort), Entry> _entries = [];

    /// <summary>How many views are kept up.</summary>
    public int Count
    {
        get { lock (_lock) return _entries.Count; }
    }

    /// <summary>Looks at the inbox in a way; dispose of the result to look away.</summary>
    public Lease Open(InboxFilter filter, ApprovalSort sort)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue((filter, sort), out entry))
            {
                // Built outside of the lock: whoever looks at something else does not wait for it.
                entry = new Entry(new Lazy<InboxView>(() =>
                {
                    InboxView view = new(filter, sort, time);
                    view.Build(feed.Keep(view));
                    return view;
                }));
                _entries.Add((filter, sort), entry);
            }
            entry.Looking++;
        }
        return new Lease(this, (filter, sort), entry.View.Value);
    }

    private void Close((InboxFilter, ApprovalSort) key)
    {
        lock (_lock)
        {
            Entry entry = _entries[key];
            if (--entry.Looking > 0) return;
            _entries.Remove(key);
            feed.Drop(entry.View.Value);
        }
    }

    private sealed class Entry(Lazy<InboxView> view)
    {
        public Lazy<InboxView> View { get; } = view;

        public int Looking { get; set; }
    }

    /// <summary>One page's look at a view.</summary>
    internal sealed class Lease(InboxViews views, (InboxFilter, ApprovalSort) key, InboxView view) : IDisposable
    {
        private bool _ended;

        /// <summary>The view.</summary>
        public InboxView View { get; } = view;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_ended) return;
            _ended = true;
            views.Close(key);
        }
    }
}

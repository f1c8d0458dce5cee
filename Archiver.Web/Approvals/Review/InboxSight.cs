using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Review;

/// <summary>Shows what is seen from now on.</summary>
/// <param name="changes">What changed since; nothing where too much did to be told one by one.</param>
internal delegate Task ShowInbox(IReadOnlyList<Approval>? changes);

/// <summary>
/// The inbox as one browser tab sees it. Everything there that shows a part of it, such as the count on the navigation, in the tab's title and
/// above the list, is shown the same moment of it in one go, ten times a second at most.
/// </summary>
internal sealed class InboxSight(ApprovalsFeed feed, TimeProvider time) : IAsyncDisposable
{
    // Ten renders a second are as many as an eye takes in.
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<Watcher> _watchers = [];
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;
    private InboxList? _list;

    /// <summary>The inbox's rows.</summary>
    public InboxList List => _list ?? feed.List;

    /// <summary>How many approvals wait.</summary>
    public int Waiting => List.Waiting;

    /// <summary>Whether everything that was in the table at the start has been read.</summary>
    public bool IsComplete { get; private set; } = feed.IsComplete;

    /// <summary>Shows the inbox as it changes, until the result is disposed.</summary>
    /// <param name="invoke">Runs work where the tab's pages are drawn, a component's <c>InvokeAsync</c>.</param>
    /// <param name="show">Draws.</param>
    public IDisposable Watch(Func<Func<Task>, Task> invoke, ShowInbox show)
    {
        Watcher watcher = new(this, invoke, show);
        lock (_lock)
        {
            _watchers.Add(watcher);
            if (_stop is null)
            {
                _stop = new CancellationTokenSource();
                // Joined first, looked second: a change between the two is not missed.
                ApprovalsSubscription first = feed.Subscribe(withOpen: false);
                See();
                _loop = FollowAsync(first, _stop.Token);
            }
        }
        return watcher;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task loop;
        lock (_lock)
        {
            _watchers.Clear();
            loop = End();
        }
        await loop;
    }

    private async Task FollowAsync(ApprovalsSubscription subscription, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using (subscription)
                {
                    while (await subscription.Changes.WaitToReadAsync(stop))
                    {
                        await ShowAsync(subscription);
                        await Task.Delay(Frame, time, stop);
                    }
                }
                // The tab fell too far behind, and starts over.
                subscription = feed.Subscribe(withOpen: false);
                await ShowAsync(null);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            subscription.Dispose();
        }
    }

    private async Task ShowAsync(ApprovalsSubscription? subscription)
    {
        Watcher? any;
        lock (_lock) any = _watchers.Count > 0 ? _watchers[0] : null;
        if (any is null) return;
        await any.Invoke(() =>
        {
            List<Approval>? changes = subscription is null ? null : [];
            while (subscription?.Changes.TryRead(out Approval? approval) == true) changes!.Add(approval);
            See();
            Watcher[] watchers;
            lock (_lock) watchers = [.. _watchers];
            return Task.WhenAll(watchers.Select(watcher => watcher.Show(changes)));
        });
    }

    private void See() => (_list, IsComplete) = (feed.List, feed.IsComplete);

    private void Leave(Watcher watcher)
    {
        lock (_lock)
        {
            if (_watchers.Remove(watcher) && _watchers.Count == 0) End();
        }
    }

    private Task End()
    {
        _stop?.Cancel();
        _stop?.Dispose();
        (_stop, _list) = (null, null);
        return _loop;
    }

    private sealed class Watcher(InboxSight sight, Func<Func<Task>, Task> invoke, ShowInbox show) : IDisposable
    {
        public Func<Func<Task>, Task> Invoke { get; } = invoke;

        public ShowInbox Show { get; } = show;

        public void Dispose() => sight.Leave(this);
    }
}

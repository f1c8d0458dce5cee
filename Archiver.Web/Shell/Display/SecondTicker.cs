using Archiver.Web.Shell.Language;

namespace Archiver.Web.Shell.Display;

/// <summary>One timer for everything on every page that shows how much time went by: it ticks once a second while anybody listens.</summary>
public sealed class SecondTicker(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Action> _listeners = [];
    private ITimer? _timer;

    /// <summary>Calls <paramref name="listener"/> once a second, on a thread of the pool and in the culture of this call, until the result is disposed.</summary>
    public IDisposable Subscribe(Action listener)
    {
        listener = new ViewerCulture().Bind(listener);
        lock (_lock)
        {
            _listeners.Add(listener);
            _timer ??= time.CreateTimer(_ => Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
        return new Subscription(this, listener);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            _listeners.Clear();
        }
    }

    private void Tick()
    {
        Action[] listeners;
        lock (_lock) listeners = [.. _listeners];
        foreach (Action listener in listeners) listener();
    }

    private sealed class Subscription(SecondTicker ticker, Action listener) : IDisposable
    {
        public void Dispose()
        {
            lock (ticker._lock)
            {
                ticker._listeners.Remove(listener);
                if (ticker._listeners.Count > 0) return;
                ticker._timer?.Dispose();
                ticker._timer = null;
            }
        }
    }
}

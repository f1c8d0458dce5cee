using Archiver.Web.Identity;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Archiver.Web.Approvals.Presence;

/// <summary>What this circuit's person has open, so that others see that they look. Whoever lost the connection looks at nothing until it is back.</summary>
internal sealed class LookingAt : CircuitHandler, IDisposable
{
    private readonly Lock _lock = new();
    private readonly PresenceBoard _board;
    private readonly Caller _caller;
    private readonly List<(object View, string ApprovalId)> _open = [];
    private bool _isGone;

    public LookingAt(PresenceBoard board, Caller caller)
    {
        (_board, _caller) = (board, caller);
        caller.Changed += Tell;
    }

    /// <summary>Says what is open now.</summary>
    /// <param name="approvalId">The approval; nothing when none is.</param>
    public void Look(string? approvalId) => Look(this, approvalId);

    /// <summary>Says what a view has open now. Of several views, the one that said so last counts: a page that comes opens before the one that goes is left.</summary>
    /// <param name="view">The view.</param>
    /// <param name="approvalId">The approval; nothing when it has none open.</param>
    public void Look(object view, string? approvalId)
    {
        lock (_lock)
        {
            _open.RemoveAll(one => one.View == view);
            if (approvalId is not null) _open.Add((view, approvalId));
            Tell();
        }
    }

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => ConnectAsync(false);

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => ConnectAsync(true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _caller.Changed -= Tell;
        lock (_lock)
        {
            _open.Clear();
            Tell();
        }
    }

    private Task ConnectAsync(bool isThere)
    {
        lock (_lock)
        {
            _isGone = !isThere;
            Tell();
        }
        return Task.CompletedTask;
    }

    private void Tell()
    {
        lock (_lock) _board.Set(this, _open.Count > 0 && !_isGone && _caller.Person is { } person ? new Looker(person.Id, person.Name, _open[^1].ApprovalId) : null);
    }
}

using Archiver.Web.Identity;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Archiver.Web.Approvals.Presence;

/// <summary>What this circuit's person has open, so that others see that they look. Whoever lost the connection looks at nothing until it is back.</summary>
internal sealed class LookingAt : CircuitHandler, IDisposable
{
    private readonly Lock _lock = new();
    private readonly PresenceBoard _board;
    private readonly Caller _caller;
    private string? _approvalId;
    private bool _isGone;

    public LookingAt(PresenceBoard board, Caller caller)
    {
        (_board, _caller) = (board, caller);
        caller.Changed += Tell;
    }

    /// <summary>Says what is open now.</summary>
    /// <param name="approvalId">The approval; nothing when none is.</param>
    public void Look(string? approvalId)
    {
        lock (_lock)
        {
            _approvalId = approvalId;
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
        Look(null);
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
        lock (_lock) _board.Set(this, _approvalId is { } id && !_isGone && _caller.Person is { } person ? new Looker(person.Id, person.Name, id) : null);
    }
}

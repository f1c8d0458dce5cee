using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Cloud;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Microsoft.AspNetCore.Components;

namespace Archiver.Web.Runs;

/// <summary>What a run leads to.</summary>
public sealed partial class RunLinks : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _left;
    private (string Arn, bool HasEnded)? _read;
    private IReadOnlyList<ApprovalRecord> _asked = [];
    private ResultRow? _result;

    /// <summary>Makes the component.</summary>
    public RunLinks() => _left = _stop.Token; // asked for after the page was left, the source would throw

    /// <summary>The run.</summary>
    [Parameter, EditorRequired] public required string Arn { get; set; }

    /// <summary>Whether it has ended: before, it has no result.</summary>
    [Parameter, EditorRequired] public required bool HasEnded { get; set; }

    [Inject] private ApprovalsStore Approvals { get; set; } = null!;

    [Inject] private ResultsStore Results { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == (Arn, HasEnded)) return;
        _read = (Arn, HasEnded);
        try
        {
            // What a running one waits for the page itself says, live.
            if (!HasEnded) return;
            _result = await Results.GetOfRunAsync(Arn, _left);
            _asked = await Approvals.GetOfRunAsync(Arn, _left);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            _read = null; // asked again with the next look; the page's own reading says what is wrong
        }
    }
}

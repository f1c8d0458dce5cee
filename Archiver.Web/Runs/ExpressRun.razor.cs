using Archiver.Web.Cloud;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Components;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs;

/// <summary>What is left of an express run, read once; that there is no such run where there is none.</summary>
public sealed partial class ExpressRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private ResultRow? _result;
    private bool _reading = true;
    private string? _problem;

    /// <summary>The run's name.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Inject] private ResultsStore Results { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            // A standard run's record under that name is no express run: its history is gone, and it says so.
            _result = await Results.GetAsync(Name, _stop.Token) is { IsOfExpressRun: true } row ? row : null;
        }
        catch (Exception exception) when (CloudFailure.Is(exception) && !_stop.IsCancellationRequested)
        {
            _problem = L["Whether there is such a run could not be read: {0}", exception.Message];
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page was left.
        }

        _reading = false;
    }
}

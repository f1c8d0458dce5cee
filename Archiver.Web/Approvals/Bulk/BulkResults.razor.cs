using System.Globalization;
using System.Text;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Display;
using Archiver.Web.Shell.Language;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>A decision on many while it is made, and what became of each. It is drawn ten times a second at most, however fast it goes.</summary>
public sealed partial class BulkResults
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private Action _changed = null!;
    private IDisposable? _ticks;
    private IJSObjectReference? _module;
    private ElementReference _status;
    private bool _isOther;
    private BulkProgress _progress;
    private List<BulkItem> _shown = [];
    private BulkEnd? _filter;
    private string? _said;
    private int _undoable;
    private int _isDue;

    [Inject] private BulkRuns Runs { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    [Inject] private ViewerCulture Culture { get; set; } = null!;

    [Inject] private SecondTicker Ticker { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    private BulkRun Run { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Run.Changed -= _changed;
        _ticks?.Dispose();
        await _stop.CancelAsync();
        _stop.Dispose();
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Run = Runs.Current ?? throw new InvalidOperationException("There is no decision on many to show.");
        _changed = Culture.Bind(() => { _ = InvokeAsync(NoteAsync); });
        Run.Changed += _changed;
        _ticks = Ticker.Subscribe(Culture.Bind(() => { _ = InvokeAsync(Tick); }));
        Look();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender && !_isOther) return;
        _isOther = false;
        try
        {
            if (await ModuleAsync() is { } module) await module.InvokeVoidAsync("keepFocus", _status);
        }
        catch (JSDisconnectedException)
        {
            // There is nobody to keep it for.
        }
    }

    // The first change of a frame draws it at its end; what begins or ends is drawn at once.
    private async Task NoteAsync()
    {
        if (_stop.IsCancellationRequested) return;
        BulkProgress now = Run.Progress;
        if (now.IsRunning == _progress.IsRunning && now.IsPaused == _progress.IsPaused && now.IsRunning)
        {
            if (Interlocked.Exchange(ref _isDue, 1) == 1) return;
            await Task.Delay(Frame, Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _isDue = 0;
            if (_stop.IsCancellationRequested) return;
        }
        Look();
        StateHasChanged();
    }

    // What can be taken back gets less by itself.
    private void Tick()
    {
        if (_undoable == 0 || _progress.IsRunning) return;
        Look();
        StateHasChanged();
    }

    private void Look()
    {
        (bool, bool, bool, bool) before = Buttons();
        _progress = Run.Progress;
        DateTimeOffset now = Time.GetUtcNow();
        _undoable = _progress.IsRunning ? 0 : Run.Items.Count(item => item.Outcome?.CanUndo(now) == true);
        _shown = _filter is { } end ? [.. Run.Items.Where(item => item.Outcome?.End == end)] : [.. Run.Items];
        _isOther |= before != Buttons();
    }

    // Which buttons there are. What is quick begins and ends between two looks, and yet takes the button that began it away.
    private (bool IsRunning, bool IsPaused, bool CanRetry, bool CanUndo) Buttons() =>
        (_progress.IsRunning, _progress.IsPaused, Run.Count(BulkEnd.Failed) > 0, _undoable > 0);

    private void Filter(BulkEnd? end)
    {
        _filter = end;
        Look();
    }

    private async Task CopyAsync()
    {
        using MemoryStream csv = await WriteAsync();
        IJSObjectReference clipboard = await Script.InvokeAsync<IJSObjectReference>("import", "./Shell/Json/JsonView.razor.js");
        await using (clipboard)
        {
            bool copied = await clipboard.InvokeAsync<bool>("copy", Encoding.UTF8.GetString(csv.ToArray()).TrimStart('\uFEFF'));
            _said = copied ? L["Copied."] : L["This browser did not let it be copied."];
        }
    }

    private async Task SaveAsync()
    {
        MemoryStream csv = await WriteAsync();
        using DotNetStreamReference stream = new(csv); // which closes it
        if (await ModuleAsync() is not { } module) return;
        await module.InvokeVoidAsync("save", string.Create(CultureInfo.InvariantCulture, $"decisions-{Time.GetUtcNow():yyyyMMdd-HHmmss}.csv"), stream);
        _said = null;
    }

    private async Task<IJSObjectReference?> ModuleAsync() =>
        _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./Approvals/Bulk/BulkResults.razor.js");

    private async Task<MemoryStream> WriteAsync()
    {
        MemoryStream csv = new();
        await BulkCsv.WriteAsync(_shown, item => BulkText.Detail(item, Run.Decision.Approved, Viewer), csv, _stop.Token);
        csv.Position = 0;
        return csv;
    }

    private string Pressed(BulkEnd? end) => _filter == end ? "true" : "false";

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}

using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Cloud;
using Archiver.Web.Preview.Files;
using Archiver.Web.Results.Store;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Components;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Pages;

/// <summary>One result with what it leads to: the run, the file where it is now and what stands on it, the approval and its record.</summary>
public sealed partial class ResultPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _left;
    private ResultRow? _row;
    private FileRef? _file;
    private IReadOnlyList<(string Label, string Value)> _evidence = [];
    private IReadOnlyList<ApprovalRecord> _approvals = [];
    private bool _missing;
    private string? _problem;

    /// <summary>Makes the component.</summary>
    public ResultPage() => _left = _stop.Token; // asked for after the page was left, the source would throw

    /// <summary>The result's key.</summary>
    [Parameter] public required string Id { get; set; }

    [Inject] private ResultsStore Store { get; set; } = null!;

    [Inject] private ApprovalsStore Approvals { get; set; } = null!;

    [Inject] private FileStore Files { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => _row?.Id == Id ? Task.CompletedTask : ReadAsync();

    private async Task ReadAsync()
    {
        _problem = null;
        string id = Id;
        try
        {
            ResultRow? row = await Store.GetAsync(id, _left);
            if (id != Id) return; // another is shown by now
            (_row, _missing, _file, _evidence, _approvals) = (row, row is null, row is null ? null : FileRef.Of(row), [], []);
            if (row is null) return;
            StateHasChanged(); // what is known is shown, and the rest follows
            Task<IReadOnlyList<ApprovalRecord>> asked = row.ExecutionArn is { } run ? Approvals.GetOfRunAsync(run, _left) : Task.FromResult(_approvals);
            IReadOnlyDictionary<string, string> noted = _file is null ? new Dictionary<string, string>() : (await Files.ReadMetadataAsync(_file, _left)).Metadata;
            IReadOnlyList<ApprovalRecord> records = await asked;
            if (id == Id) (_evidence, _approvals) = (FileEvidence.Of(noted), records);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            if (!_stop.IsCancellationRequested) _problem = L["Not all of it could be read: {0}", exception.Message];
        }
    }
}

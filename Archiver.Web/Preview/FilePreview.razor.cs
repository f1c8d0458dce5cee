using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Preview.Endpoints;
using Archiver.Web.Preview.Files;
using Archiver.Web.Shell.Display;
using Microsoft.AspNetCore.Components;
using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview;

/// <summary>Shows a file, bounded and harmless, as exactly the version that is named.</summary>
public sealed partial class FilePreview : IAsyncDisposable
{
    private static readonly Dictionary<string, object?> Download = new() { ["download"] = "" };

    private CancellationTokenSource _stop = new();
    private FileRef? _shown;
    private PreviewContent? _content;
    private string? _problem;
    private bool _isBroken;

    /// <summary>The file.</summary>
    [Parameter, EditorRequired] public required FileRef File { get; set; }

    /// <summary>What names the file.</summary>
    [Parameter, EditorRequired] public required FileOwner Owner { get; set; }

    /// <summary>The approval's or the result's id.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <summary>What is said where the file is not there any more, such as where it went.</summary>
    [Parameter] public RenderFragment? Elsewhere { get; set; }

    [Inject] private PreviewReader Reader { get; set; } = null!;

    [Inject] private Caller Caller { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (File == _shown) return;
        _shown = File;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (!Caller.May(Operation.PreviewFile)) return;
        using CancellationTokenSource before = _stop;
        await before.CancelAsync();
        CancellationTokenSource stop = _stop = new CancellationTokenSource();
        (_content, _problem, _isBroken) = (null, null, false);
        try
        {
            PreviewContent content = await Reader.ReadAsync(File, stop.Token);
            if (stop == _stop) _content = content;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Another file is shown by now, or none.
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            if (stop == _stop) _problem = L["The file could not be read: {0}", exception.Message];
        }
    }

    private string Address(string part) => FileAddresses.Of(Owner, Id, part);

    private string? Kind() => _content switch
    {
        PreviewContent.NotShown { Label: var label, Size: var size } => $"{label}, {FileSize.Text(size)}",
        PreviewContent.Picture { Label: var label, Size: var size } => $"{label}, {FileSize.Text(size)}",
        PreviewContent.Document { Label: var label, Size: var size } => $"{label}, {FileSize.Text(size)}",
        PreviewContent.Text { Label: var label, Size: var size } => $"{label}, {FileSize.Text(size)}",
        PreviewContent.Table { Label: var label, Size: var size } => $"{label}, {FileSize.Text(size)}",
        PreviewContent.Listing { Label: var label, Size: var size } => $"{label}, {FileSize.Text(size)}",
        _ => null,
    };
}

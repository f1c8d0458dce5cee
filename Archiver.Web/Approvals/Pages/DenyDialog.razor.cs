using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using MudBlazor;

namespace Archiver.Web.Approvals.Pages;

/// <summary>Asks why something is denied; the dialog's result is the reason.</summary>
public sealed partial class DenyDialog : IAsyncDisposable
{
    private MudForm _form = null!;
    private ElementReference _root;
    private IJSObjectReference? _module;
    private string _reason = "";

    /// <summary>What is denied.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private IOptions<ApprovalsOptions> Options { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    private bool HasPresets => Options.Value.DenyReasons.Count > 0;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
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
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Approvals/Pages/DenyDialog.razor.js");
        if (_module is not null) await _module.InvokeVoidAsync("listen", _root);
    }

    private async Task DenyAsync()
    {
        await _form.ValidateAsync();
        if (_form.IsValid) Dialog.Close(DialogResult.Ok(_reason.Trim()));
    }
}

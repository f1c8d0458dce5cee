using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Archiver.Web.Identity;

/// <summary>Shows who the person is, lets them say another name, and keeps that in their browser.</summary>
public sealed partial class PersonMenu : IDisposable
{
    private const string Key = "archiver.reviewer";

    [Inject] private Caller Person { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Person.Changed -= Show;

    /// <inheritdoc/>
    protected override void OnInitialized() => Person.Changed += Show;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) Rename(await Script.InvokeAsync<string?>("localStorage.getItem", Key));
    }

    private async Task RenameAsync()
    {
        IDialogReference dialog = await Dialogs.ShowAsync<NameDialog>("Your name");
        if (await dialog.Result is { Canceled: false, Data: string name } && Rename(name))
            await Script.InvokeVoidAsync("localStorage.setItem", Key, Person.Name);
    }

    // Until there is sign-in, who somebody is, is what they say.
    private bool Rename(string? name)
    {
        if (!Identity.Person.IsName(name)) return false;
        Person.Become(new Person($"local|{name.Trim()}", name.Trim(), Identity.Person.EveryRole), Person.From);
        return true;
    }

    private void Show() => _ = InvokeAsync(StateHasChanged);
}

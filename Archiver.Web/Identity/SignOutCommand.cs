using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Archiver.Web.Identity;

/// <summary>Signs out: the browser asks, so that its cookie goes with the session.</summary>
internal sealed class SignOutCommand(IJSRuntime script, NavigationManager navigation)
{
    /// <summary>Signs out, and leaves the page.</summary>
    public async Task RunAsync()
    {
        await using IJSObjectReference module = await script.InvokeAsync<IJSObjectReference>("import", "./Identity/PersonMenu.razor.js");
        navigation.NavigateTo(await module.InvokeAsync<string>("signOut"), forceLoad: true);
    }
}

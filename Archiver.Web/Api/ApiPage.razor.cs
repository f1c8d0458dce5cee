using Archiver.Web.Identity.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using static Archiver.Web.Api.ApiWords;

namespace Archiver.Web.Api;

/// <summary>Leads people to the API, and gives them a token for it where no provider does.</summary>
public sealed partial class ApiPage
{
    private string? _said;

    [Inject] private SignInOptions Options { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    // The token goes from the endpoint to the clipboard, and through no circuit.
    private async Task CopyAsync()
    {
        try
        {
            await using IJSObjectReference module = await Script.InvokeAsync<IJSObjectReference>("import", "./Api/ApiPage.razor.js");
            _said = await module.InvokeAsync<int?>("copyToken") is { } refused
                ? L["The token was not given: the dashboard answered {0}.", refused]
                : L["The token is on the clipboard. It holds for an hour."];
        }
        catch (JSException exception)
        {
            _said = exception.Message.Split('\n')[0];
        }
    }
}

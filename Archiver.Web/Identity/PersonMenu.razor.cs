using Archiver.Web.Identity.SignIn;
using Microsoft.AspNetCore.Components;

namespace Archiver.Web.Identity;

/// <summary>Shows who the person is and what they may do, and lets them out.</summary>
public sealed partial class PersonMenu : IDisposable
{
    [Inject] private Caller Person { get; set; } = null!;

    [Inject] private SignInOptions Options { get; set; } = null!;

    [Inject] private SignOutCommand SignOut { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Person.Changed -= Show;

    /// <inheritdoc/>
    protected override void OnInitialized() => Person.Changed += Show;

    private void Show() => _ = InvokeAsync(StateHasChanged);
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Archiver.Web.Identity.Access;

/// <summary>
/// Shows what it holds to whoever may do a thing, as long as they may. It spares people buttons that would only refuse them; what
/// keeps them from the thing is <see cref="CommandGate"/>.
/// </summary>
public sealed class Allowed : ComponentBase, IDisposable
{
    /// <summary>What one has to be allowed to do.</summary>
    [Parameter, EditorRequired] public required Operation To { get; set; }

    /// <summary>What is shown to whoever may.</summary>
    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    [Inject] private Caller Caller { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Caller.Changed -= Show;

    /// <inheritdoc/>
    protected override void OnInitialized() => Caller.Changed += Show;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (Caller.May(To)) builder.AddContent(0, ChildContent);
    }

    private void Show() => _ = InvokeAsync(StateHasChanged);
}

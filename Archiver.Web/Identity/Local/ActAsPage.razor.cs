using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Sessions;
using Archiver.Web.Identity.SignIn;
using Archiver.Web.Shell.Commands;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using static Archiver.Web.Identity.IdentityWords;

namespace Archiver.Web.Identity.Local;

/// <summary>Takes whom one wants to act as.</summary>
public sealed partial class ActAsPage
{
    private const string Command = "act as";

    private readonly HashSet<Role> _roles = [Role.Viewer];
    private MudForm _form = null!;
    private string _name = "Vic";

    [Inject] private CallerSession Current { get; set; } = null!;

    [Inject] private ActAsCommand Act { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    [Inject] private SignInOptions Options { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (Current.Now?.ActingAs is not { } acting) return;
        _name = acting.Name;
        _roles.Clear();
        _roles.UnionWith(acting.Roles);
    }

    private static string Label(Role role) => role switch
    {
        Role.Viewer => L["Viewer: reads"],
        Role.Reviewer => L["Reviewer: decides"],
        Role.Operator => L["Operator: starts, stops, redrives, clears"],
        _ => RoleText.Of(role),
    };

    private void Set(Role role, bool on)
    {
        if (on) _roles.Add(role);
        else _roles.Remove(role);
    }

    private async Task ActAsync()
    {
        await _form.ValidateAsync();
        if (_form.IsValid && Person.IsName(_name)) await Act.RunAsync(new Person($"local|{_name.Trim()}", _name.Trim(), _roles.ToHashSet()));
    }

    private Task BackAsync() => Act.RunAsync(null);
}

using Archiver.Web.Identity.Access;
using static Archiver.Web.Identity.IdentityWords;

namespace Archiver.Web.Identity;

/// <summary>Roles as people read them. Settings and records have their names in English.</summary>
internal static class RoleText
{
    /// <summary>A role.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Viewer => L["Viewer"],
        Role.Reviewer => L["Reviewer"],
        Role.Operator => L["Operator"],
        _ => role.ToString(),
    };

    /// <summary>Somebody's roles, one after another.</summary>
    public static string Of(IEnumerable<Role> roles) => string.Join(", ", roles.Order().Select(Of));
}

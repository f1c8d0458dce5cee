using Archiver.Web.Shell.Language;

namespace Archiver.Web.Identity;

/// <summary>The texts of signing in and of who one is.</summary>
internal static class IdentityWords
{
    /// <summary>A text in the viewer's language.</summary>
    public static Words L { get; } = new(typeof(IdentityWords));
}

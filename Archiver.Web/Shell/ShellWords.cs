using Archiver.Web.Shell.Language;

namespace Archiver.Web.Shell;

/// <summary>The texts of the frame.</summary>
internal static class ShellWords
{
    /// <summary>A text in the viewer's language.</summary>
    public static Words L { get; } = new(typeof(ShellWords));
}

using Archiver.Web.Shell.Language;

namespace Archiver.Web.Preview;

/// <summary>The texts of the preview.</summary>
internal static class PreviewWords
{
    /// <summary>A text in the viewer's language.</summary>
    public static Words L { get; } = new(typeof(PreviewWords));
}

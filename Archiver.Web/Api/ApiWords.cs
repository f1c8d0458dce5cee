using Archiver.Web.Shell.Language;

namespace Archiver.Web.Api;

/// <summary>The texts of the page about the API.</summary>
internal static class ApiWords
{
    /// <summary>A text in the viewer's language.</summary>
    public static Words L { get; } = new(typeof(ApiWords));
}

using Archiver.Web.Shell.Language;

namespace Archiver.Web.Runs;

/// <summary>The texts of the runs.</summary>
internal static class RunsWords
{
    /// <summary>A text in the viewer's language.</summary>
    public static Words L { get; } = new(typeof(RunsWords));
}

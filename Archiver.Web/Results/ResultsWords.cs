using Archiver.Web.Shell.Language;

namespace Archiver.Web.Results;

/// <summary>The texts of the results.</summary>
internal static class ResultsWords
{
    /// <summary>A text in the viewer's language.</summary>
    public static Words L { get; } = new(typeof(ResultsWords));
}

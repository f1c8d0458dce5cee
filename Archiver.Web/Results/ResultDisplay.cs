using System.Globalization;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Shell.Display;
using MudBlazor;

namespace Archiver.Web.Results;

/// <summary>How a result reads and looks.</summary>
internal static class ResultDisplay
{
    private const string Nothing = "–";

    /// <summary>An action by its own word, which is what operators search for; a script's word is shown as it came.</summary>
    public static StatusDisplay Action(string? action) => action switch
    {
        ResultAction.Archived => new(action, Icons.Material.Outlined.Inventory2, Color.Success),
        ResultAction.QualityFail => new(action, Icons.Material.Outlined.TrendingDown, Color.Warning),
        ResultAction.Unarchivable => new(action, Icons.Material.Outlined.DoNotDisturb, Color.Warning),
        ResultAction.Denied => new(action, Icons.Material.Outlined.Block, Color.Warning),
        ResultAction.Expired => new(action, Icons.Material.Outlined.TimerOff, Color.Secondary),
        ResultAction.Error => new(action, Icons.Material.Outlined.ErrorOutline, Color.Error),
        null => new(Nothing, Icons.Material.Outlined.HelpOutline, Color.Secondary),
        _ => new(action, Icons.Material.Outlined.HelpOutline, Color.Secondary),
    };

    /// <summary>What an action means, a sentence; nothing for a script's word.</summary>
    public static string? Meaning(string? action) => action switch
    {
        ResultAction.Archived => "The file was archived.",
        ResultAction.QualityFail => "The file's quality is below the threshold.",
        ResultAction.Unarchivable => "The file is marked as not to be archived.",
        ResultAction.Denied => "A reviewer said no.",
        ResultAction.Expired => "Nobody answered in time.",
        ResultAction.Error => "The run failed; the reason is in its row.",
        _ => null,
    };

    /// <summary>What part a person had in it.</summary>
    public static string Human(ResultRow row)
    {
        string by = row.Reviewer is { } reviewer ? $" by {reviewer}" : "";
        return row switch
        {
            { Approved.Value: true } => $"Approved{by}",
            { Approved.Value: false } => $"Denied{by}",
            { Approval.Value: true } => "Asked, no answer",
            { Approval: null or { Value: false } } => "Not asked",
            { Approval.Text: { } text } => text,
        };
    }

    /// <summary>The archive flag.</summary>
    public static string Archive(ResultRow row) => row.Archive switch
    {
        { Value: { } flag } => flag ? "Yes" : "No",
        { Text: { } text } => text,
        null => Nothing,
    };

    /// <summary>The quality.</summary>
    public static string Quality(ResultRow row) => row.Quality?.Text ?? Nothing;

    /// <summary>The size, such as <c>1.4 MB</c>.</summary>
    public static string Size(ResultRow row) => row.Size switch
    {
        { Value: >= 0 and <= long.MaxValue and { } bytes } => FileSize.Text((long)bytes),
        { Text: { } text } => text,
        null => Nothing,
    };

    /// <summary>A number of results, such as <c>1,234 results</c>.</summary>
    public static string Count(long count) => count == 1 ? "1 result" : $"{count.ToString("N0", CultureInfo.CurrentCulture)} results";
}

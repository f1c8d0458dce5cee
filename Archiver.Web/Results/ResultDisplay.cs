using Archiver.Lambdas.Contracts;
using Archiver.Web.Shell.Display;
using MudBlazor;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results;

/// <summary>How a result reads and looks.</summary>
internal static class ResultDisplay
{
    private const string Nothing = "–";

    // A TimeSpan's most, and more than a run can last.
    private const long MostSeconds = 100L * 366 * 24 * 60 * 60;

    /// <summary>An action by its own word, which is what operators search for, in the viewer's language; a script's word is shown as it came.</summary>
    public static StatusDisplay Action(string? action) => action switch
    {
        ResultAction.Archived => new(L["Archived"], Icons.Material.Outlined.Inventory2, Color.Success),
        ResultAction.QualityFail => new(L["Quality_Fail"], Icons.Material.Outlined.TrendingDown, Color.Warning),
        ResultAction.Unarchivable => new(L["Unarchivable"], Icons.Material.Outlined.DoNotDisturb, Color.Warning),
        ResultAction.Denied => new(L["Denied"], Icons.Material.Outlined.Block, Color.Warning),
        ResultAction.Expired => new(L["Expired"], Icons.Material.Outlined.TimerOff, Color.Secondary),
        ResultAction.Error => new(L["Error"], Icons.Material.Outlined.ErrorOutline, Color.Error),
        null => new(Nothing, Icons.Material.Outlined.HelpOutline, Color.Secondary),
        _ => new(action, Icons.Material.Outlined.HelpOutline, Color.Secondary),
    };

    /// <summary>What an action means, a sentence; nothing for a script's word.</summary>
    public static string? Meaning(string? action) => action switch
    {
        ResultAction.Archived => L["The file was archived."],
        ResultAction.QualityFail => L["The file's quality is below the threshold."],
        ResultAction.Unarchivable => L["The file is marked as not to be archived."],
        ResultAction.Denied => L["A reviewer said no."],
        ResultAction.Expired => L["Nobody answered in time."],
        ResultAction.Error => L["The run failed; the reason is in its row."],
        _ => null,
    };

    /// <summary>What part a person had in it.</summary>
    public static string Human(ResultRow row) => row switch
    {
        { Approved.Value: true } => row.Reviewer is { } reviewer ? L["Approved by {0}", reviewer] : L["Approved"],
        { Approved.Value: false } => row.Reviewer is { } reviewer ? L["Denied by {0}", reviewer] : L["Denied"],
        { Approval.Value: true } => L["Asked, no answer"],
        { Approval: null or { Value: false } } => L["Not asked"],
        { Approval.Text: { } text } => text,
    };

    /// <summary>The archive flag.</summary>
    public static string Archive(ResultRow row) => row.Archive switch
    {
        { Value: { } flag } => flag ? L["Yes"] : L["No"],
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

    /// <summary>How long a person took to decide.</summary>
    public static string DecidedIn(ResultRow row) => row.DecisionSeconds switch
    {
        { Value: >= 0 and < MostSeconds and { } seconds } => Durations.Brief(TimeSpan.FromSeconds((double)seconds)),
        { Text: { } text } => text,
        null => Nothing,
    };

    /// <summary>A band of times to decision.</summary>
    public static string Band(DecisionBand band) => band.Key switch
    {
        "under-1m" => L["Under 1 min"],
        "1m-5m" => L["1 to 5 min"],
        "5m-15m" => L["5 to 15 min"],
        "15m-1h" => L["15 min to 1 h"],
        "1h-4h" => L["1 to 4 h"],
        "4h-1d" => L["4 h to 1 day"],
        "1d-7d" => L["1 to 7 days"],
        _ => L["7 days and more"],
    };

    /// <summary>A number of results, such as <c>1,234 results</c>.</summary>
    public static string Count(long count) => L.Count(count, "{0} result", "{0} results");
}

using Amazon.StepFunctions;
using Archiver.Web.Shell.Display;
using MudBlazor;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs;

/// <summary>How a run's status looks, and how the URL calls it.</summary>
internal static class RunStatusDisplay
{
    /// <summary>The statuses that the list can be filtered by, in the order of the filter.</summary>
    public static IReadOnlyList<ExecutionStatus> All { get; } =
        [ExecutionStatus.RUNNING, ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED];

    /// <summary>A status' word, icon and colour; one that is not known here is shown by its own name.</summary>
    public static StatusDisplay Of(ExecutionStatus status) => status.Value switch
    {
        "RUNNING" => new(L["Running"], Icons.Material.Outlined.PlayCircle, Color.Primary),
        "SUCCEEDED" => new(L["Succeeded"], Icons.Material.Outlined.CheckCircle, Color.Success),
        "FAILED" => new(L["Failed"], Icons.Material.Outlined.ErrorOutline, Color.Error),
        "TIMED_OUT" => new(L["Timed out"], Icons.Material.Outlined.TimerOff, Color.Warning),
        "ABORTED" => new(L["Stopped"], Icons.Material.Outlined.StopCircle, Color.Secondary),
        "PENDING_REDRIVE" => new(L["Pending redrive"], Icons.Material.Outlined.Replay, Color.Primary),
        string other => new(other, Icons.Material.Outlined.HelpOutline, Color.Default),
    };

    /// <summary>The status that a URL's <c>status</c> names; nothing where it names none.</summary>
    public static ExecutionStatus? FromQuery(string? text) =>
        All.FirstOrDefault(status => ToQuery(status).Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a URL's <c>status</c> calls it, such as <c>timed-out</c>.</summary>
    public static string ToQuery(ExecutionStatus status) => status.Value.ToLowerInvariant().Replace('_', '-');
}

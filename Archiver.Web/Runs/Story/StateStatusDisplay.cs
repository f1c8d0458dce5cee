using Archiver.Web.Shell.Display;
using MudBlazor;

namespace Archiver.Web.Runs.Story;

/// <summary>How a state's status looks: word, icon and colour, and the name of its style.</summary>
internal static class StateStatusDisplay
{
    /// <summary>The statuses, in the order of a legend.</summary>
    public static IReadOnlyList<StateStatus> All { get; } = Enum.GetValues<StateStatus>();

    /// <summary>A status' word, icon and colour.</summary>
    public static StatusDisplay Of(StateStatus status) => status switch
    {
        StateStatus.NotEntered => new("Not entered", Icons.Material.Outlined.RadioButtonUnchecked, Color.Default),
        StateStatus.Running => new("Running", Icons.Material.Outlined.PlayCircle, Color.Primary),
        StateStatus.Waiting => new("Waiting", Icons.Material.Outlined.HourglassEmpty, Color.Primary),
        StateStatus.Retrying => new("Retrying", Icons.Material.Outlined.Replay, Color.Warning),
        StateStatus.Succeeded => new("Succeeded", Icons.Material.Outlined.CheckCircle, Color.Success),
        StateStatus.Caught => new("Error caught", Icons.Material.Outlined.AssistantDirection, Color.Warning),
        StateStatus.Failed => new("Failed", Icons.Material.Outlined.ErrorOutline, Color.Error),
        StateStatus.TimedOut => new("Timed out", Icons.Material.Outlined.TimerOff, Color.Error),
        StateStatus.Stopped => new("Stopped", Icons.Material.Outlined.StopCircle, Color.Secondary),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The style that has its colour.</summary>
    public static string Style(StateStatus status) => status switch
    {
        StateStatus.NotEntered => "idle",
        StateStatus.Running or StateStatus.Waiting => "active",
        StateStatus.Retrying or StateStatus.Caught => "warned",
        StateStatus.Succeeded => "done",
        StateStatus.Failed or StateStatus.TimedOut => "failed",
        _ => "stopped",
    };
}

using Archiver.Web.Shell.Display;
using MudBlazor;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs.Story;

/// <summary>How a state's status looks: word, icon and colour, and the name of its style.</summary>
internal static class StateStatusDisplay
{
    /// <summary>The statuses, in the order of a legend.</summary>
    public static IReadOnlyList<StateStatus> All { get; } = Enum.GetValues<StateStatus>();

    /// <summary>A status' word, icon and colour.</summary>
    public static StatusDisplay Of(StateStatus status) => status switch
    {
        StateStatus.NotEntered => new(L["Not entered"], Icons.Material.Outlined.RadioButtonUnchecked, Color.Default),
        StateStatus.Running => new(L["Running"], Icons.Material.Outlined.PlayCircle, Color.Primary),
        StateStatus.Waiting => new(L["Waiting"], Icons.Material.Outlined.HourglassEmpty, Color.Primary),
        StateStatus.Retrying => new(L["Retrying"], Icons.Material.Outlined.Replay, Color.Warning),
        StateStatus.Succeeded => new(L["Succeeded"], Icons.Material.Outlined.CheckCircle, Color.Success),
        StateStatus.Caught => new(L["Error caught"], Icons.Material.Outlined.AssistantDirection, Color.Warning),
        StateStatus.Failed => new(L["Failed"], Icons.Material.Outlined.ErrorOutline, Color.Error),
        StateStatus.TimedOut => new(L["Timed out"], Icons.Material.Outlined.TimerOff, Color.Error),
        StateStatus.Stopped => new(L["Stopped"], Icons.Material.Outlined.StopCircle, Color.Secondary),
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

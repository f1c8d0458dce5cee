namespace Archiver.Web.Runs.Events;

/// <summary>What events are about.</summary>
public enum EventKind
{
    /// <summary>Anything.</summary>
    All,

    /// <summary>States that were entered and left.</summary>
    States,

    /// <summary>Calls of functions and services.</summary>
    Tasks,

    /// <summary>What failed, timed out or was stopped.</summary>
    Failures,

    /// <summary>The run itself.</summary>
    Run,
}

/// <summary>Which events of a run's history are shown.</summary>
/// <param name="Kind">What they are about.</param>
/// <param name="Text">What they have in them, in whatever case; nothing for anything.</param>
public sealed record EventFilter(EventKind Kind, string Text)
{
    /// <summary>All events.</summary>
    public static readonly EventFilter None = new(EventKind.All, "");

    /// <summary>Whether an event is shown.</summary>
    public bool Shows(RunEvent one) => IsOf(Kind, one.Type) && (Text.Length == 0 || Has(one, Text));

    private static bool IsOf(EventKind kind, string type) => kind switch
    {
        EventKind.States => type.EndsWith("StateEntered", StringComparison.Ordinal) || type.EndsWith("StateExited", StringComparison.Ordinal),
        EventKind.Tasks => !type.Contains("State", StringComparison.Ordinal)
            && (type.StartsWith("Task", StringComparison.Ordinal) || type.StartsWith("Lambda", StringComparison.Ordinal) || type.StartsWith("Activity", StringComparison.Ordinal)),
        EventKind.Failures => type.EndsWith("Failed", StringComparison.Ordinal) || type.EndsWith("TimedOut", StringComparison.Ordinal) || type.EndsWith("Aborted", StringComparison.Ordinal),
        EventKind.Run => type.StartsWith("Execution", StringComparison.Ordinal),
        _ => true,
    };

    private static bool Has(RunEvent one, string text) =>
        one.Type.Contains(text, StringComparison.OrdinalIgnoreCase)
        || (one.Subject?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false)
        || one.Details.Any(detail => detail.Value.Contains(text, StringComparison.OrdinalIgnoreCase));
}

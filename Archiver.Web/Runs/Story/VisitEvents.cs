using System.Globalization;

namespace Archiver.Web.Runs.Story;

/// <summary>What an event says of the visit that it is about.</summary>
internal static class VisitEvents
{
    private static readonly string[] Callers = ["Task", "LambdaFunction", "Activity"];

    /// <summary>Whether a type of events is about a state that is entered and not left.</summary>
    public static bool Concerns(string type) =>
        IsOfTask(type) || ContainerOf(type) is not null || type.EndsWith("StateAborted", StringComparison.Ordinal) || type is "EvaluationFailed" || type.StartsWith("MapRun", StringComparison.Ordinal);

    /// <summary>The type of the states that hold others which a type of events is about; nothing for another.</summary>
    public static string? ContainerOf(string type) =>
        type.StartsWith("ParallelState", StringComparison.Ordinal) ? "Parallel"
        : type.StartsWith("MapState", StringComparison.Ordinal) || type.StartsWith("MapRun", StringComparison.Ordinal) ? "Map"
        : null;

    /// <summary>The visit after the event.</summary>
    public static StateVisit Apply(StateVisit visit, RunEvent one)
    {
        string type = one.Type;
        if (IsOfTask(type) && type.EndsWith("Scheduled", StringComparison.Ordinal))
            return visit with { Status = StateStatus.Running, Attempts = [.. visit.Attempts, new StateAttempt(one.At, null, StateStatus.Running, null, null)] };
        if (type == "TaskSubmitted" && one.Subject?.EndsWith(".waitForTaskToken", StringComparison.Ordinal) == true)
            return WithLast(visit, attempt => attempt with { Status = StateStatus.Waiting }) with { Status = StateStatus.Waiting };
        if (type.EndsWith("StateAborted", StringComparison.Ordinal))
            return End(visit, one, StateStatus.Stopped) with { EndedAt = one.At, Status = StateStatus.Stopped };
        if (type.EndsWith("TimedOut", StringComparison.Ordinal)) return Fail(visit, one, StateStatus.TimedOut);
        if (type.EndsWith("Failed", StringComparison.Ordinal)) return Fail(visit, one, StateStatus.Failed);
        if (IsOfTask(type) && type.EndsWith("Succeeded", StringComparison.Ordinal))
            return End(visit, one, StateStatus.Succeeded) with { Status = StateStatus.Running, Error = null, Cause = null };
        if (type == "MapStateStarted" && int.TryParse(one.Detail("Length"), CultureInfo.InvariantCulture, out int items)) return visit with { Items = items };
        return visit;
    }

    // Whether it is retried, caught, or the end of the run is told by what comes next.
    private static StateVisit Fail(StateVisit visit, RunEvent one, StateStatus status)
    {
        StateVisit failed = IsOfTask(one.Type) ? End(visit, one, status) : visit;
        return failed with
        {
            Status = IsOfTask(one.Type) ? StateStatus.Retrying : StateStatus.Failed,
            Error = one.Detail("Error"),
            Cause = one.Detail("Cause"),
        };
    }

    private static StateVisit End(StateVisit visit, RunEvent one, StateStatus status) => WithLast(
        visit, attempt => attempt.EndedAt is null ? attempt with { EndedAt = one.At, Status = status, Error = one.Detail("Error"), Cause = one.Detail("Cause") } : attempt);

    private static StateVisit WithLast(StateVisit visit, Func<StateAttempt, StateAttempt> change) =>
        visit.Attempts.Count == 0 ? visit : visit with { Attempts = [.. visit.Attempts.SkipLast(1), change(visit.Attempts[^1])] };

    private static bool IsOfTask(string type) =>
        Array.Exists(Callers, caller => type.StartsWith(caller, StringComparison.Ordinal)) && !type.StartsWith("TaskState", StringComparison.Ordinal);
}

using Amazon.StepFunctions.Model;

namespace Archiver.Web.Approvals.Fate;

/// <summary>
/// What a history's events mean to a task that waits.
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
/// </summary>
internal static class EventKinds
{
    /// <summary>A task was given a token and called.</summary>
    public static bool AsksWithToken(this HistoryEvent one) => one.Type.Value == "TaskScheduled"
        && one.TaskScheduledEventDetails?.Resource?.EndsWith(".waitForTaskToken", StringComparison.Ordinal) == true;

    /// <summary>A step of a task on its way: it is not over.</summary>
    public static bool IsUnderWay(this HistoryEvent one) => one.Type.Value is "TaskStarted" or "TaskSubmitted";

    /// <summary>A task was over: answered, out of time, failed, or taken along by what it was part of.</summary>
    public static bool EndsTask(this HistoryEvent one) => one.Type.Value
        is "TaskSucceeded" or "TaskFailed" or "TaskTimedOut" or "TaskSubmitFailed" or "TaskStartFailed" or "TaskStateAborted"
        or "MapIterationAborted" or "MapIterationFailed" or "MapStateAborted" or "MapStateFailed" or "ParallelStateAborted" or "ParallelStateFailed";

    /// <summary>The run was over.</summary>
    public static bool EndsRun(this HistoryEvent one) => one.Type.Value
        is "ExecutionAborted" or "ExecutionFailed" or "ExecutionTimedOut" or "ExecutionSucceeded";

    /// <summary>A state that holds others was over, and all that was in it.</summary>
    public static bool EndsContainer(this HistoryEvent one) => one.Type.Value
        is "ParallelStateAborted" or "ParallelStateFailed" or "ParallelStateSucceeded" or "ParallelStateExited"
        or "MapStateAborted" or "MapStateFailed" or "MapStateSucceeded" or "MapStateExited";

    /// <summary>A state that holds others was entered.</summary>
    public static bool EntersContainer(this HistoryEvent one) => one.Type.Value is "ParallelStateEntered" or "MapStateEntered";

    /// <summary>A state that holds others was left.</summary>
    public static bool ExitsContainer(this HistoryEvent one) => one.Type.Value is "ParallelStateExited" or "MapStateExited";

    /// <summary>A state of any type was entered.</summary>
    public static bool EntersState(this HistoryEvent one) => one.Type.Value.EndsWith("StateEntered", StringComparison.Ordinal);

    /// <summary>When it happened.</summary>
    public static DateTimeOffset At(this HistoryEvent one) => new(one.Timestamp!.Value.ToUniversalTime());
}

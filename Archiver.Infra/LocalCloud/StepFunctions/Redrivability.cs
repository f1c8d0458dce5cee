using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>Whether an execution can be redriven.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html</remarks>
internal static class Redrivability
{
    private const long MaxEvents = 24_999;
    private static readonly TimeSpan Period = TimeSpan.FromDays(14);
    private static readonly TimeSpan MaxOpenTime = TimeSpan.FromDays(365);

    /// <summary>Why a standard execution can't be redriven, in the words of <c>redriveStatusReason</c>; nothing when it can.</summary>
    /// <param name="status">Where it stands.</param>
    /// <param name="startedAt">When it was started.</param>
    /// <param name="stoppedAt">When it ended.</param>
    /// <param name="events">How many events its history has.</param>
    /// <param name="deleting">Whether its machine is being deleted.</param>
    /// <param name="now">The moment.</param>
    public static string? WhyNot(
        ExecutionStatus status, DateTimeOffset startedAt, DateTimeOffset? stoppedAt, long events, bool deleting, DateTimeOffset now) =>
        deleting ? "State machine is in DELETING status"
        : status == ExecutionStatus.Running ? "Execution is RUNNING and cannot be redriven"
        : status == ExecutionStatus.Succeeded ? "Execution is SUCCEEDED and cannot be redriven"
        : events >= MaxEvents ? "Execution history event limit exceeded"
        : now - startedAt > MaxOpenTime ? "Execution has exceeded the max execution time"
        : now - stoppedAt > Period ? "Execution redrivable period exceeded"
        : null;
}

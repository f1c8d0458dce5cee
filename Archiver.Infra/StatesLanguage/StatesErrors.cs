using System.Collections.Frozen;

namespace Archiver.Infra.StatesLanguage;

/// <summary>An error that a state or its task reported.</summary>
/// <param name="Error">Its name; nothing where a task's holder gave none.</param>
/// <param name="Cause">What happened, in words.</param>
/// <param name="Heartbeat">It is the kind of <see cref="StatesErrors.Timeout"/> that a missing heartbeat makes.</param>
internal sealed record StateFailure(string? Error, string? Cause, bool Heartbeat = false);

/// <summary>
/// The error names that the States Language reserves, and what <c>ErrorEquals</c> makes of an error.
/// https://states-language.net/spec.html#appendix-a and
/// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
/// </summary>
internal static class StatesErrors
{
    /// <summary>What the reserved names begin with.</summary>
    public const string Prefix = "States.";

    /// <summary>The wildcard of <c>ErrorEquals</c>.</summary>
    public const string All = "States.ALL";

    /// <summary>A payload is larger than <see cref="StatesLimits.PayloadBytes"/>.</summary>
    public const string DataLimitExceeded = "States.DataLimitExceeded";

    /// <summary>A task's holder sent no heartbeat in time.</summary>
    public const string HeartbeatTimeout = "States.HeartbeatTimeout";

    /// <summary>An intrinsic function could not be computed.</summary>
    public const string IntrinsicFailure = "States.IntrinsicFailure";

    /// <summary>No rule of a Choice state matched, and it has no default.</summary>
    public const string NoChoiceMatched = "States.NoChoiceMatched";

    /// <summary>A result cannot be placed where <c>ResultPath</c> says.</summary>
    public const string ResultPathMatchFailure = "States.ResultPathMatchFailure";

    /// <summary>The execution cannot go on: nothing retries or catches it.</summary>
    public const string Runtime = "States.Runtime";

    /// <summary>The wildcard for every error but a timeout.</summary>
    public const string TaskFailed = "States.TaskFailed";

    /// <summary>A task took too long.</summary>
    public const string Timeout = "States.Timeout";

    private static readonly FrozenSet<string> s_known = FrozenSet.ToFrozenSet(
        [
            All, DataLimitExceeded, HeartbeatTimeout, IntrinsicFailure, NoChoiceMatched, ResultPathMatchFailure, Runtime,
            TaskFailed, Timeout, "States.BranchFailed", "States.ExceedToleratedFailureThreshold", "States.Http.Socket",
            "States.ItemReaderFailed", "States.ParameterPathFailure", "States.Permissions", "States.QueryEvaluationError",
            "States.ResultWriterFailed",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether a machine may name an error: one of its own, or a reserved one that exists.</summary>
    public static bool IsNameable(string error) => !error.StartsWith(Prefix, StringComparison.Ordinal) || s_known.Contains(error);

    /// <summary>
    /// Whether a retrier or catcher is for an error. <c>States.Runtime</c> always fails the execution, and
    /// <c>States.DataLimitExceeded</c> is caught by its own name only.
    /// </summary>
    public static bool Matches(IReadOnlyList<string> errorEquals, StateFailure failure)
    {
        if (failure.Error == Runtime)
            return false;

        foreach (var name in errorEquals)
        {
            var matches = name switch
            {
                All => failure.Error != DataLimitExceeded,
                TaskFailed => failure.Error is not (Timeout or DataLimitExceeded),
                HeartbeatTimeout when failure.Heartbeat => true,
                _ => name == failure.Error,
            };
            if (matches)
                return true;
        }

        return false;
    }
}

using System.Text.Json;
using Archiver.Web.Approvals.Fate;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>Says of a task's fate why its approval is to be closed.</summary>
internal static class FateClosing
{
    /// <summary>Why an approval that nobody here decided is over; nothing while its task waits, or when there is no telling.</summary>
    public static Closing? Of(TaskFate fate) => fate switch
    {
        TaskFate.Answered { Success: true } answered => new Closing(ClosedReason.AnsweredElsewhere, answered.At, Decision(answered.Output)),
        TaskFate.Answered answered => new Closing(ClosedReason.AnsweredElsewhere, answered.At, Words(answered.Error, answered.Cause)),
        TaskFate.TimedOut timedOut => new Closing(ClosedReason.TimedOut, timedOut.At),
        TaskFate.Superseded superseded => new Closing(ClosedReason.Superseded, superseded.At),
        TaskFate.RunStopped stopped => new Closing(ClosedReason.RunStopped, stopped.At, stopped.Cause),
        TaskFate.RunFailed failed => new Closing(ClosedReason.RunFailed, failed.At, Words(failed.Error, failed.Cause)),
        TaskFate.RunTimedOut timedOut => new Closing(ClosedReason.RunTimedOut, timedOut.At),
        TaskFate.Abandoned abandoned => new Closing(ClosedReason.RunEnded, abandoned.At, Words(abandoned.Error, abandoned.Cause)),
        TaskFate.RunGone => new Closing(ClosedReason.RunGone),
        _ => null,
    };

    // A cause is written for a person; without one, the error's name says what there is to say.
    private static string? Words(string? error, string? cause) => cause is { Length: > 0 } ? cause : error is { Length: > 0 } ? error : null;

    // Of another's answer only the decision is told: the rest is the workflow's, and can be anything.
    private static string? Decision(string? output)
    {
        if (output is null) return null;
        try
        {
            using JsonDocument answer = JsonDocument.Parse(output);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("approved", out JsonElement approved)
                ? approved.ValueKind switch { JsonValueKind.True => "approved", JsonValueKind.False => "denied", _ => null }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

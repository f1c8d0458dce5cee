namespace Archiver.Web.Approvals.Inbox;

/// <summary>Says in a sentence why an approval was closed.</summary>
internal static class ClosingText
{
    /// <summary>The sentence without a time, for the record: each of its lines has its own.</summary>
    public static string Plain(Closing closing) => Sentence(closing, "");

    /// <summary>The sentence with the time that the run's history has.</summary>
    /// <param name="closing">Why it was closed.</param>
    /// <param name="timeOfDay">Writes a time as the reader is to see it.</param>
    public static string At(Closing closing, Func<DateTimeOffset, string> timeOfDay) =>
        Sentence(closing, closing.At is { } at ? $" at {timeOfDay(at)}" : "");

    private static string Sentence(Closing closing, string at)
    {
        string detail = closing.Detail is { Length: > 0 } said ? $" ({said})" : "";
        return closing.Reason switch
        {
            ClosedReason.AnsweredElsewhere => $"It was answered past the dashboard{at}{detail}.",
            ClosedReason.TimedOut => $"Nobody answered in time: the time ran out{at}.",
            ClosedReason.Superseded => $"The workflow asked again{at}; the new request took this one's place.",
            ClosedReason.RunStopped => $"The run was stopped{at}{detail}.",
            ClosedReason.RunFailed => $"The run failed{at}{detail}.",
            ClosedReason.RunTimedOut => $"The run's own time ran out{at}.",
            ClosedReason.RunEnded => $"The run went on{at} without waiting for this{detail}.",
            ClosedReason.RunGone => "The run does not exist any more.",
            ClosedReason.TokenUnknown => "The workflow does not know this approval's task token.",
            ClosedReason.Unexplained => "The workflow does not wait for this any more: it was answered past the dashboard, or its time ran out.",
            _ => throw new ArgumentOutOfRangeException(nameof(closing)),
        };
    }
}

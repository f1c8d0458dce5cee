using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>Says in a sentence why an approval was closed.</summary>
internal static class ClosingText
{
    /// <summary>The sentence without a time, for the record: each of its lines has its own.</summary>
    public static string Plain(Closing closing) => Sentence(closing);

    /// <summary>The sentence with the time that the run's history has.</summary>
    /// <param name="closing">Why it was closed.</param>
    /// <param name="timeOfDay">Writes a time as the reader is to see it.</param>
    public static string At(Closing closing, Func<DateTimeOffset, string> timeOfDay)
    {
        string said = closing.Detail is { Length: > 0 } detail ? $" ({detail})" : "";
        string? at = closing.At is { } moment ? timeOfDay(moment) : null;
        return closing.Reason switch
        {
            ClosedReason.AnsweredElsewhere => at is null ? L["It was answered past the dashboard{0}.", said] : L["It was answered past the dashboard at {0}{1}.", at, said],
            ClosedReason.TimedOut => at is null ? L["Nobody answered in time: the time ran out."] : L["Nobody answered in time: the time ran out at {0}.", at],
            ClosedReason.Superseded => at is null ? L["The workflow asked again; the new request took this one's place."] : L["The workflow asked again at {0}; the new request took this one's place.", at],
            ClosedReason.RunStopped => at is null ? L["The run was stopped{0}.", said] : L["The run was stopped at {0}{1}.", at, said],
            ClosedReason.RunFailed => at is null ? L["The run failed{0}.", said] : L["The run failed at {0}{1}.", at, said],
            ClosedReason.RunTimedOut => at is null ? L["The run's own time ran out."] : L["The run's own time ran out at {0}.", at],
            ClosedReason.RunEnded => at is null ? L["The run went on without waiting for this{0}.", said] : L["The run went on at {0} without waiting for this{1}.", at, said],
            ClosedReason.RunGone => L["The run does not exist any more."],
            ClosedReason.TokenUnknown => L["The workflow does not know this approval's task token."],
            ClosedReason.Unexplained => L["The workflow does not wait for this any more: it was answered past the dashboard, or its time ran out."],
            _ => throw new ArgumentOutOfRangeException(nameof(closing)),
        };
    }

    // What is written down is written in one language, whoever reads it.
    private static string Sentence(Closing closing)
    {
        string detail = closing.Detail is { Length: > 0 } said ? $" ({said})" : "";
        return closing.Reason switch
        {
            ClosedReason.AnsweredElsewhere => $"It was answered past the dashboard{detail}.",
            ClosedReason.TimedOut => "Nobody answered in time: the time ran out.",
            ClosedReason.Superseded => "The workflow asked again; the new request took this one's place.",
            ClosedReason.RunStopped => $"The run was stopped{detail}.",
            ClosedReason.RunFailed => $"The run failed{detail}.",
            ClosedReason.RunTimedOut => "The run's own time ran out.",
            ClosedReason.RunEnded => $"The run went on without waiting for this{detail}.",
            ClosedReason.RunGone => "The run does not exist any more.",
            ClosedReason.TokenUnknown => "The workflow does not know this approval's task token.",
            ClosedReason.Unexplained => "The workflow does not wait for this any more: it was answered past the dashboard, or its time ran out.",
            _ => throw new ArgumentOutOfRangeException(nameof(closing)),
        };
    }
}

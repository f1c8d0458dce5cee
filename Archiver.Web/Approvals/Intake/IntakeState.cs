namespace Archiver.Web.Approvals.Intake;

/// <summary>What a part of the intake does.</summary>
internal enum IntakeWork
{
    /// <summary>Receives messages and takes them in.</summary>
    Receiver,

    /// <summary>Counts what lies in the queues.</summary>
    Count,

    /// <summary>Takes in what ended among the dead letters all the same.</summary>
    DeadLetters,
}

/// <summary>One of the loops that the intake consists of: each has troubles of its own, and one that fares well says nothing of another.</summary>
/// <param name="Work">What it does.</param>
/// <param name="Number">Which of several that do the same, from 1.</param>
internal readonly record struct IntakePart(IntakeWork Work, int Number = 1)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Work} {Number}";
}

/// <summary>What is wrong with some parts of the intake.</summary>
/// <param name="Since">When it began with the first of them.</param>
/// <param name="Because">What the latest failure said.</param>
/// <param name="Parts">How many it is.</param>
internal sealed record IntakeTrouble(DateTimeOffset Since, string Because, int Parts);

/// <summary>How the intake is, as a page and the health check show it.</summary>
internal sealed record IntakeState
{
    private const long ManyWaiting = 1_000;
    private static readonly TimeSpan LongLag = TimeSpan.FromMinutes(1);

    /// <summary>How many receivers run; none before the start and after the stop.</summary>
    public int Receivers { get; init; }

    /// <summary>Receivers that can't receive.</summary>
    public IntakeTrouble? Failing { get; init; }

    /// <summary>Receivers that keep what they received and take no more, because it can't be brought to its end.</summary>
    public IntakeTrouble? Paused { get; init; }

    /// <summary>The queues can't be counted, or the dead letters not be looked through.</summary>
    public IntakeTrouble? Blind { get; init; }

    /// <summary>From when on no receiver took anything in, while that is so.</summary>
    public DateTimeOffset? StalledSince { get; init; }

    /// <summary>Messages in the queue that nobody has received yet; approximate, as SQS counts.</summary>
    public long Waiting { get; init; }

    /// <summary>How long the oldest of the messages received between the last two counts had waited; nothing when there were none.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Messages that can't be taken in and are not in the dead-letter queue yet.</summary>
    public int OnTheirWayOut { get; init; }

    /// <summary>Messages in the dead-letter queue; approximate.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Why the latest one could not be taken in.</summary>
    public string? LastRejection { get; init; }

    /// <summary>How many messages are kept out of the inbox.</summary>
    public long Rejected => OnTheirWayOut + DeadLetters;

    /// <summary>Whether messages come faster than they are taken in.</summary>
    public bool IsBehind => Waiting > ManyWaiting || Lag > LongLag;
}

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>A queue as it is defined; what it holds is the store's.</summary>
/// <param name="Id">Its number in the store; never given twice, so that a queue that was deleted and made anew is another one.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ModifiedAt">When its settings last changed.</param>
internal sealed record Queue(
    long Id, string Name, string Arn, QueueSettings Settings, IReadOnlyDictionary<string, string> Tags, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt)
{
    /// <summary>Messages that were sent at this time or before have expired.</summary>
    public DateTimeOffset ExpiredBy(DateTimeOffset now) => now.AddSeconds(-Settings.MessageRetentionPeriod);
}

/// <summary>How many messages a queue has, and how they stand.</summary>
/// <param name="Visible">There to be received.</param>
/// <param name="InFlight">Received, and hidden still.</param>
/// <param name="Delayed">Sent, and not there to be received yet.</param>
internal sealed record MessageCounts(long Visible, long InFlight, long Delayed);

/// <summary>A queue that is there, with those who wait for its messages.</summary>
internal sealed class LiveQueue(Queue definition, TimeProvider time) : IDisposable
{
    private volatile Queue _definition = definition;
    private volatile bool _deleted;

    /// <summary>What it is now. A change puts another in place: take it once for what must go together.</summary>
    public Queue Definition => _definition;

    /// <summary>Whether it was deleted since it was found.</summary>
    public bool IsDeleted => _deleted;

    /// <summary>Who waits for a message.</summary>
    public QueueLine Line { get; } = new(time);

    /// <summary>Puts another definition in place.</summary>
    public void Redefine(Queue definition) => _definition = definition;

    /// <summary>Says that it is gone; who waits learns it at once.</summary>
    public void MarkDeleted()
    {
        _deleted = true;
        Line.CallAll();
    }

    /// <inheritdoc/>
    public void Dispose() => Line.Dispose();
}

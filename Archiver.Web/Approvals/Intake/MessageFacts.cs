using System.Globalization;
using Amazon.SQS.Model;

namespace Archiver.Web.Approvals.Intake;

/// <summary>What SQS says of a message beside its body.</summary>
internal static class MessageFacts
{
    /// <summary>When it was sent; nothing where SQS did not say.</summary>
    public static DateTimeOffset? SentAt(this Message message) => Moment(message, "SentTimestamp");

    /// <summary>How often it was received, this time included.</summary>
    public static int Receives(this Message message) =>
        int.TryParse(message.Attributes?.GetValueOrDefault("ApproximateReceiveCount"), CultureInfo.InvariantCulture, out int count) ? count : 1;

    /// <summary>
    /// How long the oldest of some messages, received just now, had waited. By the clock of SQS where one of them is received for
    /// the first time: that clock stamped both moments, and ours may be off.
    /// </summary>
    /// <param name="messages">The messages of one receive.</param>
    /// <param name="now">The time by our clock.</param>
    public static TimeSpan Lag(IReadOnlyList<Message> messages, DateTimeOffset now)
    {
        DateTimeOffset receivedAt = messages.Where(message => message.Receives() == 1).Max(message => Moment(message, "ApproximateFirstReceiveTimestamp")) ?? now;
        TimeSpan lag = receivedAt - (messages.Min(SentAt) ?? receivedAt);
        return lag > TimeSpan.Zero ? lag : TimeSpan.Zero;
    }

    private static DateTimeOffset? Moment(Message message, string attribute) =>
        long.TryParse(message.Attributes?.GetValueOrDefault(attribute), CultureInfo.InvariantCulture, out long milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}

using System.Text;
using Amazon.SQS.Model;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Shell.Secrets;

namespace Archiver.Web.Approvals.DeadLetters;

/// <summary>A message among the dead letters, as a page may show it.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="SentAt">When it was sent; a dead letter keeps that time.</param>
/// <param name="Size">The size of its body, in bytes.</param>
/// <param name="Receives">How often it was received, here and before.</param>
/// <param name="Reason">Why it can't be taken in; nothing where it is a whole approval.</param>
/// <param name="Body">The beginning of its body, with what may be a task token hidden.</param>
/// <param name="IsCut">Whether the body goes on.</param>
internal sealed record DeadLetter(string MessageId, DateTimeOffset? SentAt, int Size, int Receives, string? Reason, string Body, bool IsCut)
{
    /// <summary>How many characters of a body are shown.</summary>
    public const int LongestBody = 2_000;

    /// <summary>Reads a message: why it can't be taken in is found out anew.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">The time.</param>
    public static DeadLetter Of(Message message, DateTimeOffset now)
    {
        string body = MaskedText.Of(message.Body);
        // Never half of a pair: that is no character.
        int end = body.Length <= LongestBody ? body.Length : char.IsHighSurrogate(body[LongestBody - 1]) ? LongestBody - 1 : LongestBody;
        return new DeadLetter(
            message.MessageId, message.SentAt(), Encoding.UTF8.GetByteCount(message.Body), message.Receives(),
            ApprovalMessageParser.Parse(message.Body, message.SentAt() ?? now).Rejection, body[..end], end < body.Length || message.Body.Length > MaskedText.Longest);
    }
}

/// <summary>What lies in the dead-letter queue.</summary>
/// <param name="Letters">The first of them, the latest sent first.</param>
/// <param name="Total">How many there are; approximate, as SQS counts.</param>
internal sealed record DeadLetterList(IReadOnlyList<DeadLetter> Letters, long Total);

/// <summary>How sending back went.</summary>
/// <param name="Sent">How many messages are in the human queue again.</param>
/// <param name="Failure">What kept the rest where it was.</param>
internal sealed record SentBack(int Sent, string? Failure = null);

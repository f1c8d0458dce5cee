using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Approvals.DeadLetters;

/// <summary>What is to become of messages that were looked at.</summary>
/// <param name="Remove">Those that are safe elsewhere by now: they are deleted.</param>
/// <param name="Enough">Whether the rest need not be looked at.</param>
internal readonly record struct LookedAt(IReadOnlyList<Message> Remove, bool Enough = false);

/// <summary>
/// The dead-letter queue. To look at a queue is to receive from it: what is looked at is hidden for a short time, and given back
/// as soon as the look is over. One look at a time in this process, so that none sees a part only because of another.
/// </summary>
internal sealed partial class DeadLetterQueue(IAmazonSQS sqs, CloudResources cloud, TimeProvider time, ILogger<DeadLetterQueue> logger) : IDisposable
{
    /// <summary>How many messages a page lists.</summary>
    public const int MostListed = 100;

    private const int MostSearched = 1_000;
    private const int MostSent = 10_000;

    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(30);

    // Short polling asks a few of a queue's servers only, and may find nothing where there is something.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    private readonly MessageQueue _queue = new(sqs, cloud.DeadLetterQueueUrl, time);
    private readonly MessageQueue _human = new(sqs, cloud.HumanQueueUrl, time);
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Lists what lies there.</summary>
    public async Task<DeadLetterList> ListAsync(CancellationToken cancellationToken)
    {
        List<DeadLetter> letters = [];
        QueueCount count = await LookThroughAsync(
            MostListed,
            batch =>
            {
                letters.AddRange(batch.Select(message => DeadLetter.Of(message, time.GetUtcNow())));
                return Task.FromResult(new LookedAt([]));
            },
            cancellationToken);
        return new DeadLetterList([.. letters.OrderByDescending(letter => letter.SentAt)], Math.Max(count.Total, letters.Count));
    }

    /// <summary>Sends one message back to the human queue. A crash on the way doubles it, which changes nothing.</summary>
    /// <param name="permit">Who sends it back.</param>
    /// <param name="messageId">Which one.</param>
    /// <returns>How it went; nothing was sent where it is not there any more, or somebody else has it in hand.</returns>
    public Task<SentBack> SendBackAsync(Permit permit, string messageId, CancellationToken cancellationToken) => SendBackAsync(
        permit, MostSearched, batch => [.. batch.Where(message => message.MessageId == messageId)], single: true, cancellationToken);

    /// <summary>Sends what lies there now back to the human queue, up to 10,000 messages.</summary>
    public Task<SentBack> SendAllBackAsync(Permit permit, CancellationToken cancellationToken) => SendBackAsync(permit, MostSent, batch => batch, single: false, cancellationToken);

    /// <summary>Goes through the messages that lie there now, each once.</summary>
    /// <param name="most">How many to look at, at most.</param>
    /// <param name="look">Looks at a few, and says what is to become of them.</param>
    /// <returns>What the queue held before.</returns>
    public async Task<QueueCount> LookThroughAsync(int most, Func<IReadOnlyList<Message>, Task<LookedAt>> look, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        // Only the handles: a thousand bodies may be a gigabyte.
        Dictionary<string, string> held = new(StringComparer.Ordinal);
        try
        {
            QueueCount count = await _queue.CountAsync(cancellationToken);
            long left = Math.Min(most, count.Visible);
            while (left > 0)
            {
                IReadOnlyList<Message> batch = await _queue.ReceiveAsync(Wait, Hidden, (int)Math.Min(left, MessageQueue.MostMessages), whole: true, cancellationToken);
                Message[] fresh = [.. batch.Where(message => !held.ContainsKey(message.MessageId))];
                foreach (Message message in batch) held[message.MessageId] = message.ReceiptHandle;
                if (fresh.Length == 0) break; // all were seen, or somebody else has them
                left -= fresh.Length;
                LookedAt seen = await look(fresh);
                if (seen.Remove.Count > 0) await _queue.DeleteAsync(seen.Remove, CancellationToken.None);
                foreach (Message removed in seen.Remove) held.Remove(removed.MessageId);
                if (seen.Enough) break;
            }
            return count;
        }
        finally
        {
            await GiveBackAsync([.. held.Values]);
            _gate.Release();
        }
    }

    private async Task<SentBack> SendBackAsync(
        Permit permit, int most, Func<IReadOnlyList<Message>, IReadOnlyList<Message>> choose, bool single, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.SendBackDeadLetters);
        int sent = 0;
        string? failure = null;
        await LookThroughAsync(
            most,
            async batch =>
            {
                // Sent first and deleted then: between the two it is there twice, and never not at all.
                (Message Message, string? Failure)[] outcomes = await Task.WhenAll(choose(batch).Select(SendAsync));
                Message[] done = [.. outcomes.Where(outcome => outcome.Failure is null).Select(outcome => outcome.Message)];
                sent += done.Length;
                failure ??= outcomes.FirstOrDefault(outcome => outcome.Failure is not null).Failure;
                return new LookedAt(done, Enough: failure is not null || (single && sent > 0));
            },
            cancellationToken);
        return new SentBack(sent, failure);
    }

    private async Task<(Message Message, string? Failure)> SendAsync(Message message)
    {
        try
        {
            await _human.SendAgainAsync(message, CancellationToken.None);
            return (message, null);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            LogNotSent(logger, message.MessageId, exception);
            return (message, exception.Message);
        }
    }

    // Where that fails they come back by themselves, in half a minute.
    private async Task GiveBackAsync(IReadOnlyList<string> handles)
    {
        try
        {
            await _queue.HideAsync([.. handles.Select(handle => (handle, TimeSpan.Zero))], CancellationToken.None);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            LogNotGivenBack(logger, handles.Count, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dead letter {MessageId} could not be sent back.")]
    private static partial void LogNotSent(ILogger logger, string messageId, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} dead letters that were looked at could not be given back at once.")]
    private static partial void LogNotGivenBack(ILogger logger, int count, Exception exception);
}

using Amazon.SQS.Model;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.DeadLetters;

/// <summary>
/// Takes in what is a whole approval and ended among the dead letters all the same: processes that were killed at the wrong moment
/// used up its receives. A run waits for it, so it must come before a person. What can't be taken in stays.
/// </summary>
internal sealed partial class DeadLetterIntake(
    DeadLetterQueue queue, ApprovalIntake intake, IntakeStatus status, TimeProvider time, ILogger<DeadLetterIntake> logger)
{
    private const int MostLookedAt = 1_000;

    // What was found to be no approval will be none in ten seconds; a look costs every one of them a receive.
    private static readonly TimeSpan SecondLookAfter = TimeSpan.FromMinutes(1);

    private long _hopeless;
    private long _lookedAt;

    /// <summary>Looks through the dead letters once, where the last count says that there are some.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        long there = status.State.DeadLetters;
        if (there <= _hopeless && (there == 0 || time.GetElapsedTime(_lookedAt) < SecondLookAfter))
        {
            _hopeless = there;
            return;
        }
        Exception? failure = null;
        int taken = 0;
        QueueCount before = await queue.LookThroughAsync(
            MostLookedAt,
            async batch =>
            {
                (Message Message, bool Taken, Exception? Failure)[] outcomes = await Task.WhenAll(batch.Select(message => TakeInAsync(message, cancellationToken)));
                failure ??= outcomes.FirstOrDefault(outcome => outcome.Failure is not null).Failure;
                Message[] done = [.. outcomes.Where(outcome => outcome.Taken).Select(outcome => outcome.Message)];
                taken += done.Length;
                return new LookedAt(done, Enough: failure is not null || cancellationToken.IsCancellationRequested);
            },
            cancellationToken);
        if (taken > 0) LogTaken(logger, taken);
        if (failure is not null) throw new IOException(failure.Message, failure);
        (_hopeless, _lookedAt) = (before.Total - taken, time.GetTimestamp());
    }

    private async Task<(Message Message, bool Taken, Exception? Failure)> TakeInAsync(Message message, CancellationToken cancellationToken)
    {
        try
        {
            return (message, await intake.TakeInAsync(message, cancellationToken) is null, null);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            return (message, false, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} approvals that had ended among the dead letters are in the inbox.")]
    private static partial void LogTaken(ILogger logger, int count);
}

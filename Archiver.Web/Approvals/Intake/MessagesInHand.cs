using Amazon.SQS.Model;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Intake;

/// <summary>
/// The messages of one receive, from there to their end. Each goes its own way: into the table and off the queue, or back. Until
/// then it stays hidden from every other receiver, as long as that may take, so that a table that is down for an hour neither
/// loses a message nor uses up its receives; the receiver meanwhile takes nothing more.
/// </summary>
internal sealed partial class MessagesInHand(
    ApprovalIntake intake, MessageQueue queue, IReadOnlyList<Message> messages, IntakeStatus status, IntakePart part, TimeProvider time, ILogger logger)
{
    /// <summary>How long a received message is hidden at first, and with each extension: so long it takes to come back after a crash.</summary>
    public static readonly TimeSpan Hidden = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ExtendAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ExtendAgainAfter = TimeSpan.FromSeconds(1);

    // Good messages of a batch wait no longer than this for those that fail.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    // What is under way when the host stops may come to its end, well within the time that a host has.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    // Six failures in a row wait for 6.4 s at most: a table that is back is put to use soon.
    private const int SlowestPace = 6;

    private readonly List<Working> _working = [];
    private IReadOnlyList<Message> _durable = [];
    private long _extendAt;
    private long _deleteAt;
    private int _deleteFailures;
    private int _told;

    /// <summary>Brings every message to its end.</summary>
    /// <param name="stoppingToken">The host stops: what does not come to its end at once is given back.</param>
    public async Task SettleAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource ending = new(Timeout.InfiniteTimeSpan, time);
        using CancellationTokenRegistration stopping = stoppingToken.Register(() => ending.CancelAfter(Grace));
        _extendAt = After(ExtendAfter);
        _working.AddRange(messages.Select(message => new Working(message, TakeInAsync(message, ending.Token, stoppingToken))));
        try
        {
            do
            {
                await WaitAsync(stoppingToken);
                await SortAsync();
                await DeleteAsync();
                if (_working.Count == 0 && stoppingToken.IsCancellationRequested) return; // what could not be deleted is a duplicate when it comes again
                await ExtendAsync();
            }
            while (_working.Count + _durable.Count > 0);
        }
        finally
        {
            status.Resumed(part);
        }
    }

    private async Task<Fate> TakeInAsync(Message message, CancellationToken ending, CancellationToken stoppingToken)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                if (await intake.TakeInAsync(message, ending) is not { } reason) return Fate.Durable;
                status.Rejected(message.MessageId, reason);
                LogRejected(logger, message.MessageId, reason);
                return Fate.Rejected;
            }
            catch (Exception exception) when (CloudFailure.Is(exception))
            {
                if (stoppingToken.IsCancellationRequested) return Fate.GivenUp;
                Pause(exception);
            }
            await Task.Delay(Pace(failures), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return Fate.GivenUp;
        }
    }

    // Till all are done, or a beat: what is done by then does not wait for the rest.
    private Task WaitAsync(CancellationToken stoppingToken)
    {
        Task all = _working.Count > 0 ? Task.WhenAll(_working.Select(one => one.Task)).WaitAsync(Beat, time, CancellationToken.None) : Task.Delay(Beat, time, stoppingToken);
        return SuppressedAsync(all);

        static async Task SuppressedAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SortAsync()
    {
        List<Message> durable = [.. _durable];
        List<(string, TimeSpan)> back = [];
        foreach (Working done in _working.Where(one => one.Task.IsCompleted).ToArray())
        {
            _working.Remove(done);
            switch (await done.Task)
            {
                case Fate.Durable:
                    durable.Add(done.Message);
                    break;
                case Fate.Rejected:
                    back.Add((done.Message.ReceiptHandle, BackAfter(done.Message.Receives())));
                    break;
                default:
                    back.Add((done.Message.ReceiptHandle, TimeSpan.Zero));
                    break;
            }
        }
        _durable = durable;
        await TryAsync(() => queue.HideAsync(back, CancellationToken.None)); // where that fails it comes back by itself
    }

    // Time makes no better message of it: it is given back at once, and soon had its last receive. Where no receive is the last,
    // because the queue has no dead letters, it must not keep the receivers busy for ever.
    private static TimeSpan BackAfter(int receives) => receives <= 5 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(900, Math.Pow(2, Math.Min(receives, 20) - 5)));

    private async Task DeleteAsync()
    {
        if (_durable.Count == 0 || time.GetTimestamp() < _deleteAt) return;
        Exception? failure = await TryAsync(async () => _durable = await queue.DeleteAsync(_durable, CancellationToken.None));
        if (_durable.Count == 0)
        {
            _deleteFailures = 0;
            return;
        }
        _deleteAt = After(Pace(++_deleteFailures));
        Pause(failure ?? new IOException("The queue did not delete what was taken in."));
    }

    private async Task ExtendAsync()
    {
        if (_working.Count + _durable.Count == 0 || time.GetTimestamp() < _extendAt) return;
        (string, TimeSpan)[] all = [.. _working.Select(one => one.Message).Concat(_durable).Select(message => (message.ReceiptHandle, Hidden))];
        Exception? failure = await TryAsync(() => queue.HideAsync(all, CancellationToken.None));
        _extendAt = After(failure is null ? ExtendAfter : ExtendAgainAfter);
    }

    private void Pause(Exception exception)
    {
        status.Paused(part, exception.Message);
        // Once for the batch: the state says the rest, and a minute of failures is no reason for a thousand lines.
        if (Interlocked.Exchange(ref _told, 1) == 0) LogPaused(logger, part, exception);
    }

    private async Task<Exception?> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            LogQueueFailed(logger, part, exception);
            return exception;
        }
    }

    private static TimeSpan Pace(int failures) => Backoff.Delay(Math.Min(failures, SlowestPace), Random.Shared.NextDouble());

    private long After(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message {MessageId} can't be taken in: {Reason}")]
    private static partial void LogRejected(ILogger logger, string messageId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Part} keeps what it received, and takes no more until it is brought to its end.")]
    private static partial void LogPaused(ILogger logger, IntakePart part, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A call of {Part} on the queue failed.")]
    private static partial void LogQueueFailed(ILogger logger, IntakePart part, Exception exception);

    private enum Fate
    {
        Durable,
        Rejected,
        GivenUp,
    }

    private sealed record Working(Message Message, Task<Fate> Task);
}

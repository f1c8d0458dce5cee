using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// Sends dead letters back, in the background, each as a new message.
/// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html.
/// </summary>
internal sealed partial class MoveTaskService(SqsService queues, SqsStore store, TimeProvider time, ILogger<MoveTaskService> logger)
    : IStartupTask, IAsyncDisposable
{
    private const int LargestRate = 500;
    private const int StepSize = 100;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<long, Task> _running = new();
    private bool _disposed;

    /// <summary>Goes on with the tasks that a stop interrupted.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (MoveTask task in store.MoveTasks.Running())
            Follow(task);
        return Task.CompletedTask;
    }

    /// <summary>Starts a task.</summary>
    /// <param name="sourceArn">The dead-letter queue.</param>
    /// <param name="destinationArn">Whither; nothing for the queue that each message came from.</param>
    /// <param name="rate">Messages a second, 1 to 500.</param>
    /// <returns>The task's handle.</returns>
    public string Start(string sourceArn, string? destinationArn, int? rate)
    {
        LiveQueue source = queues.FindByArn(sourceArn) ?? throw NotFound("SourceArn");
        if (!queues.IsDeadLetterQueue(sourceArn))
            throw SqsErrors.InvalidParameterValue("Source queue must be configured as a Dead Letter Queue.");
        if (destinationArn is not null && queues.FindByArn(destinationArn) is null)
            throw NotFound("DestinationArn");
        if (destinationArn == sourceArn)
            throw SqsErrors.InvalidParameterValue("Source queue arn and destination queue arn cannot be the same.");
        if (rate is < 1 or > LargestRate)
            throw SqsErrors.InvalidParameterValue("MaxNumberOfMessagesPerSecond", rate, $"Must be an integer between 1 and {LargestRate}.");

        DateTimeOffset now = time.GetUtcNow();
        MoveTask task = store.MoveTasks.Add(
            Guid.NewGuid().ToString("N"), sourceArn, destinationArn, rate, store.Messages.Count(source.Definition, now).Visible, now)
            ?? throw SqsErrors.InvalidParameterValue("There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
        Follow(task);
        return task.Handle;
    }

    /// <summary>The newest tasks of a queue, newest first.</summary>
    /// <param name="sourceArn">The dead-letter queue.</param>
    /// <param name="count">1 to 10.</param>
    public IReadOnlyList<MoveTask> List(string sourceArn, int count)
    {
        if (queues.FindByArn(sourceArn) is null)
            throw NotFound("SourceArn");
        return count is >= 1 and <= 10
            ? store.MoveTasks.List(sourceArn, count)
            : throw SqsErrors.InvalidParameterValue("MaxResults", count, "Must be an integer between 1 and 10.");
    }

    /// <summary>Cancels a task; what it moved stays moved.</summary>
    /// <returns>How many it had moved.</returns>
    public long Cancel(string handle)
    {
        MoveTask task = store.MoveTasks.Find(handle) ?? throw SqsErrors.ResourceNotFound("Task does not exist.");
        if (!store.MoveTasks.End(task.Id, MoveTask.Cancelled, null))
            throw SqsErrors.InvalidParameterValue("Only active tasks can be cancelled.");
        return store.MoveTasks.Find(handle)!.Moved;
    }

    /// <summary>Ends when no task is under way in this process.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_running.Values);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The container disposes it once for every service that it is registered as.
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _stopping.CancelAsync();
        await WhenIdleAsync();
        _stopping.Dispose();
    }

    private void Follow(MoveTask task)
    {
        foreach ((long id, Task done) in _running.Where(running => running.Value.IsCompleted))
            _running.TryRemove(id, out _);
        _running[task.Id] = Task.Run(() => MoveAsync(task, _stopping.Token), CancellationToken.None);
    }

    private async Task MoveAsync(MoveTask task, CancellationToken cancellationToken)
    {
        try
        {
            long left = task.ToMove - task.Moved;
            while (left > 0 && !cancellationToken.IsCancellationRequested)
            {
                (int moved, string? failure) = MoveSome(task, (int)Math.Min(left, task.Rate ?? StepSize));
                left -= moved;
                if (!store.MoveTasks.AddMoved(task.Id, moved))
                    return; // Cancelled.
                if (failure is not null)
                {
                    store.MoveTasks.End(task.Id, MoveTask.Failed, failure);
                    LogFailed(task.SourceArn, failure);
                    return;
                }
                if (moved == 0)
                    break; // The rest was received or deleted meanwhile.
                if (task.Rate is not null && left > 0)
                    await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            // A stop is no end: the task goes on at the next start.
            if (!cancellationToken.IsCancellationRequested && store.MoveTasks.End(task.Id, MoveTask.Completed, null))
                LogCompleted(task.SourceArn);
        }
        catch (Exception exception) when (exception is Microsoft.Data.Sqlite.SqliteException or IOException)
        {
            LogBroken(task.SourceArn, exception);
        }
    }

    private (int Moved, string? Failure) MoveSome(MoveTask task, int count)
    {
        if (queues.FindByArn(task.SourceArn) is not { } source)
            return (0, "AWS.SimpleQueueService.NonExistentQueue");
        int moved = 0;
        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<StoredMessage> messages = store.Messages.Peek(source.Definition, count, now);
        foreach (IGrouping<string?, StoredMessage> group in messages.GroupBy(message => task.DestinationArn ?? message.DeadLetterSourceArn))
        {
            if (group.Key is null)
                return (moved, "CouldNotDetermineMessageSource");
            if (queues.FindByArn(group.Key) is not { } destination
                || store.Messages.Move(source.Definition, destination.Definition, [.. group], now) is not { } some)
            {
                return (moved, "AWS.SimpleQueueService.NonExistentQueue");
            }
            destination.Line.Call();
            moved += some;
        }
        return (moved, null);
    }

    private static Wire.AwsError NotFound(string parameter) =>
        SqsErrors.ResourceNotFound($"The resource that you specified for the {parameter} parameter doesn't exist.");

    [LoggerMessage(LogLevel.Information, "Moved the dead letters of {SourceArn}")]
    private partial void LogCompleted(string sourceArn);

    [LoggerMessage(LogLevel.Warning, "Moving the dead letters of {SourceArn} failed: {Failure}")]
    private partial void LogFailed(string sourceArn, string failure);

    [LoggerMessage(LogLevel.Error, "Moving the dead letters of {SourceArn} broke off; it goes on at the next start")]
    private partial void LogBroken(string sourceArn, Exception exception);
}

using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Store;
using Archiver.Web.Cloud;

namespace Archiver.Web.Audit.Trail;

/// <summary>How the trail is doing.</summary>
/// <param name="Pending">How many entries are not written yet.</param>
/// <param name="Head">Where the chain stood when this process last heard of it.</param>
/// <param name="FailingSince">Since when nothing could be written; nothing while it can.</param>
/// <param name="Because">What the cloud said.</param>
internal sealed record AuditState(int Pending, AuditHead? Head, DateTimeOffset? FailingSince, string? Because);

/// <summary>
/// The audit trail over the table. All that a process has to record goes through one writer, in one order: what comes while a
/// block is being written goes together into the next, so that one round trip carries many entries. Another dashboard may be
/// faster; then the block goes on from that one's. It is tried until it is written, since it may be there already when its answer
/// is lost: nothing is skipped, and nothing written twice.
/// </summary>
/// <remarks>
/// What is added behind the caller's back waits in memory until it is written, however long that takes, and health says how much
/// that is; meanwhile no command is let through, since its attempt could not be put on record, so that little is added.
/// </remarks>
internal sealed partial class AuditTrail(AuditStore store, AuditHasher hasher, TimeProvider time, ILogger<AuditTrail> logger) : IAuditTrail, IDisposable
{
    /// <summary>How long <see cref="AppendAsync"/> tries.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // So many commands at once wait for their attempt to be on record; the next wait for one of these.
    private const int MostAppending = 4096;
    private const int HeadsLoggedEach = 1000;
    private const int LossesAtOnce = 3;

    private readonly string _writer = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostAppending);
    private readonly Lock _lock = new();
    private readonly LinkedList<PendingEntry> _queue = new();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private IReadOnlyList<PendingEntry> _underWay = [];
    private long _blocks;
    private AuditHead? _head;
    private DateTimeOffset? _failingSince;
    private Exception? _failure;

    /// <summary>How it is doing.</summary>
    public AuditState State
    {
        get { lock (_lock) return new AuditState(_queue.Count + _underWay.Count, _head, _failingSince, _failure?.Message); }
    }

    /// <inheritdoc/>
    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token, cancellationToken);
        PendingEntry pending = new(AuditText.Fit(entry));
        bool hasRoom = false;
        try
        {
            await _room.WaitAsync(end.Token);
            hasRoom = true;
            Enqueue(pending);
            await pending.Written.Task.WaitAsync(end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is in the block that is being written may still come to be on record.
            lock (_lock) _queue.Remove(pending);
            Exception? failure = _failure;
            throw new TimeoutException(failure is null ? "The audit trail took too long to write." : $"The audit trail can't be written: {failure.Message}", failure);
        }
        catch (OperationCanceledException)
        {
            lock (_lock) _queue.Remove(pending);
            throw;
        }
        finally
        {
            if (hasRoom) _room.Release();
        }
    }

    /// <inheritdoc/>
    public void Add(AuditEntry entry) => Enqueue(new PendingEntry(AuditText.Fit(entry)));

    /// <summary>Waits until all is written that was added before.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task writing;
            lock (_lock)
            {
                if (!_isWriting) return;
                writing = _writing;
            }
            await writing.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Reads where the chain stands, unless that is known already, and logs it.</summary>
    public async Task LogHeadAsync(CancellationToken cancellationToken)
    {
        AuditHead head = State.Head ?? await store.ReadHeadAsync(cancellationToken);
        LogHead(logger, head.Sequence, head.Hash);
    }

    /// <summary>Says of each entry that is not written that it is lost with this process.</summary>
    public void LogLost()
    {
        PendingEntry[] lost;
        lock (_lock) lost = [.. _underWay, .. _queue];
        foreach (AuditEntry entry in lost.Select(pending => pending.Entry))
            LogLost(logger, entry.Operation, entry.Phase, entry.Attempt, entry.By.Id, entry.On.Kind, entry.On.Id);
    }

    /// <summary>Gives up what is not written. A host drains it before.</summary>
    /// <remarks>Whoever still waits looks at the two once more, and neither holds anything that had to be given back.</remarks>
    public void Dispose() => _stop.Cancel();

    private void Enqueue(PendingEntry pending)
    {
        lock (_lock)
        {
            _queue.AddLast(pending);
            if (_isWriting) return;
            _isWriting = true;
            // What it does for this caller's entry, it does for everybody's: nothing of the caller goes with it.
            using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
            CancellationToken stop = _stop.Token;
            _writing = Task.Run(() => WriteAsync(stop), CancellationToken.None);
        }
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        while (true)
        {
            AuditBatch batch;
            lock (_lock)
            {
                _underWay = [];
                if (_queue.Count == 0 || stop.IsCancellationRequested)
                {
                    _isWriting = false;
                    return;
                }
                batch = AuditBatch.Take(_queue, $"{_writer}-{++_blocks}");
                _underWay = batch.Entries;
            }
            await WriteAsync(batch, stop);
        }
    }

    private async Task WriteAsync(AuditBatch batch, CancellationToken stop)
    {
        int failures = 0, losses = 0;
        while (!stop.IsCancellationRequested)
        {
            TimeSpan pause = TimeSpan.Zero;
            try
            {
                AuditHead head = State.Head ?? await store.ReadHeadAsync(stop);
                // Known from here on: a block whose fate is not known is tried again in its own place, and in no other.
                Know(head);
                AuditBlock block = batch.After(head, hasher);
                if (await store.AppendAsync(block, batch.Stamp, stop) is not { } other)
                {
                    Written(batch, block, head);
                    return;
                }
                // Another dashboard was faster: the next place is after its block, or further on where that one is old, too.
                Know(++losses % 2 == 1 ? other : null);
                if (losses > LossesAtOnce) pause = Backoff.Delay(losses - LossesAtOnce, Random.Shared.NextDouble());
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return; // given up, and the clients perhaps gone already
            }
            catch (Exception exception)
            {
                // Whatever it is: a record that stops being written for a bug of ours would be no record.
                Failed(exception);
                LogFailed(logger, ++failures, exception);
                pause = Backoff.Delay(failures, Random.Shared.NextDouble());
            }
            if (pause > TimeSpan.Zero) await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Know(AuditHead? head)
    {
        lock (_lock) _head = head;
    }

    private void Failed(Exception exception)
    {
        lock (_lock) (_failingSince, _failure) = (_failingSince ?? time.GetUtcNow(), exception);
    }

    private void Written(AuditBatch batch, AuditBlock block, AuditHead before)
    {
        lock (_lock) (_head, _failingSince, _failure) = (block.Head, null, null);
        foreach (PendingEntry pending in batch.Entries) pending.Written.TrySetResult();
        if (block.Last / HeadsLoggedEach != before.Sequence / HeadsLoggedEach) LogHead(logger, block.Last, block.Hash);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "audit head {Sequence} {Hash}")]
    private static partial void LogHead(ILogger logger, long sequence, string hash);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit trail could not be written {Failures} times in a row; it is tried again.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Not on record, and lost with this process: {Operation} {Phase}, attempt {Attempt}, by {Person} on {Kind} {Id}")]
    private static partial void LogLost(ILogger logger, Identity.Access.Operation operation, AuditPhase phase, string attempt, string person, string kind, string id);
}

using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>
/// A loop around one awaited method, the round: it is made when somebody signals, and when the last one said that it wants to be. Rounds
/// never overlap. One that fails is made again after a pause.
/// </summary>
/// <param name="name">What it does, for the log.</param>
/// <param name="round">Does all that can be done now; gives when there will be more to do, if that is known.</param>
internal sealed partial class Pump(string name, Func<CancellationToken, Task<DateTimeOffset?>> round, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Says that there is something to do.</summary>
    public void Signal() => _signals.Writer.TryWrite(true);

    /// <summary>Begins, with a round.</summary>
    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>Makes a round, after the one that is under way: what was there to do before the call is done when this returns.</summary>
    public async Task<DateTimeOffset?> RunNowAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await round(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends, after the round that is under way or where that can be broken off.</summary>
    public async Task StopAsync()
    {
        if (!_disposed)
            await _stop.CancelAsync();
        await _loop;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        await StopAsync();
        _disposed = true;
        _stop.Dispose();
        _turn.Dispose();
    }

    private async Task LoopAsync()
    {
        CancellationToken stopping = _stop.Token;
        try
        {
            while (true)
            {
                DateTimeOffset? next = await RunAndLogAsync(stopping);
                await WaitAsync(next, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left to do is kept where it is read from, and the next start does it.
        }
    }

    private async Task<DateTimeOffset?> RunAndLogAsync(CancellationToken stopping)
    {
        try
        {
            return await RunNowAsync(stopping);
        }
#pragma warning disable CA1031 // A full disk, say: it may pass, and the loop must be there then.
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(logger, name, exception);
            return time.GetUtcNow() + AfterFailure;
        }
    }

    private async Task WaitAsync(DateTimeOffset? next, CancellationToken stopping)
    {
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task<bool> signal = _signals.Reader.ReadAsync(waiting.Token).AsTask();
        if (next is not { } due)
        {
            await signal;
            return;
        }
        TimeSpan left = due - time.GetUtcNow();
        if (left > TimeSpan.Zero)
            await Task.WhenAny(signal, Task.Delay(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1), time, waiting.Token));
        await waiting.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Name} failed; it is tried again in a second.")]
    private static partial void LogFailed(ILogger logger, string name, Exception exception);
}

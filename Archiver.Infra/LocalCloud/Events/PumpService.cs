using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>
/// A service whose work is one <see cref="Pump"/>. It begins when the stack is there, which is after the host has started, and ends with the
/// host while the wire still answers what is under way.
/// </summary>
internal abstract class PumpService : IHostedLifecycleService, IAsyncDisposable
{
    /// <summary>Makes it; it begins with <see cref="Pump.Start"/>.</summary>
    /// <param name="name">What it does, for the log.</param>
    protected PumpService(string name, TimeProvider time, ILogger logger) => Pump = new Pump(name, RoundAsync, time, logger);

    /// <summary>The loop.</summary>
    public Pump Pump { get; }

    /// <inheritdoc/>
    public virtual Task StoppingAsync(CancellationToken cancellationToken) => Pump.StopAsync();

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await Pump.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does all that can be done now.</summary>
    /// <returns>When there will be more to do, if that is known.</returns>
    protected abstract Task<DateTimeOffset?> RoundAsync(CancellationToken cancellationToken);
}

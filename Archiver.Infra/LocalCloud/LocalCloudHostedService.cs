using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Archiver.Infra.LocalCloud;

/// <summary>Starts and stops a local cloud with the host that it is in.</summary>
internal sealed class LocalCloudHostedService(IOptions<LocalCloudOptions> options, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, ILocalCloud, IAsyncDisposable
{
    private LocalCloudServer? _server;

    /// <inheritdoc/>
    public Uri Endpoint => _server?.Endpoint ?? throw new InvalidOperationException("The local cloud has not started.");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken) =>
        _server = await LocalCloudServer.StartAsync(options.Value, time, loggers, cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    /// <summary>Stops it where the host could not: a host whose start failed later on is disposed of without being stopped.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _server, null)?.DisposeAsync() ?? ValueTask.CompletedTask;
}

using Archiver.Web.Cloud;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Archiver.Web.Identity.Local;

/// <summary>What stands before whoever started the program: its standard output. Not the log, which may be kept, and read by others.</summary>
internal sealed record Terminal(TextWriter Out);

/// <summary>Prints the link that signs in, once the addresses that the dashboard answers on are known.</summary>
internal sealed class LinkPrinter(OneTimeLink link, Terminal terminal, IServer server) : IHostedLifecycleService
{
    private string? _address;

    /// <summary>Prints the link that is good now.</summary>
    public void Print()
    {
        // In one call: other threads write lines of their own.
        if (_address is { } address) terminal.Out.WriteLine($"Sign in: {address}/sign-in#{link.Code}");
    }

    /// <inheritdoc/>
    /// <exception cref="StartupException">It answers on an address that others reach, too.</exception>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        ICollection<string> addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        // Settings were looked at before; this is what came of them, whichever they are.
        Shell.LoopbackGuard.CheckAddresses(addresses);
        _address = addresses.FirstOrDefault()?.TrimEnd('/');
        Print();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

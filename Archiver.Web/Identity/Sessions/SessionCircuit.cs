using System.Security.Claims;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.SignIn;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Archiver.Web.Identity.Sessions;

/// <summary>
/// Keeps an open circuit to its session: a circuit outlives by hours the request that it began with, and what somebody may do
/// changes meanwhile. Being open is use of the session.
/// </summary>
internal sealed partial class SessionCircuit(
    SessionService sessions, CallerSession current, Caller caller, AuthenticationStateProvider state, SignInOptions options, TimeProvider time,
    ILogger<SessionCircuit> logger) : CircuitHandler, IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _looks = new(0);
    private Task _watch = Task.CompletedTask;
    private string? _key;
    private string? _from;

    /// <inheritdoc/>
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        await AttachAsync(cancellationToken);
        sessions.Changed += Look;
        _watch = Task.Run(WatchAsync, CancellationToken.None);
    }

    /// <summary>A connection that comes back is a request of its own, and may be another session's: the browser's next one.</summary>
    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => AttachAsync(cancellationToken);

    /// <inheritdoc/>
    public override async Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => await StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _closed.Dispose();
        _looks.Dispose();
    }

    private async Task StopAsync()
    {
        sessions.Changed -= Look;
        await _closed.CancelAsync();
        await _watch;
    }

    private async Task AttachAsync(CancellationToken cancellationToken)
    {
        ClaimsPrincipal principal = (await state.GetAuthenticationStateAsync()).User;
        if (SessionPrincipal.KeyOf(principal) is not { } key) return;
        (_key, _from) = (key, SessionPrincipal.FromOf(principal));
        current.Take(await sessions.FindAsync(key, cancellationToken), _from);
    }

    private void Look(string key)
    {
        if (key == _key && _looks.CurrentCount == 0) _looks.Release();
    }

    private async Task WatchAsync()
    {
        long answered = time.GetTimestamp();
        while (true)
        {
            try
            {
                await WaitAsync();
                if (_key is not { } key) continue;
                Session? session = await sessions.FindAsync(key, _closed.Token);
                answered = time.GetTimestamp();
                if (current.Take(session, _from)) Publish();
            }
            catch (OperationCanceledException) when (_closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (CloudFailure.Is(exception))
            {
                LogUnknown(logger, exception);
                // What can't be looked up for long is not taken to hold: the page stays, its commands are refused.
                if (time.GetElapsedTime(answered) > SessionService.Grace) caller.Become(null, _from);
            }
        }
    }

    // Until it is time to look again, or something happened to the session here.
    private async Task WaitAsync()
    {
        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        Task look = _looks.WaitAsync(waited.Token);
        await Task.WhenAny(look, Task.Delay(options.Trusted, time, waited.Token));
        await waited.CancelAsync();
        await look.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Token.ThrowIfCancellationRequested();
    }

    private void Publish()
    {
        if (state is IHostEnvironmentAuthenticationStateProvider host) host.SetAuthenticationState(Task.FromResult(new AuthenticationState(current.Principal)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A circuit's session could not be looked up.")]
    private static partial void LogUnknown(ILogger logger, Exception exception);
}

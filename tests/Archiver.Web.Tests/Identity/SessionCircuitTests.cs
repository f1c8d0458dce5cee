using System.Security.Claims;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Sessions;
using Archiver.Web.Identity.SignIn;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Identity;

/// <summary>What an open page makes of its session, which may change or end while nobody touches the page.</summary>
public sealed class SessionCircuitTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly Caller _caller = new();
    private readonly PageState _state = new();
    private readonly SignInOptions _options = new();
    private readonly CallerSession _current;
    private readonly SessionStore _store;
    private readonly SessionService _sessions;

    public SessionCircuitTests(CloudFixture cloud)
    {
        _current = new CallerSession(_caller);
        _store = new SessionStore(cloud.DynamoDb, cloud.Resources);
        _sessions = new SessionService(_store, _options, _time, _services);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Opened_WithASession_TheCallerIsItsPerson()
    {
        Session session = await SignInAsync();
        await using SessionCircuit circuit = await OpenAsync(session);

        Assert.Equal((session.Self.Id, "10.0.0.7"), (_caller.Person?.Id, _caller.From));
    }

    [Fact]
    public async Task Opened_WithoutASession_TheCallerIsNobody()
    {
        await using SessionCircuit circuit = await OpenAsync(null);

        Assert.Null(_caller.Person);
    }

    [Fact]
    public async Task EndedHere_TheCallerIsNobodyAtOnce()
    {
        Session session = await SignInAsync();
        await using SessionCircuit circuit = await OpenAsync(session);
        Task<ClaimsPrincipal> told = _state.NextAsync();

        await _sessions.EndAsync(session.Key, Cancel);

        Assert.False((await told.WaitAsync(BunitContext.DefaultWaitTimeout, Cancel)).Identity!.IsAuthenticated);
        Assert.Null(_caller.Person);
    }

    [Fact]
    public async Task ChangedOnAnotherReplica_IsSeenWithinTheTimeThatIsTrusted()
    {
        Session session = await SignInAsync();
        await using SessionCircuit circuit = await OpenAsync(session);
        Task<ClaimsPrincipal> told = _state.NextAsync();
        await _store.ActAsAsync(session.Key, new Person("local|Vic", "Vic", new HashSet<Role> { Role.Viewer }), Cancel); // past this replica's service

        while (!told.IsCompleted)
        {
            _time.Advance(_options.Trusted); // the watch may not wait yet when the clock moves
            await _store.GetAsync(session.Key, Cancel); // a real call, beside which the watch goes on
        }

        Assert.True((await told).IsInRole(nameof(Role.Viewer)));
        Assert.Equal(("local|Vic", false), (_caller.Person?.Id, _caller.Person!.May(Operation.Decide)));
    }

    [Fact]
    public async Task ConnectionUp_WithAnotherSession_IsThatOne()
    {
        Session first = await SignInAsync("Ann");
        Session second = await SignInAsync("Ben");
        await using SessionCircuit circuit = await OpenAsync(first);

        _state.Become(SessionPrincipal.Of(second, "10.0.0.8"));
        await circuit.OnConnectionUpAsync(null!, Cancel);

        Assert.Equal((second.Self.Id, "10.0.0.8"), (_caller.Person?.Id, _caller.From));
    }

    private async Task<Session> SignInAsync(string name = "Ann") => (await _sessions.StartAsync(Permits.Someone(name), "10.0.0.7", Cancel)).Session;

    private async Task<SessionCircuit> OpenAsync(Session? session)
    {
        _state.Become(session is null ? SessionPrincipal.Nobody : SessionPrincipal.Of(session, "10.0.0.7"));
        SessionCircuit circuit = new(_sessions, _current, _caller, _state, _options, _time, NullLogger<SessionCircuit>.Instance);
        await circuit.OnCircuitOpenedAsync(null!, Cancel); // it looks at no circuit's own members
        return circuit;
    }

    /// <summary>Who a page takes to be there.</summary>
    private sealed class PageState : AuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider
    {
        private Task<AuthenticationState> _state = Task.FromResult(new AuthenticationState(SessionPrincipal.Nobody));
        private TaskCompletionSource<ClaimsPrincipal> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Become(ClaimsPrincipal principal) => _state = Task.FromResult(new AuthenticationState(principal));

        public Task<ClaimsPrincipal> NextAsync() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => _state;

        public void SetAuthenticationState(Task<AuthenticationState> authenticationStateTask) =>
            authenticationStateTask.ContinueWith(state => _next.TrySetResult(state.Result.User), TaskScheduler.Default);
    }
}

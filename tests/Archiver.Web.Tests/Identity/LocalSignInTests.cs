using System.Net;
using System.Net.Http.Json;
using Archiver.Web.Audit;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Local;
using Archiver.Web.Identity.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Identity;

public sealed class LocalSignInTests(CloudFixture cloud) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private DashboardHost _host = null!;
    private HttpClient _browser = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Code => _host.Services.GetRequiredService<OneTimeLink>().Code;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _host = await DashboardHost.StartAsync(cloud, _time);
        _browser = _host.Client();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Enter_WithTheCode_SignsInWithEveryRoleOnRecord()
    {
        using HttpResponseMessage answer = await EnterAsync(Code, "/runs?x=1");

        Assert.Equal("/runs?x=1", (await answer.Content.ReadFromJsonAsync<GoOn>(Cancel))!.Location);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/runs/uploads/token", Cancel)).StatusCode);
        AuditEntry entry = Assert.Single(_host.Trail.Entries);
        Assert.Equal((Operation.SignIn, AuditPhase.Done, LocalSignIn.Owner.Id), (entry.Operation, entry.Phase, entry.By.Id));
        Assert.Equal(Enum.GetValues<Role>(), entry.By.Roles);
    }

    [Fact]
    public async Task Enter_WithACodeThatWasUsed_IsRefusedOnRecordWithoutIt()
    {
        string code = Code;
        using HttpResponseMessage first = await EnterAsync(code);
        using HttpResponseMessage second = await EnterAsync(code);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (first.StatusCode, second.StatusCode));
        AuditEntry refusal = _host.Trail.Entries[^1];
        Assert.Equal((Operation.SignIn, AuditPhase.Refused), (refusal.Operation, refusal.Phase));
        Assert.DoesNotContain(_host.Trail.Entries, entry => entry.ToString().Contains(code, StringComparison.Ordinal));
        Assert.NotEqual(code, Code);
    }

    [Fact]
    public async Task Enter_OfManyAtOnceWithTheCode_OneGetsIn()
    {
        string code = Code;

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EnterAsync(code)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Enter_AfterTenWrongCodes_IsNotLookedAtForAMinute()
    {
        for (int i = 0; i < OneTimeLink.MostWrong; i++) Assert.Equal(HttpStatusCode.Forbidden, (await EnterAsync($"wrong {i}")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await EnterAsync(Code)).StatusCode);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(Code)).StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example", true)]
    [InlineData("http://127.0.0.1:1", true)]
    [InlineData("null", true)]
    [InlineData(null, true)]
    [InlineData("own", false)]
    public async Task Enter_OfAnotherSitesPage_IsRefusedAndTheCodeIsGoodStill(string? origin, bool header)
    {
        string code = Code;
        using HttpResponseMessage answer = await EnterAsync(code, null, origin == "own" ? Own : origin, header);

        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, $"{answer.StatusCode}");
        Assert.Equal(code, Code);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/sign-in?returnUrl=/sign-in")]
    public async Task Enter_WithAReturnAddressElsewhere_GoesHome(string returnUrl)
    {
        using HttpResponseMessage answer = await EnterAsync(Code, returnUrl);

        Assert.Equal("/approvals", (await answer.Content.ReadFromJsonAsync<GoOn>(Cancel))!.Location);
    }

    [Fact]
    public async Task SignOut_EndsTheSessionAndNotOnlyTheCookie()
    {
        using HttpResponseMessage entered = await EnterAsync(Code);
        string cookie = entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using HttpClient copy = _host.Client();
        copy.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.OK, (await copy.GetAsync("/results/export.csv", Cancel)).StatusCode);

        using HttpRequestMessage request = new(HttpMethod.Post, "/sign-out");
        request.Headers.Add("X-Archiver", "1");
        request.Headers.Add("Origin", Own);
        (await _browser.SendAsync(request, Cancel)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.Unauthorized, (await copy.GetAsync("/results/export.csv", Cancel)).StatusCode);
        Assert.Equal(Operation.SignOut, _host.Trail.Entries[^1].Operation);
    }

    [Fact]
    public async Task Session_AfterARestart_Holds()
    {
        using HttpResponseMessage entered = await EnterAsync(Code);
        string id = entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=')[1];
        await using DashboardHost other = await DashboardHost.StartAsync(cloud, _time);

        Session? session = await other.Services.GetRequiredService<SessionService>().FindAsync(SessionId.KeyOf(id)!, Cancel);

        Assert.Equal(LocalSignIn.Owner.Id, session?.Self.Id);
    }

    [Fact]
    public async Task Session_EndedOnAnotherReplica_EndsHereWithinSeconds()
    {
        await using DashboardHost other = await DashboardHost.StartAsync(cloud, _time);
        SessionService here = _host.Services.GetRequiredService<SessionService>(), there = other.Services.GetRequiredService<SessionService>();
        (_, Session session) = await here.StartAsync(Permits.Someone("Ann"), null, Cancel);
        Assert.NotNull(await here.FindAsync(session.Key, Cancel));
        await there.EndAsync(session.Key, Cancel);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await here.FindAsync(session.Key, Cancel));
    }

    [Fact]
    public async Task ActAs_SomebodyElse_IsThemEverywhereUntilOneComesBack()
    {
        SessionService sessions = _host.Services.GetRequiredService<SessionService>();
        (string id, Session session) = await sessions.StartAsync(LocalSignIn.Owner, null, Cancel);
        _browser.DefaultRequestHeaders.Add("Cookie", $"archiver-session-{_host.Address.Port}={id}");
        Person vic = new("local|Vic", "Vic", new HashSet<Role> { Role.Viewer });

        await sessions.ActAsAsync(Permits.For(Operation.ActAs), session.Key, vic, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.GetAsync("/runs/uploads/token", Cancel)).StatusCode);
        await sessions.ActAsAsync(Permits.For(Operation.ActAs), session.Key, null, Cancel);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/runs/uploads/token", Cancel)).StatusCode);
    }

    private string Own => _host.Address.GetLeftPart(UriPartial.Authority);

    private Task<HttpResponseMessage> EnterAsync(string code, string? returnUrl = null) => EnterAsync(code, returnUrl, Own, true);

    private async Task<HttpResponseMessage> EnterAsync(string code, string? returnUrl, string? origin, bool header)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/sign-in/local") { Content = JsonContent.Create(new CodeRequest(code, returnUrl)) };
        if (header) request.Headers.Add("X-Archiver", "1");
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await _browser.SendAsync(request, Cancel);
    }
}

using System.Net;
using System.Net.Http.Json;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Local;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Identity.Provider;

/// <summary>One provider for all of a class' tests: it takes seconds to get going.</summary>
public sealed class ProviderFixture : IAsyncLifetime
{
    /// <summary>The provider.</summary>
    public ProviderHost Provider { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Provider = await ProviderHost.StartAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Provider.DisposeAsync();
}

/// <summary>Signing in at a real provider, request by request, and what must not get anybody in.</summary>
public sealed class ProviderSignInTests(CloudFixture cloud, ProviderFixture fixture) : IClassFixture<ProviderFixture>, IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly ProviderHost _provider = fixture.Provider;
    private DashboardHost _dashboard = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _provider.Reset();
        _dashboard = await DashboardHost.StartAsync(cloud, _time, _provider.Settings(recheckSeconds: 30));
        await _provider.RegisterAsync(_dashboard.Address);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Theory]
    [InlineData("Vic", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("Rita", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("Olga", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("Nora", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task SignIn_EachRole_GetsWhereItMay(string who, HttpStatusCode results, HttpStatusCode uploads)
    {
        using HttpClient browser = _dashboard.Client();

        using HttpResponseMessage entered = await SignInAsync(browser, who, "/results?sort=name");

        Assert.Equal("/results?sort=name", entered.Headers.Location?.ToString());
        Assert.Equal((results, uploads), (await StatusAsync(browser, "/results"), await StatusAsync(browser, "/runs/uploads/token")));
        AuditEntry entry = Assert.Single(_dashboard.Trail.Entries, one => one.Operation == Operation.SignIn);
        Assert.Equal((AuditPhase.Done, $"{_provider.Address}|{who}", $"{who} of the provider"), (entry.Phase, entry.By.Id, entry.By.Name));
    }

    [Fact]
    public async Task SignIn_TheCookie_HoldsAnIdAndNothingElse()
    {
        using HttpClient browser = _dashboard.Client();

        using HttpResponseMessage entered = await SignInAsync(browser, "Vic");

        string cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"), one => one.StartsWith("archiver-session-", StringComparison.Ordinal));
        Assert.Matches(@"^archiver-session-\d+=[A-Za-z0-9_-]{43}; max-age=28800; path=/; samesite=lax; httponly$", cookie);
    }

    [Fact]
    public async Task SignOut_EndsItAtBothEnds()
    {
        using HttpClient browser = _dashboard.Client();
        using HttpResponseMessage entered = await SignInAsync(browser, "Vic");

        Uri end = new(await SignOutAsync(browser));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "/results"));
        Assert.Equal((_provider.Address.Port, "/end-session"), (end.Port, end.AbsolutePath));
        using HttpResponseMessage back = await browser.GetAsync(end, Cancel);
        Assert.Equal(new Uri(_dashboard.Address, "/signed-out"), back.Headers.Location);
        int asked = _provider.Asked;
        using HttpResponseMessage again = await AuthorizeAsync(browser, "/");
        Assert.Equal((HttpStatusCode.OK, asked + 1), (again.StatusCode, _provider.Asked)); // it asks who they are
    }

    [Fact]
    public async Task Session_ARoleChangedAtTheProvider_IsTheRoleHere()
    {
        using HttpClient browser = _dashboard.Client();
        using HttpResponseMessage entered = await SignInAsync(browser, "Olga");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/runs/uploads/token"));

        _provider.People["Olga"] = ["archive-readers"];
        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(browser, "/runs/uploads/token"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/results"));
    }

    [Fact]
    public async Task Session_RefreshedAgainAndAgain_HoldsAlthoughEachTokenIsGoodOnce()
    {
        using HttpClient browser = _dashboard.Client();
        using HttpResponseMessage entered = await SignInAsync(browser, "Vic");

        for (int i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(31));
            HttpStatusCode[] statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StatusAsync(browser, "/results")));
            Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        }
    }

    [Fact]
    public async Task Session_OfSomebodyWhomTheProviderNoLongerKnows_Ends()
    {
        using HttpClient browser = _dashboard.Client();
        using HttpResponseMessage entered = await SignInAsync(browser, "Vic");

        _provider.People.TryRemove("Vic", out _);
        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "/results"));
        Assert.Single(_dashboard.Trail.Entries, entry => entry.Operation == Operation.SignOut && entry.Detail == "The provider no longer vouches for them.");
    }

    [Fact]
    public async Task Session_AProviderThatDoesNotAnswer_IsWaitedOutUntilItsTokenExpires()
    {
        using HttpClient browser = _dashboard.Client();
        using HttpResponseMessage entered = await SignInAsync(browser, "Vic");
        _provider.IsAway = true;

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/results"));
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "/results"));
    }

    [Fact]
    public async Task Session_Idle_Ends()
    {
        using HttpClient browser = _dashboard.Client();
        using HttpResponseMessage entered = await SignInAsync(browser, "Vic");

        _time.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "/results"));
    }

    [Fact]
    public async Task Session_InUseForItsWholeLife_Ends()
    {
        using HttpClient browser = _dashboard.Client();
        using HttpResponseMessage entered = await SignInAsync(browser, "Vic");

        for (int i = 0; i < 15; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(32));
            Assert.Equal(i == 14 ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, await StatusAsync(browser, "/results"));
        }
    }

    [Fact]
    public async Task Callback_WithAnotherState_LetsNobodyIn()
    {
        using HttpClient browser = _dashboard.Client();
        Uri callback = await CallbackAsync(browser, "Vic");

        await AssertRefusedAsync(browser, new Uri(callback.ToString().Replace("state=", "state=x", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Callback_Replayed_LetsNobodyIn()
    {
        using HttpClient browser = _dashboard.Client();
        Uri callback = await CallbackAsync(browser, "Vic");
        using HttpResponseMessage entered = await browser.GetAsync(callback, Cancel);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/results"));
        await SignOutAsync(browser);

        await AssertRefusedAsync(browser, callback);
    }

    // Without the cookie of the browser that began, there is no verifier for the code, and no state to hold it against.
    [Fact]
    public async Task Callback_StolenByAnotherBrowser_LetsNobodyIn()
    {
        using HttpClient browser = _dashboard.Client(), thief = _dashboard.Client();
        Uri callback = await CallbackAsync(browser, "Vic");

        await AssertRefusedAsync(thief, callback);
        using HttpResponseMessage own = await AuthorizeAsync(thief, "/");
        await AssertRefusedAsync(thief, callback); // not even with a flow of its own under way
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task Cookie_Forged_IsNobodys(string id)
    {
        using HttpClient client = _dashboard.Client();
        client.DefaultRequestHeaders.Add("Cookie", $"archiver-session-{_dashboard.Address.Port}={id}");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, "/results"));
    }

    private async Task AssertRefusedAsync(HttpClient browser, Uri callback)
    {
        using HttpResponseMessage answer = await browser.GetAsync(callback, Cancel);
        Assert.Equal("/sign-in/failed", answer.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "/results"));
        Assert.Contains(_dashboard.Trail.Entries, entry => entry is { Operation: Operation.SignIn, Phase: AuditPhase.Refused });
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string who, string returnUrl = "/approvals") =>
        await browser.GetAsync(await CallbackAsync(browser, who, returnUrl), Cancel);

    // To the provider, as somebody, and to where it sends them back.
    private static async Task<Uri> CallbackAsync(HttpClient browser, string who, string returnUrl = "/approvals")
    {
        using HttpResponseMessage start = await browser.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", Cancel);
        using HttpResponseMessage answer = await browser.GetAsync($"{start.Headers.Location}&as={who}", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private static async Task<HttpResponseMessage> AuthorizeAsync(HttpClient browser, string returnUrl)
    {
        using HttpResponseMessage start = await browser.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", Cancel);
        return await browser.GetAsync(start.Headers.Location, Cancel);
    }

    private async Task<string> SignOutAsync(HttpClient browser)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/sign-out");
        request.Headers.Add("X-Archiver", "1");
        request.Headers.Add("Origin", _dashboard.Address.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage response = await browser.SendAsync(request, Cancel);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<GoOn>(Cancel))!.Location;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string address)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        using HttpResponseMessage response = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return response.StatusCode;
    }
}

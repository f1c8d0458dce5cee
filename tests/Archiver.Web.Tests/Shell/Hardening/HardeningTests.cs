using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Archiver.Web.Shell.Hardening;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Shell.Hardening;

public sealed class HardeningTests(CloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/approvals")]
    [InlineData("/results")]
    [InlineData("/no-such-page")]
    [InlineData("/health/live")]
    [InlineData("/app.css")]
    [InlineData("/runs/uploads/token")]
    public async Task Get_Anything_HasTheHeaders(string path)
    {
        await using HardenedHost host = await HardenedHost.StartAsync(cloud);

        using HttpResponseMessage response = await host.Client.GetAsync(path, Cancel);

        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        string[] directives = policy.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("default-src 'none'", directives);
        Assert.Contains("script-src 'self'", directives);
        Assert.Contains("connect-src 'self'", directives);
        Assert.Contains("frame-ancestors 'none'", directives);
        Assert.Contains("base-uri 'self'", directives);
        Assert.Contains("form-action 'self'", directives);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Get_APage_HasNoInlineScript()
    {
        await using HardenedHost host = await HardenedHost.StartAsync(cloud);

        string page = await host.Client.GetStringAsync("/approvals", Cancel);

        string[] scripts = [.. page.Split("<script").Skip(1)];
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Matches("\\A src=\"(_framework|_content|connection)/[^\"]+\"( autostart=\"false\"| type=\"module\")?></script>", script));
        Assert.DoesNotMatch("<[^>]+ on[a-z]+=", page);
    }

    [Fact]
    public async Task WebSocket_OfAnotherSite_IsRefused()
    {
        await using HardenedHost host = await HardenedHost.StartAsync(cloud);
        using ClientWebSocket evil = new();
        evil.Options.SetRequestHeader("Cookie", host.Session);
        evil.Options.SetRequestHeader("Origin", "http://evil.example");
        evil.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => evil.ConnectAsync(Circuits(host), Cancel));

        Assert.Equal(HttpStatusCode.Forbidden, evil.HttpStatusCode);
    }

    [Fact]
    public async Task WebSocket_OfNobody_IsRefused()
    {
        await using HardenedHost host = await HardenedHost.StartAsync(cloud);
        using ClientWebSocket nobody = new();
        nobody.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => nobody.ConnectAsync(Circuits(host), Cancel));

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.HttpStatusCode);
    }

    [Fact]
    public async Task WebSocket_MoreThanAPersonMayHaveOpen_IsRefusedUntilOneCloses()
    {
        await using HardenedHost host = await HardenedHost.StartAsync(cloud, ("Limits:OpenDashboards", "2"));
        using ClientWebSocket first = await OpenAsync(host), second = await OpenAsync(host);
        using ClientWebSocket third = new();
        third.Options.SetRequestHeader("Cookie", host.Session);
        third.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => third.ConnectAsync(Circuits(host), Cancel));

        Assert.Equal(HttpStatusCode.TooManyRequests, third.HttpStatusCode);
        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        using ClientWebSocket again = await OpenWhenThereIsRoomAsync(host);
        Assert.Equal(WebSocketState.Open, again.State);
    }

    [Fact]
    public async Task Get_TenThousandAtOnce_AreAnsweredOrToldToWait()
    {
        await using HardenedHost host = await HardenedHost.StartAsync(cloud, ("Limits:Burst", "1000"), ("Limits:RequestsPerSecond", "10"));
        int[] statuses = new int[10_000];

        await Parallel.ForAsync(0, statuses.Length, new ParallelOptions { MaxDegreeOfParallelism = 100, CancellationToken = Cancel }, async (index, token) =>
        {
            using HttpResponseMessage response = await host.Client.GetAsync("/runs/uploads/token", token);
            statuses[index] = (int)response.StatusCode;
            if (response.StatusCode == HttpStatusCode.TooManyRequests) Assert.NotNull(response.Headers.RetryAfter);
        });

        Assert.Equal([200, 429], statuses.Distinct().Order());
        Assert.InRange(statuses.Count(status => status == 200), 1000, 9000);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live", Cancel)).StatusCode); // the probe of a process under attack
    }

    [Theory]
    [InlineData("POST", "/approvals")]
    [InlineData("PUT", "/runs/uploads/0123456789ab/0?name=a")]
    public async Task Send_AGigabyte_IsRefusedBeforeItIsRead(string method, string path)
    {
        await using HardenedHost host = await HardenedHost.StartAsync(cloud);
        await using NetworkStream connection = await host.ConnectAsync();
        string head = $"{method} {path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nCookie: {host.Session}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {1L << 30}\r\n\r\n";

        await connection.WriteAsync(Encoding.ASCII.GetBytes(head), Cancel);

        // Nothing of the body was sent, and nothing will be: the answer comes all the same.
        Assert.Matches("\\AHTTP/1.1 4\\d\\d ", await ReadLineAsync(connection));
    }

    [Fact]
    public async Task Send_AFormOfAnotherSite_IsRefused()
    {
        await using HardenedHost host = await HardenedHost.StartAsync(cloud);
        using HttpRequestMessage form = new(HttpMethod.Post, "/approvals") { Content = new FormUrlEncodedContent([new("a", "b")]) };
        form.Headers.Add("Origin", "http://evil.example");

        using HttpResponseMessage response = await host.Client.SendAsync(form, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("The request comes of another site's page.", (await response.Content.ReadFromJsonAsync<Microsoft.AspNetCore.Mvc.ProblemDetails>(Cancel))!.Detail);
    }

    [Fact]
    public async Task Kestrel_SlowClients_AreCutOff()
    {
        await using HardenedHost host = await HardenedHost.StartAsync(cloud, ("Limits:Connections", "77"));

        KestrelServerLimits limits = host.Kestrel.Limits;

        Assert.Equal((TimeSpan.FromSeconds(15), 77, 77), (limits.RequestHeadersTimeout, limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections));
        Assert.True(limits.MinRequestBodyDataRate is { BytesPerSecond: >= 200, GracePeriod.TotalSeconds: <= 10 });
        Assert.True(limits.MinResponseDataRate is { BytesPerSecond: >= 200, GracePeriod.TotalSeconds: <= 10 });
    }

    [Fact]
    public void Settings_ThatCanNotBe_AreAllNamed()
    {
        LimitsOptionsReader reader = new(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Limits:Burst"] = "1", ["Limits:OpenDashboards"] = "many" }).Build());

        ValidateOptionsResult result = reader.Validate(null, new LimitsOptions());

        Assert.Equal(
            ["Limits:Burst is '1'; it is a whole number from 50 to 1000000.", "Limits:OpenDashboards is 'many'; it is a whole number from 1 to 10000."],
            result.Failures);
    }

    private static Uri Circuits(HardenedHost host) => new($"ws://{host.Address.Authority}/_blazor");

    private static async Task<ClientWebSocket> OpenAsync(HardenedHost host)
    {
        ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Cookie", host.Session);
        await socket.ConnectAsync(Circuits(host), Cancel);
        return socket;
    }

    // The server hears of a closing when it hears of it; what is waited for is that it does.
    private static async Task<ClientWebSocket> OpenWhenThereIsRoomAsync(HardenedHost host)
    {
        while (true)
        {
            try
            {
                return await OpenAsync(host);
            }
            catch (WebSocketException)
            {
                Cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private static async Task<string> ReadLineAsync(NetworkStream connection)
    {
        using StreamReader reader = new(connection, Encoding.ASCII, leaveOpen: true);
        return await reader.ReadLineAsync(Cancel) ?? "";
    }
}

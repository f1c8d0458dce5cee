using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.Tests.LocalCloud;

public sealed class LoopbackGuardTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private TestCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:4566")]
    [InlineData("localhost")]
    [InlineData("LocalHost:1")]
    [InlineData("[::1]")]
    [InlineData("[::1]:4566")]
    [InlineData("bucket.s3.localhost:4566")]
    public async Task Request_LoopbackHost_Passes(string host)
    {
        using HttpResponseMessage response = await SendAsync("Host", host);

        Assert.NotEqual(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:4566")]
    [InlineData("localhost.evil.example")]
    [InlineData("evillocalhost")]
    [InlineData("127.0.0.1.nip.io")]
    [InlineData("192.168.1.1:4566")]
    [InlineData("[::2]")]
    public async Task Request_AnotherHost_IsForbiddenInWords(string host)
    {
        using HttpResponseMessage response = await SendAsync("Host", host);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("The local cloud answers only to the hosts 127.0.0.1, localhost, [::1] and names under localhost.", await MessageAsync(response));
    }

    [Theory]
    [InlineData("Origin", "http://localhost:5080")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("sec-fetch-mode", "no-cors")]
    public async Task Request_OfABrowser_IsForbiddenInWords(string header, string value)
    {
        using HttpResponseMessage response = await SendAsync(header, value);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("The local cloud does not answer browsers.", await MessageAsync(response));
    }

    private async Task<HttpResponseMessage> SendAsync(string header, string value)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, _cloud.Endpoint);
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string?> MessageAsync(HttpResponseMessage response) =>
        (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["message"];
}

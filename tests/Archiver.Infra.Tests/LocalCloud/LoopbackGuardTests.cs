using System.Net;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
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
    [InlineData("127.8.9.10")]
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
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.")]
    [InlineData("127.0.0.1.")]
    [InlineData("bucket.localhost.")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("127.1")]
    [InlineData("0.0.0.0")]
    [InlineData("bucket.s3.localhost.evil.example")]
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

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", "HTTP/1.1 403 ")]
    [InlineData("GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 403 ")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "HTTP/1.1 403 ")]
    [InlineData("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET / HTTP/1.1\r\nHost: a@localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 400 ")]
    public async Task Request_OddHost_IsRefused(string request, string expected)
    {
        string answer = await RawHttp.SendAsync(_cloud.Endpoint, request, TestContext.Current.CancellationToken);

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("ListAllMyBucketsResult", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/", "localhost")]
    [InlineData("PUT", "/bucket/key", "localhost")]
    [InlineData("PUT", "/key", "bucket.s3.localhost")]
    [InlineData("POST", "/", "localhost")]
    [InlineData("POST", "/000000000000/queue", "localhost")]
    [InlineData("GET", "/2015-03-31/functions", "localhost")]
    [InlineData("GET", "/nonesuch/../%2e%2e/x", "localhost")]
    [InlineData("OPTIONS", "*", "localhost")]
    [InlineData("OPTIONS", "/bucket/key", "bucket.localhost")]
    public async Task Request_OfAWebPage_IsRefusedOnEveryPathWithoutAWordOfCors(string method, string target, string host)
    {
        foreach (string sign in (string[])["Host: evil.example\r\n", $"Host: {host}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: PUT\r\n", $"Host: {host}\r\nSec-Fetch-Site: none\r\n"])
        {
            string answer = await RawHttp.SendAsync(
                _cloud.Endpoint, $"{method} {target} HTTP/1.1\r\n{sign}X-Amz-Target: AmazonSQS.ListQueues\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", TestContext.Current.CancellationToken);

            Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Access-Control-", answer, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Request_OfAnAwsClient_IsAnsweredWithoutAWordOfCors()
    {
        using HttpResponseMessage response = await SendAsync("Host", "localhost");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void StartAsync_Addresses_AreLoopbackAlone()
    {
        IPEndPoint[] listening = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == _cloud.Endpoint.Port)];

        Assert.NotEmpty(listening);
        Assert.All(listening, listener => Assert.Equal(IPAddress.Loopback, listener.Address));
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

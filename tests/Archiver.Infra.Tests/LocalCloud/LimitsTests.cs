using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Archiver.Infra.LocalCloud;

namespace Archiver.Infra.Tests.LocalCloud;

/// <summary>What one client, and what all of them together, may take.</summary>
[Collection(nameof(LimitsTests))]
public sealed class LimitsTests
{
    private const long Gigabyte = 1024L * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("X-Amz-Target: AmazonSQS.SendMessage", 8L * 1024 * 1024)]
    [InlineData("X-Amz-Target: DynamoDB_20120810.PutItem", 16L * 1024 * 1024)]
    [InlineData("X-Amz-Target: AWSStepFunctions.StartExecution", 2L * 1024 * 1024)]
    [InlineData("X-Amz-Target: AmazonSSM.PutParameter", 1024L * 1024)]
    [InlineData("Content-Type: application/x-www-form-urlencoded\r\nAuthorization: Credential=a/20260101/us-east-1/sts/aws4_request", 1024L * 1024)]
    [InlineData("Content-Type: application/x-www-form-urlencoded\r\nAuthorization: Credential=a/20260101/us-east-1/sqs/aws4_request", 8L * 1024 * 1024)]
    public async Task Post_AGigabyte_IsRefusedBeforeAByteOfItIsSent(string header, long limit)
    {
        await using TestCloud cloud = await TestCloud.StartAsync();

        string answer = await RawHttp.SendAsync(cloud.Endpoint, $"POST / HTTP/1.1\r\nHost: localhost\r\n{header}\r\nContent-Length: {Gigabyte}\r\n\r\n", Cancellation);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains($"A request is {limit} bytes at most.", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /2015-03-31/functions/f/invocations", "", "HTTP/1.1 4")]
    [InlineData("PUT /bucket/key", "Host: evil.example\r\n", "HTTP/1.1 403 ")]
    [InlineData("PUT /bucket/key", "Origin: http://evil.example\r\n", "HTTP/1.1 403 ")]
    [InlineData("PUT /nonesuch-bucket/key", "x-amz-acl: public-read\r\n", "HTTP/1.1 400 ")]
    public async Task Request_AGigabyteForNothing_IsRefusedBeforeAByteOfItIsSent(string line, string headers, string expected)
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        string host = headers.StartsWith("Host", StringComparison.Ordinal) ? "" : "Host: localhost\r\n";

        string answer = await RawHttp.SendAsync(cloud.Endpoint, $"{line} HTTP/1.1\r\n{host}{headers}Content-Length: {Gigabyte}\r\n\r\n", Cancellation);

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_MoreThanAnObjectMayHave_IsRefusedBeforeAByteOfItIsSent()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();

        string answer = await RawHttp.SendAsync(
            cloud.Endpoint, $"PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: {(5 * Gigabyte) + 1}\r\n\r\n", Cancellation);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("<Code>EntityTooLarge</Code>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_EndlessChunks_AreCutOffAtTheLimit()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, cloud.Endpoint) { Content = new ByteArrayContent(new byte[1024 * 1024 + 1]) };
        request.Headers.Add("X-Amz-Target", "AmazonSSM.PutParameter");
        request.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage response = await http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("RequestEntityTooLargeException", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nX-Amz-Target: AmazonSQS.ListQueues", "RequestTimeoutException")]
    [InlineData("PUT /bucket HTTP/1.1", "<Code>RequestTimeout</Code>")]
    public async Task Request_SlowBody_IsCutOff(string line, string code)
    {
        await using TestCloud cloud = await TestCloud.StartAsync(configure: options => options.Limits = new ServerLimits { BodyRate = 1_000_000, SlowStart = TimeSpan.FromSeconds(1.1) });

        // One byte comes, and the rest never does.
        string answer = await RawHttp.SendAsync(cloud.Endpoint, $"{line}\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{{", Cancellation);

        Assert.Contains(code, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_SlowHeaders_AreCutOff()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(configure: options => options.Limits = new ServerLimits { HeadersTimeout = TimeSpan.FromSeconds(1) });

        string answer = await RawHttp.SendAsync(cloud.Endpoint, "GET / HTTP/1.1\r\nHost: localhost\r\nX-", Cancellation);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_OneTooMany_IsClosedAndTheNextIsServed()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(configure: options => options.Limits = new ServerLimits { Connections = 2 });
        using TcpClient first = await OpenAsync(cloud), second = await OpenAsync(cloud);

        string refused = await RawHttp.SendAsync(cloud.Endpoint, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", Cancellation);
        await first.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);
        string served = await RawHttp.ReadToEndAsync(first.GetStream(), Cancellation);

        Assert.Empty(refused);
        Assert.Contains("ListAllMyBucketsResult", served, StringComparison.Ordinal);

        // A connection counts once the server has answered on it.
        static async Task<TcpClient> OpenAsync(TestCloud cloud)
        {
            TcpClient client = new();
            await client.ConnectAsync(cloud.Endpoint.Host, cloud.Endpoint.Port, Cancellation);
            await client.GetStream().WriteAsync("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Cancellation);
            Assert.NotEqual(0, await client.GetStream().ReadAsync(new byte[1024], Cancellation));
            return client;
        }
    }

    [Fact]
    public async Task Bodies_OverTheBudget_AreThrottledAndTheRoomComesBack()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(configure: options => options.Limits = new ServerLimits { BodyBudget = 1000 });
        using HttpClient http = new();

        Assert.Contains("ThrottlingException", await PostAsync(2000), StringComparison.Ordinal);
        for (int i = 0; i < 3; i++)
            Assert.Equal("{}", await PostAsync(900));

        async Task<string> PostAsync(int bytes)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, cloud.Endpoint) { Content = new StringContent("{}" + new string(' ', bytes - 2)) };
            request.Headers.Add("X-Amz-Target", "AmazonSQS.ListQueues");
            using HttpResponseMessage response = await http.SendAsync(request, Cancellation);
            return await response.Content.ReadAsStringAsync(Cancellation);
        }
    }

    [Fact]
    public async Task TenThousandRequests_AtOnce_AreAllAnsweredOrRefusedAndTheMemoryStaysBounded()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = 5000 };
        using HttpClient http = new(handler) { Timeout = TimeSpan.FromMinutes(2) };
        long before = WorkingSet();

        HttpStatusCode?[] answers = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(SendAsync));
        long growth = WorkingSet() - before;

        Assert.All(answers, answer => Assert.True(answer is null or HttpStatusCode.OK, $"{answer}"));
        Assert.InRange(answers.Count(answer => answer is not null), 4096, 10_000);
        Assert.InRange(growth, long.MinValue, Gigabyte);
        using HttpResponseMessage after = await http.GetAsync(cloud.Endpoint, Cancellation);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);

        async Task<HttpStatusCode?> SendAsync(int number)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, cloud.Endpoint)
            {
                Content = new StringContent($"{{\"QueueNamePrefix\":\"q{number.ToString(CultureInfo.InvariantCulture)}\"}}", Encoding.UTF8),
            };
            request.Headers.Add("X-Amz-Target", "AmazonSQS.ListQueues");
            try
            {
                using HttpResponseMessage response = await http.SendAsync(request, Cancellation);
                return response.StatusCode;
            }
            catch (HttpRequestException exception) when (exception.InnerException is IOException or SocketException || exception.HttpRequestError == HttpRequestError.ResponseEnded)
            {
                return null; // one connection too many, and closed
            }
        }

        static long WorkingSet()
        {
            using Process process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }
}

/// <summary>Alone, because it measures what the whole process takes.</summary>
[CollectionDefinition(nameof(LimitsTests), DisableParallelization = true)]
public class LimitsGroup;

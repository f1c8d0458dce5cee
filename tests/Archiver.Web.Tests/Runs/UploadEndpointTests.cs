using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Archiver.Web.Runs;

namespace Archiver.Web.Tests.Runs;

/// <summary>Uploads as a browser sends them, into the real local cloud.</summary>
public sealed class UploadEndpointTests(CloudFixture cloud)
{
    private const int Part = InboxUploads.PartSize;

    private readonly string _click = Guid.NewGuid().ToString("N")[..12];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Key_OfAnyFile_IsBelowThePrefixThatTheDropRulesLeaveOut()
    {
        string template = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "template.yaml"));

        Assert.StartsWith(InboxUploads.Prefix, InboxUploads.Key("click", 0, "a.txt"), StringComparison.Ordinal);
        Assert.Contains($"{{wildcard: [\"{InboxUploads.Prefix}*\", ", template, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(Part - 1, true)]
    [InlineData(Part, true)]
    [InlineData(Part + 1, true)]
    [InlineData((2 * Part) + 12345, true)]
    [InlineData(0, false)]
    [InlineData(Part, false)]
    [InlineData((2 * Part) + 12345, false)]
    public async Task Put_AnyLength_IsStoredByteForByte(int length, bool lengthIsKnown)
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        byte[] content = RandomNumberGenerator.GetBytes(length);
        using HttpRequestMessage request = await host.RequestAsync(_click, "ledger.pdf", new ByteArrayContent(content));
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        request.Headers.TransferEncodingChunked = !lengthIsKnown;

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new UploadedFile($"uploads/{_click}-0001/ledger.pdf", length), await response.Content.ReadFromJsonAsync<UploadedFile>(Cancel));
        using GetObjectResponse stored = await cloud.S3.GetObjectAsync(cloud.Resources.InboxBucket, $"uploads/{_click}-0001/ledger.pdf", Cancel);
        Assert.Equal("application/pdf", stored.Headers.ContentType);
        Assert.Equal(SHA256.HashData(content), await SHA256.HashDataAsync(stored.ResponseStream, Cancel));
        Assert.Empty(await UploadsAsync());
    }

    [Theory]
    [InlineData("../<b>\"ü\" 名.txt")]
    [InlineData("..\\..\\evil.exe")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("<script>alert('x')</script>&amp;.html")]
    [InlineData("100% +sure?#a=b&c.txt")]
    [InlineData(" ملف 🗄️ कागज़ .pdf ")]
    [InlineData(".")]
    public Task Put_AnOddName_IsStoredAsItIs(string name) => AssertStoredAsync(name);

    [Fact]
    public Task Put_ANameOf900Bytes_IsStoredAsItIs() => AssertStoredAsync(new string('名', 300));

    [Theory]
    [InlineData("text/html; charset=utf-8", "text/html; charset=utf-8")]
    [InlineData("no type at all", "application/octet-stream")]
    [InlineData("text/ü", "application/octet-stream")]
    [InlineData(null, "application/octet-stream")]
    public async Task Put_AContentType_IsKeptWhenItIsOne(string? sent, string kept)
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        using HttpRequestMessage request = await host.RequestAsync(_click, "a", new ByteArrayContent([1]));
        if (sent is not null) request.Content!.Headers.TryAddWithoutValidation("Content-Type", sent);
        using SocketsHttpHandler handler = new() { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8, UseCookies = false };
        using HttpClient client = new(handler) { BaseAddress = host.Client.BaseAddress };
        client.DefaultRequestHeaders.Add("Cookie", host.Session);
        await SignAsync(client, request);

        using HttpResponseMessage response = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        GetObjectMetadataResponse stored = await cloud.S3.GetObjectMetadataAsync(cloud.Resources.InboxBucket, $"uploads/{_click}-0001/a", Cancel);
        Assert.Equal(kept, stored.Headers.ContentType);
    }

    [Fact]
    public async Task Put_MoreThanAGigabyteAnnounced_IsRefusedInWordsBeforeItIsSent()
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        using PacedContent content = new(InboxUploads.LargestFile + 1);
        using HttpRequestMessage request = await host.RequestAsync(_click, "huge.bin", content);
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("huge.bin is larger than 1 GB.", await DetailAsync(response));
        Assert.Equal(0, content.Written);
        Assert.Equal(1024L * 1024 * 1024, await host.Limit);
        await AssertNothingAsync();
    }

    [Fact]
    public async Task Put_AChunkedBodyBeyondTheLimit_IsRefusedInWordsAndLeavesNothing()
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud, limit: Part + 1000);
        using HttpRequestMessage request = await host.RequestAsync(_click, "huge.bin", new ByteArrayContent(new byte[Part + 1001]));
        request.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("huge.bin is larger than 1 GB.", await DetailAsync(response));
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Put_GivenUpMidway_LeavesNeitherObjectNorParts(bool lengthIsKnown)
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        using PacedContent content = new(lengthIsKnown ? 4L * Part : null, stopAfter: 2L * Part);
        using HttpRequestMessage request = await host.RequestAsync(_click, "half.bin", content);
        using CancellationTokenSource stop = new();

        Task<HttpResponseMessage> sending = host.Client.SendAsync(request, stop.Token);
        await content.Stopped; // sockets hold a few megabytes: the first part is read by now, and the upload begun
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await host.Handled;
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("invented")]
    [InlineData("without its cookie")]
    public async Task Put_WithoutAGoodToken_IsRefusedAndStoresNothing(string token)
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        using HttpRequestMessage request = await host.RequestAsync(_click, "a.txt", new ByteArrayContent([1, 2, 3]));
        string header = request.Headers.First().Key;
        if (token != "without its cookie") request.Headers.Remove(header);
        if (token == "invented") request.Headers.Add(header, "CfDJ8invented");
        using HttpClientHandler handler = new() { UseCookies = false };
        using HttpClient cookieless = new(handler) { BaseAddress = host.Client.BaseAddress };
        cookieless.DefaultRequestHeaders.Add("Cookie", host.Session);

        using HttpResponseMessage response = await (token == "without its cookie" ? cookieless : host.Client).SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Reload", await DetailAsync(response), StringComparison.Ordinal);
        await AssertNothingAsync();
    }

    [Fact]
    public async Task Put_AFormWithATokenInside_IsRefused()
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        using HttpRequestMessage good = await host.RequestAsync(_click, "a.txt", new ByteArrayContent([]));
        using HttpRequestMessage request = new(HttpMethod.Put, UploadHost.Address(_click, "a.txt"))
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", good.Headers.First().Value.Single())]),
        };

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await AssertNothingAsync();
    }

    [Fact]
    public async Task Put_UnderAnotherHostsName_IsForbidden()
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        using HttpRequestMessage request = await host.RequestAsync(_click, "a.txt", new ByteArrayContent([1]));
        request.Headers.Host = "evil.example";

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData("0123456789ab/0", "A file has no name.")]
    [InlineData("0123456789ab/0?name=", "A file has no name.")]
    [InlineData("0123456789ab/1000?name=a", "names no upload")]
    [InlineData("0123456789ab/-1?name=a", "names no upload")]
    [InlineData("0123456789ab/x?name=a", "names no upload")]
    [InlineData("..%2f..%2fother0/0?name=a", "names no upload")]
    [InlineData("0123456789AB/0?name=a", "names no upload")]
    public async Task Put_AnAddressThatNamesNoUpload_IsRefusedInWords(string address, string words)
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        using HttpRequestMessage request = await host.RequestAsync(_click, "a", new ByteArrayContent([1]));
        request.RequestUri = new Uri($"/runs/uploads/{address}", UriKind.Relative);

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(words, await DetailAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_ANameOf903Bytes_IsRefused()
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        using HttpRequestMessage request = await host.RequestAsync(_click, new string('名', 301), new ByteArrayContent([1]));

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("900 bytes", await DetailAsync(response), StringComparison.Ordinal);
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(Part + 3)]
    public async Task Put_TheBucketIsGone_IsABadGatewayWithTheReason(int length)
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud, cloud.Resources with { InboxBucket = "archiver-inbox-that-is-gone" });
        using HttpRequestMessage request = await host.RequestAsync(_click, "a", new ByteArrayContent(new byte[length]));

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("bucket does not exist", await DetailAsync(response), StringComparison.Ordinal);
    }

    private static async Task SignAsync(HttpClient client, HttpRequestMessage request)
    {
        using HttpResponseMessage answer = await client.GetAsync("/runs/uploads/token", Cancel);
        UploadToken token = (await answer.Content.ReadFromJsonAsync<UploadToken>(Cancel))!;
        request.Headers.Remove(token.Header);
        request.Headers.Add(token.Header, token.Value);
        request.Headers.Add("Cookie", [.. client.DefaultRequestHeaders.GetValues("Cookie"), .. answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])]);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonNode problem = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
        return (string)problem["detail"]!;
    }

    private async Task AssertStoredAsync(string name)
    {
        await using UploadHost host = await UploadHost.StartAsync(cloud);
        using HttpRequestMessage request = await host.RequestAsync(_click, name, new ByteArrayContent([1, 2, 3]));

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"uploads/{_click}-0001/{name}", (await response.Content.ReadFromJsonAsync<UploadedFile>(Cancel))!.Key);
        S3Object stored = Assert.Single(await ObjectsAsync());
        Assert.Equal(($"uploads/{_click}-0001/{name}", 3L), (stored.Key, stored.Size));
    }

    private async Task AssertNothingAsync()
    {
        Assert.Empty(await ObjectsAsync());
        Assert.Empty(await UploadsAsync());
    }

    private async Task<IReadOnlyList<S3Object>> ObjectsAsync() => (await cloud.S3.ListObjectsV2Async(
        new ListObjectsV2Request { BucketName = cloud.Resources.InboxBucket, Prefix = $"uploads/{_click}" }, Cancel)).S3Objects ?? [];

    private async Task<IReadOnlyList<MultipartUpload>> UploadsAsync() => (await cloud.S3.ListMultipartUploadsAsync(
        new ListMultipartUploadsRequest { BucketName = cloud.Resources.InboxBucket, Prefix = $"uploads/{_click}" }, Cancel)).MultipartUploads ?? [];

    /// <summary>A body that may announce more than it sends, and stops in its middle until it is given up.</summary>
    private sealed class PacedContent(long? announced, long stopAfter = 0) : HttpContent
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Written { get; private set; }

        public Task Stopped => _stopped.Task;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            byte[] piece = new byte[1024 * 1024];
            for (; Written < stopAfter; Written += piece.Length) await stream.WriteAsync(piece, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            _stopped.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = announced ?? 0;
            return announced is not null;
        }
    }
}

using Archiver.Infra.Tests.LocalCloud;

namespace Archiver.Infra.Tests.Fuzz;

/// <summary>What chance has found, so that it need not find it again.</summary>
public sealed class FoundByFuzzTests : IAsyncLifetime
{
    private const string Form = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Credential=a/20260101/us-east-1/sqs/aws4_request\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    private const string Json = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Amz-Target: AmazonSQS.ListQueues\r\n";
    private const string BatchGet = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Amz-Target: DynamoDB_20120810.BatchGetItem\r\n";
    private const string Put = "PUT /bucket HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    private const string HugeChunk = "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n";

    private TestCloud? _cloud;

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(Form + HugeChunk, "<Code>MalformedQueryString</Code>")]
    [InlineData(Json + HugeChunk, "SerializationException")]
    [InlineData(Put + "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\nx-amz-decoded-content-length: 5\r\n" + HugeChunk, "<Code>IncompleteBody</Code>")]
    [InlineData(Put + "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\nx-amz-decoded-content-length: 5\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n5\r\n0\r\nx-amz-a: \0\r\n\r\n", "<Code>IncompleteBody</Code>")]
    [InlineData(Json + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nx-amz-a: \0\r\n\r\n", "SerializationException")]
    [InlineData(Form + "Content-Type: application/x-www-form-urlencoded; charset=nonesuch\r\nContent-Length: 1\r\n\r\na", "<Code>MalformedQueryString</Code>")]
    [InlineData(Json + "Content-Length: 7\r\n\r\n{\"\u00ff\":1}", "SerializationException")]
    [InlineData(Json + "Content-Length: 26\r\n\r\n{\"QueueNamePrefix\":\"\u00c0\u00af\"  }", "SerializationException")]
    [InlineData(BatchGet + "Content-Length: 8\r\n\r\n{\"\":\"a\"}", "ValidationException")]
    public async Task Request_BrokenInThisWay_IsRefusedInItsProtocol(string request, string expected)
    {
        string answer = await RawHttp.SendAsync(_cloud!.Endpoint, request, TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }
}

using System.Net;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Archiver.Infra.Tests.LocalCloud.Signing;

/// <summary>Every service but S3, with the real SDK's clients and whatever a stranger does to their requests.</summary>
public sealed class SignedServicesTests(SignedCloud cloud) : IClassFixture<SignedCloud>
{
    public static TheoryData<string> Services => ["sqs", "dynamodb", "states", "ssm", "sts"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Services))]
    public Task Call_RightKey_IsAnswered(string service) => CallAsync(service);

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_WrongSecret_IsRefused(string service) =>
        Assert.Equal(Mismatch(service), (await RefusedAsync(service, SignedCloud.WrongSecret)).ErrorCode);

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_WrongKey_IsRefused(string service) =>
        Assert.Equal(service == "sts" ? "InvalidClientTokenId" : "UnrecognizedClientException", (await RefusedAsync(service, SignedCloud.WrongKey)).ErrorCode);

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_SessionOfNobody_IsRefused(string service) => Assert.Equal(
        service == "sts" ? "InvalidClientTokenId" : "UnrecognizedClientException",
        (await RefusedAsync(service, new SessionAWSCredentials(SignedCloud.AccessKeyId, SignedCloud.Secret, "token"))).ErrorCode);

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_NoCredentials_IsRefused(string service) => Assert.Equal(
        service == "sts" ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException", (await RefusedAsync(service, new AnonymousAWSCredentials())).ErrorCode);

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_TamperedBody_IsRefused(string service) => Assert.Equal(Mismatch(service), (await RefusedAsync(service, tamper: request =>
    {
        byte[] body = request.Content!.ReadAsByteArrayAsync(Cancellation).GetAwaiter().GetResult();
        HttpContent before = request.Content;
        request.Content = new ByteArrayContent([.. body, (byte)' ']);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", before.Headers.GetValues("Content-Type"));
    })).ErrorCode);

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_TamperedHeaders_IsRefused(string service)
    {
        Assert.Equal(Mismatch(service), (await RefusedAsync(service, tamper: request => request.Headers.TryAddWithoutValidation("X-Amz-Extra", "1"))).ErrorCode);
        Assert.Equal(Mismatch(service), (await RefusedAsync(service, tamper: request => request.Headers.Host = $"localhost:{cloud.Endpoint.Port}")).ErrorCode);
        if (service != "sts")
        {
            Assert.Equal(Mismatch(service), (await RefusedAsync(service, tamper: request =>
            {
                string target = request.Headers.GetValues("X-Amz-Target").Single();
                request.Headers.Remove("X-Amz-Target");
                request.Headers.TryAddWithoutValidation("X-Amz-Target", target + "s");
            })).ErrorCode);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_TamperedQuery_IsRefused(string service) => Assert.Equal(
        Mismatch(service), (await RefusedAsync(service, tamper: request => request.RequestUri = new Uri(request.RequestUri!, "/?extra=1"))).ErrorCode);

    [Theory]
    [InlineData("sqs", 16, false)]
    [InlineData("sqs", 14, true)]
    [InlineData("sqs", -16, false)]
    [InlineData("sqs", -14, true)]
    [InlineData("sts", 16, false)]
    public async Task Call_SignedMinutesAgo_IsTakenWithinAQuarterOfAnHour(string service, int minutes, bool taken)
    {
        SignedCloud later = await StartAsync();
        await using IAsyncDisposable _ = later;
        later.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        if (minutes > 0)
            later.Time.Advance(TimeSpan.FromMinutes(minutes));
        using HttpClient http = new();
        DateTimeOffset signedAt = minutes > 0 ? TimeProvider.System.GetUtcNow() : TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(minutes);

        using HttpResponseMessage response = await http.SendAsync(HandSigned.Form(later.Endpoint, service, signedAt), Cancellation);

        string body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(taken == response.IsSuccessStatusCode, body);
        if (!taken)
            Assert.Contains("<Code>SignatureDoesNotMatch</Code>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-west-1", "sts", "SignatureDoesNotMatch")]
    [InlineData("us-east-1", "sqs", null)]
    public async Task Call_ScopeOfAnotherRegion_IsRefused(string region, string service, string? code)
    {
        using HttpClient http = new();

        using HttpResponseMessage response = await http.SendAsync(HandSigned.Form(cloud.Endpoint, service, cloud.Time.GetUtcNow(), region), Cancellation);

        string body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True((code is null) == response.IsSuccessStatusCode, body);
        Assert.Contains(code ?? "ListQueuesResponse", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AmazonSQS.ListQueues", "application/x-amz-json-1.0", HttpStatusCode.BadRequest, "MissingAuthenticationTokenException")]
    [InlineData(null, "application/x-www-form-urlencoded", HttpStatusCode.Forbidden, "<Code>MissingAuthenticationToken</Code>")]
    [InlineData(null, "application/octet-stream", HttpStatusCode.Forbidden, "<Code>AccessDenied</Code>")]
    [InlineData("Nobody.Does", "application/x-amz-json-1.0", HttpStatusCode.BadRequest, "MissingAuthenticationTokenException")]
    public async Task Post_Unsigned_IsRefusedInTheProtocolsShape(string? target, string type, HttpStatusCode status, string expected)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, cloud.Endpoint) { Content = new StringContent("Action=ListQueues", Encoding.ASCII) };
        request.Content.Headers.ContentType = new(type);
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);

        using HttpResponseMessage response = await http.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/2015-03-31/functions", true, HttpStatusCode.OK)]
    [InlineData("/2015-03-31/functions?MaxItems=2", true, HttpStatusCode.OK)]
    [InlineData("/2015-03-31/functions", false, HttpStatusCode.Forbidden)]
    [InlineData("/2015-03-31/functions/a%20b", true, HttpStatusCode.NotFound)]
    public async Task Get_LambdaFunctions_AreThereForTheSignedAlone(string target, bool withKey, HttpStatusCode status)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = withKey
            ? HandSigned.Get(cloud.Endpoint, target, "lambda", cloud.Time.GetUtcNow())
            : new HttpRequestMessage(HttpMethod.Get, new Uri(cloud.Endpoint, target));

        using HttpResponseMessage response = await http.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
        if (!withKey)
            Assert.Equal(["MissingAuthenticationTokenException"], response.Headers.GetValues("x-amzn-ErrorType"));
    }

    [Theory]
    [InlineData("Basic dTpw", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKID", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, SignedHeaders=host, Signature=0", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sqs, SignedHeaders=host, Signature=0", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host;date, Signature=0", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20250101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0", "UnrecognizedClientException")]
    public async Task Post_MalformedSignature_SaysWhat(string authorization, string code)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, cloud.Endpoint) { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.ListQueues");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using HttpResponseMessage response = await http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static async Task<SignedCloud> StartAsync()
    {
        SignedCloud other = new();
        await other.InitializeAsync();
        return other;
    }

    private static string Mismatch(string service) => service == "sts" ? "SignatureDoesNotMatch" : "InvalidSignatureException";

    private async Task<AmazonServiceException> RefusedAsync(string service, AWSCredentials? credentials = null, Action<HttpRequestMessage>? tamper = null)
    {
        AmazonServiceException exception = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => CallAsync(service, credentials, tamper));
        Assert.DoesNotContain(SignedCloud.Secret, exception.ToString(), StringComparison.Ordinal);
        return exception;
    }

    private async Task CallAsync(string service, AWSCredentials? credentials = null, Action<HttpRequestMessage>? tamper = null)
    {
        switch (service)
        {
            case "sqs":
                using (AmazonSQSClient sqs = cloud.Client(new AmazonSQSConfig(), (key, config) => new AmazonSQSClient(key, config), credentials, tamper))
                    await sqs.ListQueuesAsync(new ListQueuesRequest { QueueNamePrefix = "grüße ~" }, Cancellation);
                break;
            case "dynamodb":
                using (AmazonDynamoDBClient tables = cloud.Client(new AmazonDynamoDBConfig(), (key, config) => new AmazonDynamoDBClient(key, config), credentials, tamper))
                    await tables.ListTablesAsync(Cancellation);
                break;
            case "states":
                using (AmazonStepFunctionsClient states = cloud.Client(new AmazonStepFunctionsConfig(), (key, config) => new AmazonStepFunctionsClient(key, config), credentials, tamper))
                    await states.ListStateMachinesAsync(new ListStateMachinesRequest(), Cancellation);
                break;
            case "ssm":
                using (AmazonSimpleSystemsManagementClient parameters = cloud.Client(
                    new AmazonSimpleSystemsManagementConfig(), (key, config) => new AmazonSimpleSystemsManagementClient(key, config), credentials, tamper))
                {
                    await parameters.GetParametersByPathAsync(new GetParametersByPathRequest { Path = "/" }, Cancellation);
                }

                break;
            default:
                using (AmazonSecurityTokenServiceClient tokens = cloud.Client(
                    new AmazonSecurityTokenServiceConfig(), (key, config) => new AmazonSecurityTokenServiceClient(key, config), credentials, tamper))
                {
                    await tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancellation);
                }

                break;
        }
    }
}

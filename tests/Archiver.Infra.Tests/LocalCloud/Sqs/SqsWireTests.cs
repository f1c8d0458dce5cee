using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Sqs;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class SqsWireTests
{
    [Fact]
    public async Task Refusal_OnTheWire_HasItsNameInBothProtocols()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        (HttpResponseMessage response, JsonObject body) = await PostAsync(sqs, "GetQueueUrl", """{"QueueName":"nothing"}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("com.amazonaws.sqs#QueueDoesNotExist", (string?)body["__type"]);
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue;Sender", Assert.Single(response.Headers.GetValues("x-amzn-query-error")));
        Assert.Equal("application/x-amz-json-1.0", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("""{"MessageBody":7}""")]
    [InlineData("""{"MessageBody":"x","DelaySeconds":"ten"}""")]
    [InlineData("""{"MessageBody":"x","DelaySeconds":1.5}""")]
    [InlineData("""{"MessageBody":"x","MessageAttributes":[]}""")]
    [InlineData("""{"MessageBody":"x","MessageAttributes":{"a":{"DataType":"Binary","BinaryValue":"?"}}}""")]
    public async Task SendMessage_MembersOfAnotherType_AreRefused(string members)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        JsonObject request = JsonNode.Parse(members)!.AsObject();
        request["QueueUrl"] = await sqs.QueueAsync();

        (HttpResponseMessage response, JsonObject body) = await PostAsync(sqs, "SendMessage", request.ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("com.amazonaws.sqs#SerializationException", (string?)body["__type"]);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"QueueName":"a","QueueName":"b"}""")]
    public async Task AnyOperation_BodyThatIsNoRequest_IsRefused(string request)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        (HttpResponseMessage response, JsonObject body) = await PostAsync(sqs, "CreateQueue", request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("com.amazonaws.sqs#SerializationException", (string?)body["__type"]);
    }

    [Fact]
    public async Task SendMessage_HalfASurrogatePair_IsNoRequest()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        (_, JsonObject body) = await PostAsync(sqs, "SendMessage", $$"""{"QueueUrl":"{{url}}","MessageBody":"\ud83d"}""");

        Assert.Equal("com.amazonaws.sqs#SerializationException", (string?)body["__type"]);
    }

    [Fact]
    public async Task ReceiveMessage_NothingThere_IsAnEmptyObject()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        (_, JsonObject body) = await PostAsync(sqs, "ReceiveMessage", $$"""{"QueueUrl":"{{url}}"}""");

        Assert.Empty(body);
    }

    [Fact]
    public async Task UnknownOperation_OnTheWire_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        (HttpResponseMessage response, JsonObject body) = await PostAsync(sqs, "Nonsense", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("com.amazonaws.sqs#UnknownOperationException", (string?)body["__type"]);
    }

    [Fact]
    public async Task InvokeAsync_SendMessageInProcess_AnswersAsTheWireDoes()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        SqsApi api = sqs.Get<SqsApi>();

        JsonObject answer = await api.InvokeAsync(
            "SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = "hello", ["DelaySeconds"] = 0L }, SqsCloud.Token);

        Assert.Equal("5d41402abc4b2a76b9719d911017c592", (string?)answer["MD5OfMessageBody"]);
        Assert.Equal((string?)answer["MessageId"], (await sqs.ReceiveOneAsync(url)).MessageId);
        AwsError error = await Assert.ThrowsAsync<AwsError>(() => api.InvokeAsync(
            "SendMessage", new JsonObject { ["QueueUrl"] = url + "X", ["MessageBody"] = "hello" }, SqsCloud.Token));
        Assert.Equal("QueueDoesNotExist", error.Code);
    }

    private static async Task<(HttpResponseMessage Response, JsonObject Body)> PostAsync(SqsCloud sqs, string operation, string body)
    {
        using HttpClient http = new();
        using StringContent content = new(body, Encoding.UTF8, "application/x-amz-json-1.0");
        content.Headers.Add("X-Amz-Target", $"AmazonSQS.{operation}");
        HttpResponseMessage response = await http.PostAsync(sqs.Cloud.Endpoint, content, SqsCloud.Token);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync(SqsCloud.Token))!.AsObject());
    }
}

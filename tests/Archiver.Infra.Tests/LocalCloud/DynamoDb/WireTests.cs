using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

/// <summary>What no client of the SDK sends, but somebody might; and the calls of a state machine, in process.</summary>
public sealed class WireTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"TableName":5}""")]
    [InlineData("""{"TableName":"x","TableName":"y"}""")]
    [InlineData("""{"TableName":"\ud800"}""")]
    [InlineData("""{"TableName":"xxx","Item":{"\ud800":{"S":"a"}}}""")]
    [InlineData("""{"TableName":"xxx","Item":{"a":{"S":"\udc00"}}}""")]
    [InlineData("""{"TableName":"xxx","Item":[]}""")]
    [InlineData("""{"TableName":"xxx","Item":{"a":"b"}}""")]
    [InlineData("""{"TableName":"xxx","Item":{"a":{"S":{}}}}""")]
    [InlineData("""{"TableName":"xxx","Item":{"pk":{"S":"a"}},"ConditionExpression":5}""")]
    [InlineData("""{"TableName":"xxx","Item":{"pk":{"S":"a"}},"ConditionExpression":"#a = :a","ExpressionAttributeNames":{"#a":5}}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Request_OfAnotherShape_IsASerializationException(string body)
    {
        (HttpStatusCode status, JsonObject error) = await PostAsync("PutItem", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.EndsWith("#SerializationException", error["__type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEqual("", error["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Request_WithoutWhatItMustHave_NamesTheMember()
    {
        (HttpStatusCode status, JsonObject error) = await PostAsync("GetItem", """{"TableName":"xxx"}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("com.amazonaws.dynamodb.v20120810#ValidationException", error["__type"]!.GetValue<string>());
        Assert.Equal("1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null", error["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task InvokeAsync_AsAStateMachineCalls_AnswersAsTheWireDoes()
    {
        string table = await fixture.CreateTableAsync();
        DynamoDbApi api = fixture.Cloud.Server.Services.GetRequiredService<DynamoDbApi>();
        Assert.Equal("DynamoDB", api.ServiceId);
        JsonObject put = new() { ["TableName"] = table, ["Item"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = "x" }, ["n"] = new JsonObject { ["N"] = "1.0" } } };
        Assert.Equal("{}", (await api.InvokeAsync("PutItem", put, Cancel)).ToJsonString());
        JsonObject query = new()
        {
            ["TableName"] = table, ["Limit"] = 5.0, ["KeyConditionExpression"] = "pk = :p", ["ExpressionAttributeValues"] = new JsonObject { [":p"] = new JsonObject { ["S"] = "x" } },
        };
        Assert.Equal("""{"Count":1,"ScannedCount":1,"Items":[{"pk":{"S":"x"},"n":{"N":"1"}}]}""", (await api.InvokeAsync("Query", query, Cancel)).ToJsonString());
        put["ConditionExpression"] = "attribute_not_exists(pk)";
        AwsError error = await Assert.ThrowsAsync<AwsError>(() => api.InvokeAsync("PutItem", put, Cancel));
        Assert.Equal("ConditionalCheckFailedException", error.Code);
    }

    private async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(string operation, string body)
    {
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, fixture.Cloud.Endpoint) { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        using HttpResponseMessage response = await client.SendAsync(request, Cancel);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!.AsObject());
    }
}

using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>What Task states call, and what they make of the answer.</summary>
public class IntegrationTests
{
    [Fact]
    public async Task LambdaInvoke_Success_GivesPayloadAndMetadata()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        cloud.Functions.Add("work", input => new JsonObject { ["got"] = input?.DeepClone() });
        JsonNode output = await OutputAsync(cloud, "lambda:invoke", """{"FunctionName":"work","Payload":{"n.$":"$.n"}}""", """{"n":1}""");
        Assert.Equal("""{"got":{"n":1}}""", output["Payload"]!.ToJsonString());
        Assert.Equal("$LATEST", (string?)output["ExecutedVersion"]);
        Assert.Equal(200, (int)output["StatusCode"]!);
        Assert.Equal(200, (int)output["SdkHttpMetadata"]!["HttpStatusCode"]!);
    }

    [Fact]
    public async Task LambdaInvoke_NoSuchFunction_IsResourceNotFoundException()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        JsonObject execution = await RunAsync(cloud, "lambda:invoke", """{"FunctionName":"nobody"}""");
        Assert.Equal("Lambda.ResourceNotFoundException", (string?)execution["error"]);
        Assert.StartsWith("Function not found: nobody (Service: Lambda; Status Code: 404;", (string?)execution["cause"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LambdaInvoke_FunctionThrows_ErrorIsCaughtByItsType()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        cloud.Functions.Add("work", _ => throw new FunctionFailure("NotArchivable", "no"));
        string machine = await cloud.CreateAsync(
            """
            {"StartAt":"Work","States":{
              "Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work"},
                "Catch":[{"ErrorEquals":["NotArchivable"],"Next":"Caught"}],"End":true},
              "Caught":{"Type":"Pass","End":true}}}
            """);
        JsonObject execution = await cloud.SettledAsync(await cloud.StartAsync(machine));
        Assert.Equal("SUCCEEDED", (string?)execution["status"]);
        Assert.Equal("NotArchivable", (string?)JsonNode.Parse((string)execution["output"]!)!["Error"]);
    }

    [Fact]
    public async Task LambdaInvokeWaitForTaskToken_AnswerThenToken_EndsWithTheTokensOutput()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        cloud.Functions.Add("work", _ => "accepted");
        string machine = await cloud.CreateAsync(State(
            "lambda:invoke.waitForTaskToken", """{"FunctionName":"work","Payload":{"token.$":"$$.Task.Token"}}"""));
        string arn = await cloud.StartAsync(machine);
        Assert.Equal("RUNNING", (string?)(await cloud.SettledAsync(arn))["status"]);
        Assert.True(cloud.Functions.Calls.TryPeek(out (string Function, JsonNode? Payload) call));
        await cloud.CallAsync("SendTaskSuccess", new JsonObject { ["taskToken"] = call.Payload!["token"]!.DeepClone(), ["output"] = "{\"approved\":true}" });
        Assert.Equal("""{"approved":true}""", (string?)(await cloud.SettledAsync(arn))["output"]);
        Assert.Contains("TaskSubmitted", await cloud.EventTypesAsync(arn));
    }

    [Fact]
    public async Task SqsSendMessage_ObjectBody_IsSentAsItsJsonText()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        cloud.Queues.Answer = (_, _) => new JsonObject { ["MessageId"] = "m-1" };
        JsonNode output = await OutputAsync(cloud, "sqs:sendMessage", """{"QueueUrl":"http://queue","MessageBody":{"name":"é<&>😀"}}""");
        Assert.True(cloud.Queues.Requests.TryDequeue(out (string Operation, JsonObject Request) sent));
        Assert.Equal("SendMessage", sent.Operation);
        Assert.Equal("""{"name":"é<&>😀"}""", (string?)sent.Request["MessageBody"]);
        Assert.Equal("m-1", (string?)output["MessageId"]);
    }

    [Fact]
    public async Task SqsSendMessage_TextBody_IsSentAsItIs()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        await OutputAsync(cloud, "sqs:sendMessage", """{"QueueUrl":"http://queue","MessageBody":"plain"}""");
        Assert.True(cloud.Queues.Requests.TryDequeue(out (string Operation, JsonObject Request) sent));
        Assert.Equal("plain", (string?)sent.Request["MessageBody"]);
    }

    [Fact]
    public async Task SqsSendMessage_Refused_IsNamedAsStepFunctionsDoes()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        cloud.Queues.Answer = (_, _) => throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
        JsonObject execution = await RunAsync(cloud, "sqs:sendMessage", """{"QueueUrl":"http://queue","MessageBody":"x"}""");
        Assert.Equal("SQS.QueueDoesNotExistException", (string?)execution["error"]);
    }

    [Theory]
    [InlineData("putItem", "PutItem", """{"TableName":"t","Item":{"Id":{"S":"1"}}}""")]
    [InlineData("getItem", "GetItem", """{"TableName":"t","Key":{"Id":{"S":"1"}}}""")]
    [InlineData("updateItem", "UpdateItem", """{"TableName":"t","Key":{"Id":{"S":"1"}},"UpdateExpression":"REMOVE a"}""")]
    [InlineData("deleteItem", "DeleteItem", """{"TableName":"t","Key":{"Id":{"S":"1"}}}""")]
    public async Task DynamoDb_Action_CallsTheOperationWithTheParameters(string action, string operation, string parameters)
    {
        await using StatesCloud cloud = StatesCloud.Open();
        cloud.Tables.Answer = (_, _) => new JsonObject { ["Item"] = new JsonObject { ["Id"] = new JsonObject { ["S"] = "1" } } };
        JsonNode output = await OutputAsync(cloud, $"dynamodb:{action}", parameters);
        Assert.True(cloud.Tables.Requests.TryDequeue(out (string Operation, JsonObject Request) made));
        Assert.Equal(operation, made.Operation);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(parameters), made.Request));
        Assert.Equal("1", (string?)output["Item"]!["Id"]!["S"]);
    }

    [Fact]
    public async Task DynamoDb_ConditionFails_IsNamedAsStepFunctionsDoes()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        cloud.Tables.Answer = (_, _) => throw new AwsError("ConditionalCheckFailedException", "The conditional request failed");
        JsonObject execution = await RunAsync(cloud, "dynamodb:putItem", """{"TableName":"t","Item":{}}""");
        Assert.Equal("DynamoDB.ConditionalCheckFailedException", (string?)execution["error"]);
    }

    [Fact]
    public async Task Service_ThrowsUnexpectedly_IsAFailedTask()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        cloud.Tables.Answer = (_, _) => throw new InvalidOperationException("broken");
        JsonObject execution = await RunAsync(cloud, "dynamodb:putItem", """{"TableName":"t","Item":{}}""");
        Assert.Equal("FAILED", (string?)execution["status"]);
        Assert.Contains("broken", (string?)execution["cause"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:states:::glue:startJobRun", "{}", "glue:startJobRun")]
    [InlineData("arn:aws:states:::dynamodb:query", "{}", "dynamodb:query")]
    [InlineData("arn:aws:states:::sqs:sendMessage", """{"MessageBody":"x"}""", "QueueUrl")]
    [InlineData("arn:aws:states:::sqs:sendMessage", """{"QueueUrl":"q","MessageBody":"x","Body":"y"}""", "'Body'")]
    [InlineData("arn:aws:states:::lambda:invoke", """{"Payload":{}}""", "FunctionName")]
    public async Task CreateStateMachine_ResourceOrParametersUnsupported_IsInvalidDefinitionThatNamesThem(string resource, string parameters, string named)
    {
        await using StatesCloud cloud = StatesCloud.Open();
        AwsError refusal = await cloud.RefusalAsync("CreateStateMachine", new JsonObject
        {
            ["name"] = "machine",
            ["roleArn"] = StatesCloud.RoleArn,
            ["definition"] = $$$$"""{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"{{{{resource}}}}","Parameters":{{{{parameters}}}},"End":true}}}""",
        });
        Assert.Equal("InvalidDefinition", refusal.Code);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("/States/Work", refusal.Message, StringComparison.Ordinal);
    }

    private static string State(string action, string parameters) =>
        $$$$"""{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:states:::{{{{action}}}}","Parameters":{{{{parameters}}}},"End":true}}}""";

    private static async Task<JsonObject> RunAsync(StatesCloud cloud, string action, string parameters, string input = "{}") =>
        await cloud.SettledAsync(await cloud.StartAsync(await cloud.CreateAsync(State(action, parameters)), input));

    private static async Task<JsonNode> OutputAsync(StatesCloud cloud, string action, string parameters, string input = "{}")
    {
        JsonObject execution = await RunAsync(cloud, action, parameters, input);
        Assert.Equal("SUCCEEDED", (string?)execution["status"]);
        return JsonNode.Parse((string)execution["output"]!)!;
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using Amazon.StepFunctions.Tests.Wire;

namespace Amazon.StepFunctions.Tests;

/// <summary>How answers are read. The answers with every member of the service's model are files beside the tests.</summary>
public sealed class ResponseTests
{
    public static TheoryData<string> Operations => Calls.Names;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Call_AnswerWithEveryMember_GivesEach(string operation)
    {
        var answer = Answer(operation);
        var service = new FakeService().Answers(answer);
        using var client = service.Client();

        var response = await Calls.All[operation](client);

        var read = ModelJson.Of(response);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(answer), read), read.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Call_AnyAnswer_GivesStatusAndRequestId(string operation)
    {
        var service = new FakeService().Answers(
            """{"httpStatusCode":500,"responseMetadata":{"requestId":"x"},"contentLength":-7}""");
        using var client = service.Client();

        var response = await Calls.All[operation](client);

        Assert.Equal(HttpStatusCode.OK, response.HttpStatusCode);
        Assert.Equal("request-1", response.ResponseMetadata.RequestId);
        Assert.NotEqual(-7, response.ContentLength);
        Assert.Empty(ModelJson.Of(response).AsObject());
    }

    [Fact]
    public async Task DescribeExecution_RealAnswer_GivesTypedMembers()
    {
        var service = new FakeService().Answers(
            """
            {"executionArn":"arn:e","stateMachineArn":"arn:m","name":"n","status":"TIMED_OUT","startDate":1.700000000123E9,
             "stopDate":1700000001,"input":"{}","redriveCount":0,"redriveStatus":"REDRIVABLE","newMember":{"deep":[1,{}]}}
            """);
        using var client = service.Client();

        var execution = await client.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = "arn:e" }, Stop);

        Assert.Same(ExecutionStatus.TIMED_OUT, execution.Status);
        Assert.Equal(ExecutionRedriveStatus.REDRIVABLE, execution.RedriveStatus);
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, 123, DateTimeKind.Utc), execution.StartDate);
        Assert.Equal(DateTimeKind.Utc, execution.StartDate!.Value.Kind);
        Assert.Equal(0, execution.RedriveCount);
        Assert.Null(execution.Output);
        Assert.Null(execution.RedriveDate);
    }

    [Fact]
    public async Task GetExecutionHistory_TaskEvents_GivesTheirDetailsAndNoOthers()
    {
        var service = new FakeService().Answers(
            """
            {"events":[
              {"timestamp":1700000000.5,"type":"TaskScheduled","id":3,"previousEventId":2,"taskScheduledEventDetails":
                {"resourceType":"sqs","resource":"sendMessage.waitForTaskToken","region":"eu-west-1","parameters":"{}",
                 "timeoutInSeconds":99999999}},
              {"timestamp":1700000001,"type":"SomethingNew","id":4,"previousEventId":3}]}
            """);
        using var client = service.Client();

        var history = await client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = "arn:e" }, Stop);

        Assert.Null(history.NextToken);
        var (scheduled, unknown) = (history.Events[0], history.Events[1]);
        Assert.Equal(HistoryEventType.TaskScheduled, scheduled.Type);
        Assert.Equal((3, 2), (scheduled.Id, scheduled.PreviousEventId));
        Assert.Equal(99_999_999, scheduled.TaskScheduledEventDetails.TimeoutInSeconds);
        Assert.Null(scheduled.TaskScheduledEventDetails.HeartbeatInSeconds);
        Assert.Null(scheduled.TaskSucceededEventDetails);
        Assert.Equal("SomethingNew", unknown.Type.Value);
    }

    [Fact]
    public async Task ListExecutions_Collections_AreNullWhereAbsentAndEmptyWhereEmpty()
    {
        var service = new FakeService().Answers("{}").Answers("""{"executions":null}""").Answers("""{"executions":[]}""");
        using var client = service.Client();

        Assert.Null((await client.ListExecutionsAsync(new ListExecutionsRequest(), Stop)).Executions);
        Assert.Null((await client.ListExecutionsAsync(new ListExecutionsRequest(), Stop)).Executions);
        Assert.Empty((await client.ListExecutionsAsync(new ListExecutionsRequest(), Stop)).Executions);
    }

    [Fact]
    public async Task SendTaskSuccess_EmptyBody_IsASuccess()
    {
        var service = new FakeService().Answers("");
        using var client = service.Client();

        var response = await client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = "t", Output = "{}" }, Stop);

        Assert.Equal(HttpStatusCode.OK, response.HttpStatusCode);
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("""{"startDate":"yesterday"}""")]
    [InlineData("""{"startDate":1e30}""")]
    [InlineData("""{"startDate":-62135596801}""")]
    [InlineData("""{"executionArn":"cut o""")]
    public async Task StartExecution_AnswerThatIsNone_IsAnUnmarshallingException(string body)
    {
        var service = new FakeService().Answers(body);
        using var client = service.Client(config => config.MaxErrorRetry = 0);

        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => client.StartExecutionAsync(new StartExecutionRequest(), Stop));
    }

    [Fact]
    public async Task DescribeExecution_LongOutput_IsReadWhole()
    {
        var text = new StringBuilder().Insert(0, "{\"é😀\":1}\n", 20_000).ToString();
        var service = new FakeService().Answers(JsonSerializer.Serialize(new { output = text }));
        using var client = service.Client();

        var response = await client.DescribeExecutionAsync(new DescribeExecutionRequest(), Stop);

        Assert.Equal(text, response.Output);
    }

    [Fact]
    public void Answers_BesideTheTests_HaveEveryMemberOfThePackage()
    {
        // The files come from the service's model; a member that this package has and they lack would go untested.
        var seen = new HashSet<Type>();
        foreach (var operation in Calls.All.Keys)
        {
            var response = typeof(StartExecutionResponse).Assembly.GetType($"Amazon.StepFunctions.Model.{operation}Response")!;
            Covered(response, JsonNode.Parse(Answer(operation))!, seen);
        }

        Assert.Contains(typeof(HistoryEvent), seen);
        Assert.Contains(typeof(EvaluationFailedEventDetails), seen);
    }

    private static void Covered(Type type, JsonNode json, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            return;

        foreach (var member in ModelJson.Members(type))
        {
            var value = json[ModelJson.WireName(member.Name)];
            Assert.True(value is not null, $"{type.Name}.{member.Name}");
            if (member.PropertyType.Namespace == type.Namespace)
                Covered(member.PropertyType, value, seen);
            else if (value is JsonArray list && member.PropertyType.GetGenericArguments()[0].Namespace == type.Namespace)
                Covered(member.PropertyType.GetGenericArguments()[0], list[0]!, seen);
        }
    }

    private static string Answer(string operation)
    {
        using var stream = typeof(ResponseTests).Assembly.GetManifestResourceStream(operation)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

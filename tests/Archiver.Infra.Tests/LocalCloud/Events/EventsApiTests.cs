using System.Diagnostics;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Events;

namespace Archiver.Infra.Tests.LocalCloud.Events;

/// <summary>EventBridge by its wire, with rules of a template that lead into queues.</summary>
public sealed class EventsApiTests : IAsyncLifetime
{
    private const string Template = """
        Resources:
          Taken: {Type: AWS::SQS::Queue, Properties: {QueueName: taken}}
          Dead: {Type: AWS::SQS::Queue, Properties: {QueueName: dead}}
          Orders:
            Type: AWS::Events::Rule
            Properties:
              Name: orders
              Description: What is ordered.
              EventPattern: {source: [shop], detail: {total: [{numeric: [">", 10]}]}}
              Targets:
                - {Id: whole, Arn: !GetAtt Taken.Arn}
                - Id: part
                  Arn: !GetAtt Taken.Arn
                  InputPath: $.detail.total
                  RetryPolicy: {MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 3}
                  DeadLetterConfig: {Arn: !GetAtt Dead.Arn}
          Lost:
            Type: AWS::Events::Rule
            Properties:
              Name: lost
              EventPattern: {source: [lost]}
              Targets:
                - Id: machine
                  Arn: arn:aws:states:us-east-1:000000000000:stateMachine:nowhere
                  RoleArn: arn:aws:iam::000000000000:role/any
                  Input: '{"a": 1}'
                  DeadLetterConfig: {Arn: !GetAtt Dead.Arn}
        """;

    private EventsCloud _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await EventsCloud.StartAsync(Template);

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task PutEvents_EventThatARuleMatches_ReachesEachTargetInItsForm()
    {
        (int status, JsonObject answer) = await PutAsync(Entry("shop", """{"total": 12}"""), Entry("shop", """{"total": 9}"""));
        await _cloud.SettleAsync();

        Assert.Equal((200, 0, 2), (status, (int)answer["FailedEntryCount"]!, answer["Entries"]!.AsArray().Count));
        string[] bodies = [.. (await _cloud.MessagesAsync("taken")).Select(message => message.Body)];
        Assert.Equal(2, bodies.Length);
        Assert.Contains("12", bodies);
        JsonObject whole = JsonNode.Parse(bodies.Single(body => body != "12"))!.AsObject();
        Assert.Equal(
            ("0", (string)answer["Entries"]![0]!["EventId"]!, "shop", "ordered", "000000000000", "us-east-1", 12),
            ((string)whole["version"]!, (string)whole["id"]!, (string)whole["source"]!, (string)whole["detail-type"]!, (string)whole["account"]!,
                (string)whole["region"]!, (int)whole["detail"]!["total"]!));
    }

    [Theory]
    [InlineData("aws.s3", "{}", null, "NotAuthorizedForSourceException")]
    [InlineData("", "{}", null, "InvalidArgument")]
    [InlineData("shop", "5", null, "MalformedDetail")]
    [InlineData("shop", "{", null, "MalformedDetail")]
    [InlineData("shop", "{}", "other", "ResourceNotFoundException")]
    public async Task PutEvents_EntryThatCannotBe_IsRefusedByItself(string source, string detail, string? bus, string code)
    {
        JsonObject broken = Entry(source, detail);
        if (bus is not null)
            broken["EventBusName"] = bus;

        (int status, JsonObject answer) = await PutAsync(broken, Entry("shop", """{"total": 12}"""));

        Assert.Equal((200, 1, code), (status, (int)answer["FailedEntryCount"]!, (string)answer["Entries"]![0]!["ErrorCode"]!));
        Assert.NotNull(answer["Entries"]![1]!["EventId"]);
    }

    [Fact]
    public async Task PutEvents_NoneTooManyOrTooLarge_IsRefused()
    {
        Assert.Equal((400, "com.amazonaws.events#ValidationException"), Refusal(await PutAsync()));
        Assert.Equal((400, "com.amazonaws.events#ValidationException"), Refusal(await PutAsync([.. Enumerable.Range(0, 11).Select(_ => Entry("shop", "{}"))])));
        Assert.Equal(
            (400, "com.amazonaws.events#ValidationException"),
            Refusal(await PutAsync(Entry("shop", new JsonObject { ["a"] = new string('x', 1024 * 1024) }.ToJsonString()))));
    }

    [Fact]
    public async Task Delivery_TargetThatRefusesForGood_SendsTheEventToTheDeadLetters()
    {
        await PutAsync(Entry("lost", """{"n": 1}"""));
        await _cloud.SettleAsync();

        Amazon.SQS.Model.Message dead = Assert.Single(await _cloud.MessagesAsync("dead"));
        Assert.Equal(1, (int)JsonNode.Parse(dead.Body)!["detail"]!["n"]!);
        Assert.Equal("StateMachineDoesNotExist", dead.MessageAttributes["ERROR_CODE"].StringValue);
        Assert.Equal("arn:aws:events:us-east-1:000000000000:rule/lost", dead.MessageAttributes["RULE_ARN"].StringValue);
        Assert.Equal("arn:aws:states:us-east-1:000000000000:stateMachine:nowhere", dead.MessageAttributes["TARGET_ARN"].StringValue);
        Assert.Equal("0", dead.MessageAttributes["RETRY_ATTEMPTS"].StringValue);
        Assert.Null(_cloud.Get<EventsStore>().NextDue());
    }

    [Fact]
    public async Task TestEventPattern_EventOrPattern_IsAnsweredOrRefused()
    {
        JsonObject request = new()
        {
            ["EventPattern"] = """{"source":["a"]}""",
            ["Event"] = """{"id":"1","account":"0","source":"a","time":"2026-01-01T00:00:00Z","region":"r","resources":[],"detail-type":"t"}""",
        };
        (int status, JsonObject answer) = await _cloud.PostAsync("TestEventPattern", request);
        Assert.Equal((200, true), (status, (bool)answer["Result"]!));

        request["EventPattern"] = """{"source":[{"regex":"a"}]}""";
        Assert.Equal((400, "com.amazonaws.events#InvalidEventPatternException"), Refusal(await _cloud.PostAsync("TestEventPattern", request)));
        request["EventPattern"] = """{"source":["a"]}""";
        request["Event"] = """{"id":"1"}""";
        Assert.Equal((400, "com.amazonaws.events#ValidationException"), Refusal(await _cloud.PostAsync("TestEventPattern", request)));
    }

    [Fact]
    public async Task ListRules_PageByPage_GivesAll()
    {
        (_, JsonObject first) = await _cloud.PostAsync("ListRules", new JsonObject { ["Limit"] = 1 });
        (_, JsonObject second) = await _cloud.PostAsync("ListRules", new JsonObject { ["Limit"] = 1, ["NextToken"] = (string)first["NextToken"]! });
        (_, JsonObject named) = await _cloud.PostAsync("ListRules", new JsonObject { ["NamePrefix"] = "or" });

        Assert.Equal("lost", (string)Assert.Single(first["Rules"]!.AsArray())!["Name"]!);
        Assert.Equal("orders", (string)Assert.Single(second["Rules"]!.AsArray())!["Name"]!);
        Assert.Null(second["NextToken"]);
        Assert.Equal("orders", (string)Assert.Single(named["Rules"]!.AsArray())!["Name"]!);
        Assert.Equal(
            (400, "com.amazonaws.events#ValidationException"),
            Refusal(await _cloud.PostAsync("ListRules", new JsonObject { ["NamePrefix"] = "x", ["NextToken"] = (string)first["NextToken"]! })));
    }

    [Fact]
    public async Task Describe_RuleAndTargets_SaysWhatTheTemplateSays()
    {
        (_, JsonObject rule) = await _cloud.PostAsync("DescribeRule", new JsonObject { ["Name"] = "orders" });
        (_, JsonObject targets) = await _cloud.PostAsync("ListTargetsByRule", new JsonObject { ["Rule"] = "orders" });

        Assert.Equal(
            ("orders", "arn:aws:events:us-east-1:000000000000:rule/orders", "What is ordered.", "ENABLED", "default"),
            ((string)rule["Name"]!, (string)rule["Arn"]!, (string)rule["Description"]!, (string)rule["State"]!, (string)rule["EventBusName"]!));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"source":["shop"],"detail":{"total":[{"numeric":[">",10]}]}}"""), JsonNode.Parse((string)rule["EventPattern"]!)));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                [{"Id":"part","Arn":"arn:aws:sqs:us-east-1:000000000000:taken","InputPath":"$.detail.total",
                  "RetryPolicy":{"MaximumEventAgeInSeconds":60,"MaximumRetryAttempts":3},"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:000000000000:dead"}},
                 {"Id":"whole","Arn":"arn:aws:sqs:us-east-1:000000000000:taken"}]
                """),
            targets["Targets"]));
        Assert.Equal((400, "com.amazonaws.events#ResourceNotFoundException"), Refusal(await _cloud.PostAsync("DescribeRule", new JsonObject { ["Name"] = "none" })));
        Assert.Equal(400, (await _cloud.PostAsync("PutRule", new JsonObject { ["Name"] = "none" })).Status);
    }

    [Fact]
    public async Task DisableRule_ThenEnable_StopsAndLetsEvents()
    {
        await _cloud.PostAsync("DisableRule", new JsonObject { ["Name"] = "orders" });
        await PutAsync(Entry("shop", """{"total": 12}"""));
        await _cloud.SettleAsync();
        (_, JsonObject disabled) = await _cloud.PostAsync("DescribeRule", new JsonObject { ["Name"] = "orders" });
        Assert.Equal("DISABLED", (string)disabled["State"]!);
        Assert.Empty(await _cloud.MessagesAsync("taken"));

        await _cloud.PostAsync("EnableRule", new JsonObject { ["Name"] = "orders" });
        await PutAsync(Entry("shop", """{"total": 12}"""));
        await _cloud.SettleAsync();
        Assert.Equal(2, (await _cloud.MessagesAsync("taken")).Count);
    }

    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(true, false, true, false)]
    [InlineData(false, true, false, true)]
    [InlineData(true, false, false, false)]
    [InlineData(false, false, true, true)]
    public void Declare_SwitchedSince_StaysUntilTheTemplateSaysOtherwise(bool first, bool switched, bool then, bool expected)
    {
        EventsStore store = _cloud.Get<EventsStore>();
        store.Declare("rule", first);
        store.Switch("rule", switched);

        Assert.Equal(expected, store.Declare("rule", then));
    }

    [Theory]
    [InlineData("ScheduleExpression: rate(1 day)")]
    [InlineData("EventPattern: {source: [{regex: x}]}")]
    [InlineData("EventPattern: {source: [x]}, Targets: [{Id: t, Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f'}]")]
    [InlineData("EventPattern: {source: [x]}, Targets: [{Id: t, Arn: 'arn:aws:sqs:us-east-1:000000000000:q', EcsParameters: {}}]")]
    [InlineData("EventPattern: {source: [x]}, Targets: [{Id: t, Arn: 'arn:aws:sqs:us-east-1:000000000000:q', Input: '{'}]")]
    [InlineData("EventPattern: {source: [x]}, Targets: [{Id: t, Arn: 'arn:aws:sqs:us-east-1:000000000000:q', Input: '1', InputPath: $.a}]")]
    [InlineData("EventPattern: {source: [x]}, Targets: [{Id: t, Arn: 'arn:aws:sqs:us-east-1:000000000000:q', RetryPolicy: {MaximumRetryAttempts: 186}}]")]
    [InlineData("EventPattern: {source: [x]}, EventBusName: other")]
    [InlineData("EventPattern: {source: [x]}, State: MAYBE")]
    [InlineData("EventPattern: {source: [x]}, Name: 'a b'")]
    public async Task Template_RuleThatCannotBe_IsRefusedByItsPlace(string properties)
    {
        Archiver.Infra.LocalCloud.LocalCloudException refusal = await Assert.ThrowsAsync<Archiver.Infra.LocalCloud.LocalCloudException>(
            () => EventsCloud.StartAsync($"Resources:\n  R: {{Type: AWS::Events::Rule, Properties: {{{properties}}}}}"));

        Assert.Contains("(2,", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("R (AWS::Events::Rule)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0.5)]
    [InlineData(4, 0, 8)]
    [InlineData(9, 0, 256)]
    [InlineData(10, 0, 300)]
    [InlineData(185, 1, 150)]
    public void Backoff_Attempt_DoublesToFiveMinutes(int attempt, double jitter, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), EventDelivery.Backoff(attempt, jitter));

    [Fact]
    public async Task Aws_EventsClient_ReadsRules()
    {
        ProcessStartInfo start = new("aws", ["--endpoint-url", _cloud.Cloud.Endpoint.ToString(), "events", "list-rules", "--query", "Rules[].Name", "--output", "text"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "local";
        using Process client = Process.Start(start)!;
        string said = await client.StandardOutput.ReadToEndAsync(Cancel);
        await client.WaitForExitAsync(Cancel);

        Assert.Equal(["lost", "orders"], said.Split((char[])['\t', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    private Task<(int Status, JsonObject Body)> PutAsync(params JsonObject[] entries) =>
        _cloud.PostAsync("PutEvents", new JsonObject { ["Entries"] = new JsonArray([.. entries]) });

    private static JsonObject Entry(string source, string detail) => new() { ["Source"] = source, ["DetailType"] = "ordered", ["Detail"] = detail };

    private static (int Status, string Type) Refusal((int Status, JsonObject Body) answer) => (answer.Status, (string)answer.Body["__type"]!);
}

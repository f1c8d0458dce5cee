using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>What a definition may be, and where it says that it may not.</summary>
public sealed class ParserTests
{
    private const string End = "\"End\":true";

    [Fact]
    public void Parse_OfAValidMachine_FindsNothing()
    {
        var (machine, diagnostics) = StateMachine.Parse("""
            {"Comment":"c","Version":"1.0","QueryLanguage":"JSONPath","TimeoutSeconds":99999999,"StartAt":"a/b","States":{
              "a/b":{"Type":"Task","Comment":"c","QueryLanguage":"JSONPath","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:Work:prod","Next":"é",
                "TimeoutSeconds":10,"HeartbeatSeconds":9,
                "Retry":[{"ErrorEquals":["A","States.Timeout"],"IntervalSeconds":1,"MaxAttempts":0,"BackoffRate":1,"MaxDelaySeconds":2,"JitterStrategy":"FULL"},
                         {"ErrorEquals":["States.ALL"],"JitterStrategy":"NONE"}],
                "Catch":[{"ErrorEquals":["States.ALL"],"Next":"é","ResultPath":null}]},
              "é":{"Type":"Succeed","InputPath":null,"OutputPath":"$$.Execution"}}}
            """);

        Assert.Empty(diagnostics);
        Assert.Equal(("a/b", 99_999_999L, false), (machine!.StartAt, machine.TimeoutSeconds, machine.IsExpress));
        Assert.Equal(["a/b", "é"], machine.StateNames);
    }

    [Theory]
    [InlineData("", "INVALID_JSON_DESCRIPTION", 1, 1)]
    [InlineData("not a definition", "INVALID_JSON_DESCRIPTION", 1, 2)]
    [InlineData("{\"StartAt\": \"A\",\n  \"States\": {,}}", "INVALID_JSON_DESCRIPTION", 2, 14)]
    [InlineData("{\"Comment\":\"äöü\", x}", "INVALID_JSON_DESCRIPTION", 1, 19)]
    [InlineData("{\"StartAt\":\"A\"} {}", "INVALID_JSON_DESCRIPTION", 1, 17)]
    [InlineData("[]", "SCHEMA_VALIDATION_FAILED", 1, 1)]
    [InlineData("\n  5", "SCHEMA_VALIDATION_FAILED", 2, 3)]
    public void Parse_OfNoDefinition_IsAnErrorAtItsPlace(string definition, string code, int line, int column)
    {
        var diagnostic = Assert.Single(StateMachine.Parse(definition).Diagnostics);

        Assert.Equal((DiagnosticSeverity.Error, code, line, column), (diagnostic.Severity, diagnostic.Code, diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void Parse_OfHalfASurrogatePair_IsAnError()
        => Assert.Equal("INVALID_JSON_DESCRIPTION", Assert.Single(StateMachine.Parse(@"{""Comment"":""\ud800""}").Diagnostics).Code);

    [Fact]
    public void Parse_OfEndlessNesting_IsAnError()
        => Assert.Equal("INVALID_JSON_DESCRIPTION", Assert.Single(StateMachine.Parse(new string('[', 500_000)).Diagnostics).Code);

    [Fact]
    public void Parse_OverTheLimit_IsAnError()
        => Assert.Contains("larger than 1048576 bytes", Assert.Single(StateMachine.Parse(new string(' ', 1_048_577)).Diagnostics).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"States":{"A":{"Type":"Succeed"}}}""", "/", "must have the field \"StartAt\"")]
    [InlineData("""{"StartAt":"A"}""", "/", "must have the field \"States\"")]
    [InlineData("""{"StartAt":5,"States":{"A":{"Type":"Succeed"}}}""", "/StartAt", "must be a string, but is a number")]
    [InlineData("""{"StartAt":"A","States":[]}""", "/States", "must be an object, but is an array")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}},"Extra":1}""", "/Extra", "has no field \"Extra\"")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}},"Version":"2.0"}""", "/Version", "no version \"2.0\"")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}},"TimeoutSeconds":0}""", "/TimeoutSeconds", "an integer from 1 to 99999999")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}},"TimeoutSeconds":100000000}""", "/TimeoutSeconds", "an integer from 1 to 99999999")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}},"TimeoutSeconds":1.5}""", "/TimeoutSeconds", "an integer from 1 to 99999999")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}},"QueryLanguage":"SQL"}""", "/QueryLanguage", "must be JSONPath or JSONata")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"},"A":{"Type":"Succeed"}}}""", "/States/A", "\"A\" is there twice")]
    [InlineData("""{"StartAt":"A","States":{"A":5}}""", "/States/A", "must be an object, but is a number")]
    [InlineData("""{"StartAt":"A","States":{"A":{}}}""", "/States/A", "must have the field \"Type\"")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Loop"}}}""", "/States/A/Type", "There is no state type \"Loop\"")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed","Next":"A"}}}""", "/States/A/Next", "has no field \"Next\"")]
    public void Parse_OfABrokenMachine_SaysWhatAndWhere(string definition, string path, string message) => AssertOne(definition, path, message);

    [Theory]
    [InlineData("{\"Type\":\"Pass\"}", "/States/A", "either \"Next\" or \"End\": true")]
    [InlineData("{\"Type\":\"Pass\",\"End\":false}", "/States/A", "either \"Next\" or \"End\": true")]
    [InlineData("{\"Type\":\"Pass\",\"End\":\"yes\"}", "/States/A/End", "must be a boolean")]
    [InlineData("{\"Type\":\"Pass\",\"End\":true,\"Next\":\"A\"}", "/States/A", "only one of \"Next\" and \"End\"")]
    [InlineData("{\"Type\":\"Pass\"," + End + ",\"InputPath\":5}", "/States/A/InputPath", "must be a string, but is a number")]
    [InlineData("{\"Type\":\"Pass\"," + End + ",\"InputPath\":\"a\"}", "/States/A/InputPath", "not a path: Expected $ at character 1")]
    [InlineData("{\"Type\":\"Pass\"," + End + ",\"ResultPath\":\"$.a[*]\"}", "/States/A/ResultPath", "not a reference path")]
    [InlineData("{\"Type\":\"Pass\"," + End + ",\"ResultPath\":\"$$.a\"}", "/States/A/ResultPath", "cannot be into the context object")]
    [InlineData("{\"Type\":\"Pass\"," + End + ",\"Parameters\":{\"x.$\":5}}", "/States/A/Parameters/x.$", "must be a path or an intrinsic function, as a string, but is a number")]
    [InlineData("{\"Type\":\"Pass\"," + End + ",\"Parameters\":{\"x.$\":\"$[\"}}", "/States/A/Parameters/x.$", "\"x.$\" is not a path")]
    [InlineData("{\"Type\":\"Pass\"," + End + ",\"Parameters\":{\"x\":1,\"x.$\":\"$\"}}", "/States/A/Parameters/x.$", "has both \"x\" and \"x.$\"")]
    [InlineData("{\"Type\":\"Pass\"," + End + ",\"Resource\":\"r\"}", "/States/A/Resource", "has no field \"Resource\"")]
    [InlineData("{\"Type\":\"Wait\"," + End + "}", "/States/A", "must have one of \"Seconds\"")]
    [InlineData("{\"Type\":\"Wait\"," + End + ",\"Seconds\":-1}", "/States/A/Seconds", "an integer from 0 to 99999999")]
    [InlineData("{\"Type\":\"Wait\"," + End + ",\"Timestamp\":\"tomorrow\"}", "/States/A/Timestamp", "not an RFC 3339 timestamp")]
    [InlineData("{\"Type\":\"Wait\"," + End + ",\"Seconds\":1,\"TimestampPath\":\"$.t\"}", "/States/A", "only one of \"Seconds\", \"TimestampPath\"")]
    [InlineData("{\"Type\":\"Wait\"," + End + ",\"SecondsPath\":\"$.t[*]\"}", "/States/A/SecondsPath", "must be a reference path")]
    [InlineData("{\"Type\":\"Fail\",\"Error\":\"E\",\"ErrorPath\":\"$.e\"}", "/States/A", "only one of \"Error\", \"ErrorPath\"")]
    [InlineData("{\"Type\":\"Fail\",\"CausePath\":\"cause\"}", "/States/A/CausePath", "neither a path nor an intrinsic function")]
    [InlineData("{\"Type\":\"Choice\"}", "/States/A", "must have the field \"Choices\"")]
    [InlineData("{\"Type\":\"Task\"," + End + "}", "/States/A", "must have the field \"Resource\"")]
    public void Parse_OfABrokenState_SaysWhatAndWhere(string state, string path, string message) => AssertOne(One(state), path, message);

    [Theory]
    [InlineData("\"Resource\":\"Work\"", "/States/A/Resource", "neither a function's ARN nor a service integration")]
    [InlineData("\"Resource\":\"${Function}\"", "/States/A/Resource", "neither a function's ARN nor a service integration")]
    [InlineData("\"Resource\":\"arn:aws:states:::sqs:sendMessage\"", "/States/A", "needs \"Parameters\", as an object")]
    [InlineData("#,\"TimeoutSeconds\":0", "/States/A/TimeoutSeconds", "an integer from 1 to 99999999")]
    [InlineData("#,\"TimeoutSeconds\":5,\"TimeoutSecondsPath\":\"$.t\"", "/States/A", "only one of \"TimeoutSeconds\", \"TimeoutSecondsPath\"")]
    [InlineData("#,\"TimeoutSeconds\":5,\"HeartbeatSeconds\":5", "/States/A/HeartbeatSeconds", "must be smaller than \"TimeoutSeconds\"")]
    [InlineData("#,\"Retry\":{}", "/States/A/Retry", "must be an array, but is an object")]
    [InlineData("#,\"Retry\":[5]", "/States/A/Retry/0", "A retrier must be an object, but is a number")]
    [InlineData("#,\"Retry\":[{}]", "/States/A/Retry/0", "must have the field \"ErrorEquals\"")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[]}]", "/States/A/Retry/0/ErrorEquals", "must name an error")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[5]}]", "/States/A/Retry/0/ErrorEquals/0", "must be a string, but is a number")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"States.Oops\"]}]", "/States/A/Retry/0/ErrorEquals/0", "There is no error \"States.Oops\"")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"A\",\"States.ALL\"]}]", "/States/A/Retry/0/ErrorEquals/1", "must stand alone")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]},{\"ErrorEquals\":[\"A\"]}]", "/States/A/Retry/0/ErrorEquals/0", "must stand alone, and in the last")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"A\"],\"BackoffRate\":0.9}]", "/States/A/Retry/0/BackoffRate", "a number of 1.0 or more")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"A\"],\"IntervalSeconds\":0}]", "/States/A/Retry/0/IntervalSeconds", "an integer from 1")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"A\"],\"MaxAttempts\":-1}]", "/States/A/Retry/0/MaxAttempts", "an integer from 0")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"A\"],\"MaxDelaySeconds\":31622400}]", "/States/A/Retry/0/MaxDelaySeconds", "an integer from 1 to 31622399")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"A\"],\"IntervalSeconds\":5,\"MaxDelaySeconds\":5}]", "/States/A/Retry/0/MaxDelaySeconds", "must be greater than \"IntervalSeconds\"")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"A\"],\"JitterStrategy\":\"SOME\"}]", "/States/A/Retry/0/JitterStrategy", "must be FULL or NONE")]
    [InlineData("#,\"Retry\":[{\"ErrorEquals\":[\"A\"],\"Next\":\"A\"}]", "/States/A/Retry/0/Next", "A retrier has no field \"Next\"")]
    [InlineData("#,\"Catch\":[{\"ErrorEquals\":[\"A\"]}]", "/States/A/Catch/0", "must have the field \"Next\"")]
    [InlineData("#,\"Catch\":[{\"ErrorEquals\":[\"A\"],\"Next\":\"A\",\"ResultPath\":\"$..a\"}]", "/States/A/Catch/0/ResultPath", "not a reference path")]
    public void Parse_OfABrokenTask_SaysWhatAndWhere(string fields, string path, string message)
        => AssertOne(
            One("{\"Type\":\"Task\"," + End + "," + fields.Replace("#", "\"Resource\":\"" + TestMachine.FunctionArn + "\"", StringComparison.Ordinal) + "}"), path, message);

    [Theory]
    [InlineData("5", "/States/A/Choices/0", "must be an object, but is a number")]
    [InlineData("{\"Next\":\"Z\"}", "/States/A/Choices/0", "exactly one operator")]
    [InlineData("{\"Variable\":\"$.a\",\"StringEquals\":\"a\"}", "/States/A/Choices/0", "must have the field \"Next\"")]
    [InlineData("{\"StringEquals\":\"a\",\"Next\":\"Z\"}", "/States/A/Choices/0", "must have the field \"Variable\"")]
    [InlineData("{\"Variable\":\"a\",\"StringEquals\":\"a\",\"Next\":\"Z\"}", "/States/A/Choices/0/Variable", "not a path")]
    [InlineData("{\"Variable\":\"$.a\",\"StringEquals\":\"a\",\"IsNull\":true,\"Next\":\"Z\"}", "/States/A/Choices/0", "exactly one operator")]
    [InlineData("{\"Variable\":\"$.a\",\"StringEquals\":1,\"Next\":\"Z\"}", "/States/A/Choices/0/StringEquals", "must be a string")]
    [InlineData("{\"Variable\":\"$.a\",\"NumericEquals\":\"1\",\"Next\":\"Z\"}", "/States/A/Choices/0/NumericEquals", "must be a number")]
    [InlineData("{\"Variable\":\"$.a\",\"BooleanEquals\":\"true\",\"Next\":\"Z\"}", "/States/A/Choices/0/BooleanEquals", "must be a boolean")]
    [InlineData("{\"Variable\":\"$.a\",\"TimestampEquals\":\"now\",\"Next\":\"Z\"}", "/States/A/Choices/0/TimestampEquals", "must be an RFC 3339 timestamp")]
    [InlineData("{\"Variable\":\"$.a\",\"IsNull\":\"yes\",\"Next\":\"Z\"}", "/States/A/Choices/0/IsNull", "must be a boolean")]
    [InlineData("{\"Variable\":\"$.a\",\"StringMatches\":\"a\\\\b\",\"Next\":\"Z\"}", "/States/A/Choices/0/StringMatches", "a backslash stands before")]
    [InlineData("{\"Variable\":\"$.a\",\"StringEqualsPath\":\"a\",\"Next\":\"Z\"}", "/States/A/Choices/0/StringEqualsPath", "not a path")]
    [InlineData("{\"Variable\":\"$.a\",\"BooleanLessThan\":true,\"Next\":\"Z\"}", "/States/A/Choices/0", "exactly one operator")]
    [InlineData("{\"And\":[],\"Next\":\"Z\"}", "/States/A/Choices/0/And", "not empty")]
    [InlineData("{\"Not\":[],\"Next\":\"Z\"}", "/States/A/Choices/0/Not", "must be an object, but is an array")]
    [InlineData("{\"Not\":{\"Variable\":\"$.a\",\"IsNull\":true,\"Next\":\"Z\"},\"Next\":\"Z\"}", "/States/A/Choices/0/Not/Next", "has no field \"Next\"")]
    [InlineData("{\"Or\":[{\"Variable\":\"$.a\",\"IsNull\":true},{\"Variable\":\"$.a\"}],\"Next\":\"Z\"}", "/States/A/Choices/0/Or/1", "exactly one operator")]
    public void Parse_OfABrokenChoice_SaysWhatAndWhere(string rule, string path, string message)
        => AssertOne(
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Choice\",\"Choices\":[" + rule + "],\"Default\":\"Z\"},\"Z\":{\"Type\":\"Succeed\"}}}", path, message);

    [Theory]
    [InlineData("{\"Type\":\"Parallel\",\"Branches\":[]," + End + "}", "/States/A/Type", "The state type Parallel")]
    [InlineData("{\"Type\":\"Map\"," + End + "}", "/States/A/Type", "The state type Map")]
    [InlineData("{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONata\"," + End + "}", "/States/A/QueryLanguage", "The query language JSONata")]
    [InlineData("{\"Type\":\"Pass\",\"Assign\":{}," + End + "}", "/States/A/Assign", "\"Assign\" (variables)")]
    [InlineData("{\"Type\":\"Pass\",\"Output\":{}," + End + "}", "/States/A/Output", "\"Output\" (JSONata)")]
    [InlineData("{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Arguments\":{},\"Parameters\":{}," + End + "}", "/States/A/Arguments", "\"Arguments\" (JSONata)")]
    [InlineData("{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::states:startExecution.sync:2\",\"Parameters\":{}," + End + "}", "/States/A/Resource", "'.sync'")]
    [InlineData("{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:eu-west-1:123456789012:activity:Work\"," + End + "}", "/States/A/Resource", "An activity")]
    public void Parse_OfWhatIsStillToCome_SaysSo(string state, string path, string message)
    {
        var diagnostic = AssertOne(One(state), path, message);

        Assert.Equal("UNSUPPORTED_FEATURE", diagnostic.Code);
        Assert.Contains("not supported yet by the local cloud", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"StartAt":"B","States":{"A":{"Type":"Succeed"}}}""", "/StartAt", "Missing 'StartAt' target: there is no state \"B\"")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}""", "/States/A/Next", "Missing 'Next' target: there is no state \"B\"")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$","IsNull":true,"Next":"A"}],"Default":"B"}}}""", "/States/A/Default", "Missing 'Default' target")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$","IsNull":true,"Next":"B"}],"Default":"A"}}}""", "/States/A/Choices/0/Next", "Missing 'Next' target")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"},"B":{"Type":"Succeed"}}}""", "/States/B", "State \"B\" is not reachable")]
    public void Parse_OfABrokenTransition_IsMissingTransitionTarget(string definition, string path, string message)
        => Assert.Equal("MISSING_TRANSITION_TARGET", AssertOne(definition, path, message).Code);

    [Fact]
    public void Parse_OfATaskWhoseCatchLeadsNowhere_IsMissingTransitionTarget()
        => Assert.Equal(
            "MISSING_TRANSITION_TARGET",
            AssertOne(
                One("{\"Type\":\"Task\"," + End + ",\"Resource\":\"" + TestMachine.FunctionArn + "\",\"Catch\":[{\"ErrorEquals\":[\"A\"],\"Next\":\"B\"}]}"),
                "/States/A/Catch/0/Next",
                "Missing 'Next' target").Code);

    [Fact]
    public void Parse_OfALoopWithoutAWayOut_Warns()
    {
        var (machine, diagnostics) = StateMachine.Parse("""
            {"StartAt":"A","States":{
              "A":{"Type":"Choice","Choices":[{"Variable":"$","IsNull":true,"Next":"B"}],"Default":"Z"},
              "B":{"Type":"Wait","Seconds":1,"Next":"C"},"C":{"Type":"Pass","Next":"B"},"Z":{"Type":"Succeed"}}}
            """);

        Assert.NotNull(machine);
        Assert.Equal(["/States/B", "/States/C"], diagnostics.Select(d => d.Path));
        Assert.All(diagnostics, d => Assert.Equal((DiagnosticSeverity.Warning, "NO_WAY_TO_END"), (d.Severity, d.Code)));
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(81, false)]
    public void Parse_OfAStatesName_TakesEightyCharacters(int length, bool valid)
        => Assert.Equal(valid, StateMachine.Parse(
            """{"StartAt":"#","States":{"#":{"Type":"Succeed"}}}""".Replace("#", new string('a', length), StringComparison.Ordinal)).Machine is not null);

    [Fact]
    public void Parse_OfSeveralMistakes_FindsAllInTheOrderOfTheText()
    {
        var (machine, diagnostics) = StateMachine.Parse("""
            {
              "StartAt": "A",
              "States": {
                "A": { "Type": "Pass", "ResultPath": 5, "Next": "B" },
                "B": { "Type": "Task", "Resource": "nothing", "Next": "C" },
                "C": { "Type": "Wait", "Next": "D" }
              },
              "Extra": true
            }
            """);

        Assert.Null(machine);
        Assert.Equal(
            [("/States/A/ResultPath", 4, 42), ("/States/B/Resource", 5, 40), ("/States/C", 6, 10), ("/States/C/Next", 6, 36), ("/Extra", 8, 3)],
            diagnostics.Select(d => (d.Path, d.Line, d.Column)));
    }

    [Theory]
    [InlineData("arn:aws:states:::sqs:sendMessage.waitForTaskToken", "'.waitForTaskToken'")]
    [InlineData("arn:aws:states:::states:startExecution.sync", "'.sync'")]
    [InlineData("arn:aws:states:eu-west-1:123456789012:activity:Work", "activities")]
    public void Parse_OfAnExpressMachine_RefusesWhatItMayNot(string resource, string named)
    {
        var (machine, diagnostics) = StateMachine.Parse(
            One("{\"Type\":\"Task\",\"Resource\":\"" + resource + "\",\"Parameters\":{\"t.$\":\"$$.Task.Token\"}," + End + "}"), express: true);

        Assert.Null(machine);
        Assert.Contains("Express state machine does not support " + named, Assert.Single(diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"t\":1}", false)]
    [InlineData("{\"a\":[{\"b\":{\"t.$\":\"$$.Task.Token\"}}]}", true)]
    [InlineData("{\"t.$\":\"$$\"}", true)]
    [InlineData("{\"t.$\":\"States.Format('{}', $$.Task.Token)\"}", true)]
    [InlineData("{\"t.$\":\"$$.Execution.Id\"}", false)]
    public void Parse_OfATaskThatNobodyCanAnswer_Warns(string parameters, bool fine)
    {
        var (machine, diagnostics) = StateMachine.Parse(
            One("{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\",\"Parameters\":" + parameters + "," + End + "}"));

        Assert.NotNull(machine);
        Assert.Equal(fine, diagnostics.Count == 0);
        Assert.All(diagnostics, d => Assert.Equal((DiagnosticSeverity.Warning, "TASK_TOKEN_UNUSED", "/States/A/Parameters"), (d.Severity, d.Code, d.Path)));
    }

    [Fact]
    public void Tasks_OfAMachine_TellWhatIsCalledWithWhatAndWhere()
    {
        var machine = StateMachine.Parse("""
            {"StartAt":"F","States":{
              "F":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:Work","Next":"Q"},
              "Q":{"Type":"Task","Next":"D",
                "Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"http://q","MessageBody.$":"$","DelaySeconds":1}},
              "D":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:getItem","Parameters":{"TableName.$":"$.t"},"End":true}}}
            """).Machine!;

        Assert.Equal(
            [("F", "arn:aws:lambda:eu-west-1:123456789012:function:Work", 2, 33), ("Q", "arn:aws:states:::sqs:sendMessage", 4, 16), ("D", "arn:aws:states:::aws-sdk:dynamodb:getItem", 5, 33)],
            machine.Tasks.Select(t => (t.StateName, t.Resource, t.Line, t.Column)));
        Assert.Empty(machine.Tasks[0].Parameters);
        Assert.Equal(new Dictionary<string, string> { ["QueueUrl"] = "http://q" }, machine.Tasks[1].Parameters);
        Assert.Empty(machine.Tasks[2].Parameters);
    }

    private static string One(string state) => "{\"StartAt\":\"A\",\"States\":{\"A\":" + state + "}}";

    private static Diagnostic AssertOne(string definition, string path, string message)
    {
        var (machine, diagnostics) = StateMachine.Parse(definition);

        Assert.Null(machine);
        var diagnostic = Assert.Single(diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(path, diagnostic.Path);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        return diagnostic;
    }
}

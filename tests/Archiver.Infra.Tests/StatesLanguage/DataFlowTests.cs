using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>How data goes through states.</summary>
public sealed class DataFlowTests
{
    [Theory]
    [InlineData("", """{"a":1}""", """{"a":1}""")]
    [InlineData("\"InputPath\":\"$.a\",", """{"a":{"b":1}}""", """{"b":1}""")]
    [InlineData("\"InputPath\":null,", """{"a":1}""", "{}")]
    [InlineData("\"InputPath\":\"$.a[*].n\",", """{"a":[{"n":1},{"n":2}]}""", "[1,2]")]
    [InlineData("\"OutputPath\":\"$.a\",", """{"a":1}""", "1")]
    [InlineData("\"OutputPath\":null,", """{"a":1}""", "{}")]
    [InlineData("\"OutputPath\":\"$.a[0,1]\",", """{"a":[1,2,3]}""", "[1,2]")]
    [InlineData("\"Result\":5,", """{"a":1}""", "5")]
    [InlineData("\"Result\":null,", """{"a":1}""", "null")]
    [InlineData("\"Result\":{\"x.$\":\"$.jsonpath\"},", """{"a":1}""", """{"x.$":"$.jsonpath"}""")]
    [InlineData("\"Result\":5,\"ResultPath\":\"$.r.s\",", """{"a":1}""", """{"a":1,"r":{"s":5}}""")]
    [InlineData("\"Result\":5,\"ResultPath\":null,", """{"a":1}""", """{"a":1}""")]
    [InlineData("\"Result\":5,\"ResultPath\":\"$.a\",\"OutputPath\":\"$.a\",", """{"a":1}""", "5")]
    [InlineData("\"InputPath\":\"$.a\",\"ResultPath\":\"$.b\",", """{"a":1}""", """{"a":1,"b":1}""")]
    [InlineData("\"Parameters\":{\"n\":1.50,\"x.$\":\"$.a\",\"y\":[{\"z.$\":\"$.a\"},\"$.a\"]},", """{"a":1}""", """{"n":1.50,"x":1,"y":[{"z":1},"$.a"]}""")]
    [InlineData("\"Parameters\":{\"x.$\":\"$.a[*]\"},", """{"a":[]}""", """{"x":[]}""")]
    [InlineData("\"Parameters\":{\"x.$\":\"$\"},\"InputPath\":\"$.a\",", """{"a":1}""", """{"x":1}""")]
    public void Pass_WithPaths_GivesTheOutput(string fields, string input, string expected)
        => Assert.Equal(expected, TestMachine.Text(TestMachine.RunPass(fields + "\"Comment\":\"c\"", input).Snapshot.Output));

    [Fact]
    public void Task_WithAllFields_FollowsTheSpecsExample()
    {
        var machine = new TestMachine("""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:Work",
              "InputPath":"$.in","Parameters":{"given.$":"$.x","name.$":"$$.State.Name"},
              "ResultSelector":{"picked.$":"$.value","run.$":"$$.Execution.Name"},
              "ResultPath":"$.out","OutputPath":"$.out","End":true}}}
            """).Start("""{"in":{"x":7},"keep":true}""");

        Assert.Equal("""{"given":7,"name":"T"}""", TestMachine.Text(machine.Call.Parameters));
        Assert.Equal("""{"picked":1.0,"run":"run-1"}""", TestMachine.Text(machine.Succeed("""{"value":1.0,"more":2}""").Snapshot.Output));
    }

    [Theory]
    [InlineData("\"InputPath\":\"$.x\"", "States.Runtime", "Invalid path '$.x'")]
    [InlineData("\"OutputPath\":\"$.x\"", "States.Runtime", "Invalid OutputPath '$.x'")]
    [InlineData("\"Parameters\":{\"v.$\":\"$.x\"}", "States.Runtime", "The JSONPath '$.x' specified for the field 'v.$' could not be found in the input '{\"a\":\"ü\"}'")]
    [InlineData("\"Result\":1,\"ResultPath\":\"$.a.b\"", "States.ResultPathMatchFailure", "Unable to apply ReferencePath $.a.b to input")]
    public void Pass_WhosePathLeadsNowhere_FailsInItsState(string fields, string error, string cause)
    {
        var machine = TestMachine.RunPass(fields, """{"a":"ü"}""");

        Assert.Equal(error, machine.Snapshot.Error);
        Assert.StartsWith(
            "An error occurred while executing the state 'P' (entered at the event id #2). " + cause, machine.Snapshot.Cause, StringComparison.Ordinal);
        Assert.Equal(["ExecutionStarted", "PassStateEntered", "ExecutionFailed"], machine.EventTypes);
    }

    [Fact]
    public void Context_OfAPass_HasExecutionStateMachineAndState()
        => Assert.Equal(
            """{"Execution":{"Id":"arn:aws:states:eu-west-1:123456789012:execution:Machine:run-1","Input":{"a":1},"StartTime":"2026-03-14T01:59:00.000Z","Name":"run-1","RoleArn":"arn:aws:iam::123456789012:role/Machine","RedriveCount":0},"StateMachine":{"Id":"arn:aws:states:eu-west-1:123456789012:stateMachine:Machine","Name":"Machine"},"State":{"Name":"P","EnteredTime":"2026-03-14T01:59:00.000Z"}}""",
            TestMachine.Evaluate("$$", """{"a":1}"""));

    [Fact]
    public void Context_OfATask_CountsRetriesAndHasTheToken()
    {
        var machine = new TestMachine("""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters":{"state.$":"$$.State","token.$":"$$.Task.Token"},"Retry":[{"ErrorEquals":["States.ALL"]}],"End":true}}}
            """).Start();
        Assert.Equal("""{"state":{"Name":"T","EnteredTime":"2026-03-14T01:59:00.000Z","RetryCount":0},"token":"token-3"}""", TestMachine.Text(machine.Call.Parameters));

        machine.Fail("Boom").Fire(machine.Timer);

        Assert.Equal("""{"state":{"Name":"T","EnteredTime":"2026-03-14T01:59:00.000Z","RetryCount":1},"token":"token-6"}""", TestMachine.Text(machine.Call.Parameters));
        Assert.Equal("token-6", Assert.Single(machine.Snapshot.OpenTasks).TaskToken);
    }

    [Theory]
    [InlineData("\"Error\":\"E\",\"Cause\":\"C\"", "E", "C")]
    [InlineData("\"ErrorPath\":\"$.e\",\"CausePath\":\"$.c\"", "err", "cau")]
    [InlineData("\"ErrorPath\":\"$$.Execution.Name\",\"CausePath\":\"States.Format('{} by {}', $.c, $.e)\"", "run-1", "cau by err")]
    [InlineData("\"Cause\":\"C\"", null, "C")]
    public void Fail_WithPaths_GivesErrorAndCause(string fields, string? error, string? cause)
    {
        var machine = new TestMachine("{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\"," + fields + "}}}").Start("""{"e":"err","c":"cau"}""");

        Assert.Equal((error, cause), (machine.Snapshot.Error, machine.Snapshot.Cause));
    }

    [Fact]
    public void Fail_WhosePathIsNoText_IsRuntimeError()
    {
        var machine = new TestMachine("""{"StartAt":"F","States":{"F":{"Type":"Fail","ErrorPath":"$.e"}}}""").Start("""{"e":1}""");

        Assert.Equal("States.Runtime", machine.Snapshot.Error);
    }

    [Theory]
    [InlineData("\"Seconds\":90", 90)]
    [InlineData("\"SecondsPath\":\"$.s\"", 30)]
    [InlineData("\"Timestamp\":\"2026-03-14T02:00:00Z\"", 60)]
    [InlineData("\"TimestampPath\":\"$.t\"", 61.5)]
    public void Wait_UntilItsTime_WaitsForThatTimer(string field, double seconds)
    {
        var machine = Wait(field).Start("""{"s":30,"t":"2026-03-14T04:00:01.5+02:00"}""");

        Assert.Equal(TestMachine.Begin.AddSeconds(seconds), machine.Timer.DueAt);
        Assert.Equal(ExecutionStatus.Running, machine.Snapshot.Status);
        Assert.Equal(ExecutionStatus.Succeeded, machine.Fire(machine.Timer).Snapshot.Status);
    }

    [Theory]
    [InlineData("\"Seconds\":0")]
    [InlineData("\"Timestamp\":\"2020-01-01T00:00:00Z\"")]
    public void Wait_ForATimeThatIsPast_GoesOnAtOnce(string field)
        => Assert.Equal(ExecutionStatus.Succeeded, Wait(field).Start().Snapshot.Status);

    [Theory]
    [InlineData("\"SecondsPath\":\"$.x\"", "could not be found")]
    [InlineData("\"SecondsPath\":\"$.t\"", "does not reference an integer")]
    [InlineData("\"SecondsPath\":\"$.n\"", "does not reference an integer")]
    [InlineData("\"TimestampPath\":\"$.t\"", "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == tomorrow")]
    [InlineData("\"TimestampPath\":\"$.n\"", "does not reference a valid ISO-8601")]
    public void Wait_ForATimeThatIsNone_IsRuntimeError(string field, string cause)
    {
        var machine = Wait(field).Start("""{"t":"tomorrow","n":-1}""");

        Assert.Equal("States.Runtime", machine.Snapshot.Error);
        Assert.Contains(cause, machine.Snapshot.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_WithAnInputOverTheLimit_IsDataLimitExceeded()
    {
        var machine = new TestMachine("""{"StartAt":"S","States":{"S":{"Type":"Succeed"}}}""").Start("\"" + new string('a', 262_143) + "\"");

        Assert.Equal("States.DataLimitExceeded", machine.Snapshot.Error);
        Assert.Equal(["ExecutionStarted", "ExecutionFailed"], machine.EventTypes);
    }

    [Fact]
    public void Exit_WithAnOutputAtTheLimit_Passes_AndOverIt_IsDataLimitExceeded()
    {
        var half = new string('ä', 65_000);
        var machine = TestMachine.RunPass("\"Parameters\":{\"x.$\":\"States.Format('{}{}', $.a, $.a)\"}", $$"""{"a":"{{half}}"}""");
        Assert.Equal(ExecutionStatus.Succeeded, machine.Snapshot.Status);

        machine = TestMachine.RunPass("\"Parameters\":{\"x.$\":\"States.Format('{}{}{}', $.a, $.a, $.a)\"}", $$"""{"a":"{{half}}"}""");
        Assert.Equal("States.DataLimitExceeded", machine.Snapshot.Error);
        Assert.Equal(
            "The state/task 'P' returned a result with a size exceeding the maximum number of bytes service limit.", machine.Snapshot.Cause);
    }

    [Fact]
    public void Parameters_ThatMultiplyTheInput_AreDataLimitExceededBeforeTheMemoryIsFull()
    {
        var fields = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"v{i}.$\":\"$\""));
        var machine = TestMachine.RunPass("\"Parameters\":{" + fields + "}", $$"""{"a":"{{new string('a', 200_000)}}"}""");
        Assert.Equal("States.DataLimitExceeded", machine.Snapshot.Error);

        var nested = string.Concat(Enumerable.Repeat("States.JsonToString(", 10)) + "$.a" + new string(')', 10);
        machine = TestMachine.RunPass(
            "\"Parameters\":{\"v.$\":\"" + nested + "\"}", $$"""{"a":"{{string.Concat(Enumerable.Repeat(@"\\", 50_000))}}"}""");
        Assert.Equal("States.DataLimitExceeded", machine.Snapshot.Error);
    }

    [Fact]
    public void Path_ThatSelectsWithoutEnd_IsRuntimeError()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 60)) + new string(']', 60);

        Assert.Equal("States.Runtime", TestMachine.Error("$" + string.Concat(Enumerable.Repeat("..*", 20)), deep));
    }

    [Fact]
    public void Start_WithTextThatIsNoUnicode_Throws()
        => Assert.Throws<ArgumentException>(() => Interpreter().Start(TestMachine.Identity, JsonNode.Parse(@"""\ud800"""), TestMachine.Begin));

    [Fact]
    public void Start_WithEndlessNesting_Throws()
    {
        JsonNode input = new JsonArray();
        for (var i = 0; i < 1_000; i++)
            input = new JsonArray(input);

        Assert.Throws<ArgumentException>(() => Interpreter().Start(TestMachine.Identity, input, TestMachine.Begin));
    }

    private static Interpreter Interpreter()
        => new(StateMachine.Parse("""{"StartAt":"S","States":{"S":{"Type":"Succeed"}}}""").Machine!, TestMachine.Surroundings(1));

    private static TestMachine Wait(string field)
        => new("{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\"," + field + ",\"End\":true}}}");
}

using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>Every operator of the Choice state.</summary>
public sealed class ChoiceTests
{
    [Theory]
    [InlineData("StringEquals", "\"b\"", "\"a\"", false)]
    [InlineData("StringEquals", "\"b\"", "\"b\"", true)]
    [InlineData("StringEquals", "\"1\"", "1", false)]
    [InlineData("StringLessThan", "\"b\"", "\"a\"", true)]
    [InlineData("StringLessThan", "\"b\"", "\"b\"", false)]
    [InlineData("StringLessThan", "\"a\"", "\"B\"", true)]
    [InlineData("StringLessThanEquals", "\"b\"", "\"b\"", true)]
    [InlineData("StringLessThanEquals", "\"b\"", "\"c\"", false)]
    [InlineData("StringGreaterThan", "\"b\"", "\"c\"", true)]
    [InlineData("StringGreaterThan", "\"b\"", "\"b\"", false)]
    [InlineData("StringGreaterThanEquals", "\"b\"", "\"b\"", true)]
    [InlineData("StringGreaterThanEquals", "\"b\"", "null", false)]
    [InlineData("NumericEquals", "1", "1.0", true)]
    [InlineData("NumericEquals", "1", "\"1\"", false)]
    [InlineData("NumericEquals", "100", "1e2", true)]
    [InlineData("NumericEquals", "9007199254740993", "9007199254740992", false)]
    [InlineData("NumericEquals", "1e300", "1e300", true)]
    [InlineData("NumericLessThan", "2", "1.5", true)]
    [InlineData("NumericLessThan", "2", "2", false)]
    [InlineData("NumericLessThanEquals", "2", "2", true)]
    [InlineData("NumericGreaterThan", "2", "3", true)]
    [InlineData("NumericGreaterThan", "2", "true", false)]
    [InlineData("NumericGreaterThanEquals", "2", "2", true)]
    [InlineData("NumericGreaterThanEquals", "2", "1", false)]
    [InlineData("BooleanEquals", "true", "true", true)]
    [InlineData("BooleanEquals", "false", "true", false)]
    [InlineData("BooleanEquals", "true", "\"true\"", false)]
    [InlineData("TimestampEquals", "\"2026-03-14T01:59:00Z\"", "\"2026-03-14T02:59:00+01:00\"", true)]
    [InlineData("TimestampEquals", "\"2026-03-14T01:59:00Z\"", "\"2026-03-14T01:59:00.000Z\"", true)]
    [InlineData("TimestampEquals", "\"2026-03-14T01:59:00Z\"", "\"2026-03-14 01:59:00Z\"", false)]
    [InlineData("TimestampLessThan", "\"2026-03-14T01:59:00Z\"", "\"2026-03-14T01:58:59.999Z\"", true)]
    [InlineData("TimestampLessThan", "\"2026-03-14T01:59:00Z\"", "\"2026-03-14T01:59:00Z\"", false)]
    [InlineData("TimestampLessThanEquals", "\"2026-03-14T01:59:00Z\"", "\"2026-03-14T01:59:00Z\"", true)]
    [InlineData("TimestampGreaterThan", "\"2026-03-14T01:59:00Z\"", "\"2026-03-14T01:59:01Z\"", true)]
    [InlineData("TimestampGreaterThan", "\"2026-03-14T01:59:00Z\"", "5", false)]
    [InlineData("TimestampGreaterThanEquals", "\"2026-03-14T01:59:00Z\"", "\"2026-03-14T01:59:00Z\"", true)]
    [InlineData("TimestampGreaterThanEquals", "\"2026-03-14T01:59:00Z\"", "\"2026-03-14T01:58:59Z\"", false)]
    public void Comparison_OfTheInput_IsSoWithALiteralAndWithAPath(string @operator, string right, string left, bool expected)
    {
        Assert.Equal(expected, Chooses($$"""{"Variable":"$.l","{{@operator}}":{{right}},"Next":"Yes"}""", $$"""{"l":{{left}}}"""));
        Assert.Equal(
            expected, Chooses($$"""{"Variable":"$.l","{{@operator}}Path":"$.r","Next":"Yes"}""", $$"""{"l":{{left}},"r":{{right}}}"""));
    }

    [Theory]
    [InlineData("StringEqualsPath", "1", "\"1\"")]
    [InlineData("NumericLessThanPath", "\"2\"", "1")]
    [InlineData("BooleanEqualsPath", "null", "true")]
    [InlineData("TimestampEqualsPath", "\"today\"", "\"2026-03-14T01:59:00Z\"")]
    public void ComparisonPath_ToAnotherKind_IsNotSo(string @operator, string right, string left)
        => Assert.False(Chooses($$"""{"Variable":"$.l","{{@operator}}":"$.r","Next":"Yes"}""", $$"""{"l":{{left}},"r":{{right}}}"""));

    [Theory]
    [InlineData("log-*.txt", "log-1.txt", true)]
    [InlineData("log-*.txt", "log-.txt", true)]
    [InlineData("log-*.txt", "log-1.txt2", false)]
    [InlineData("*.log", "a.log", true)]
    [InlineData("foo*.*", "foo1.log", true)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*b*c", "a-c-b-c", true)]
    [InlineData("a*b*c", "a-c", false)]
    [InlineData(@"a\\*", "a*", true)]
    [InlineData(@"a\\*", "ab", false)]
    [InlineData(@"a\\\\*", @"a\\b", true)]
    [InlineData("A*", "a", false)]
    [InlineData("a.c", "abc", false)]
    public void StringMatches_OfAWildcard_MatchesTheWhole(string pattern, string text, bool expected)
        => Assert.Equal(expected, Chooses($$"""{"Variable":"$.l","StringMatches":"{{pattern}}","Next":"Yes"}""", $$"""{"l":"{{text}}"}"""));

    [Fact]
    public void StringMatches_OfManyWildcards_EndsAtOnce()
        => Assert.False(Chooses(
            $$"""{"Variable":"$.l","StringMatches":"{{string.Concat(Enumerable.Repeat("a*", 60))}}b","Next":"Yes"}""",
            $$"""{"l":"{{new string('a', 50_000)}}"}"""));

    [Theory]
    [InlineData("IsNull", "null", true)]
    [InlineData("IsNull", "0", false)]
    [InlineData("IsPresent", "null", true)]
    [InlineData("IsNumeric", "1.5", true)]
    [InlineData("IsNumeric", "\"1\"", false)]
    [InlineData("IsString", "\"\"", true)]
    [InlineData("IsString", "null", false)]
    [InlineData("IsBoolean", "false", true)]
    [InlineData("IsBoolean", "0", false)]
    [InlineData("IsTimestamp", "\"2026-03-14T01:59:00Z\"", true)]
    [InlineData("IsTimestamp", "\"2026-03-14T01:59:00\"", false)]
    [InlineData("IsTimestamp", "\"2026-02-30T01:59:00Z\"", false)]
    [InlineData("IsTimestamp", "\"2026-03-14t01:59:00z\"", false)]
    public void KindTest_OfAValue_IsSoOrTheOpposite(string test, string value, bool expected)
    {
        Assert.Equal(expected, Chooses($$"""{"Variable":"$.l","{{test}}":true,"Next":"Yes"}""", $$"""{"l":{{value}}}"""));
        Assert.Equal(!expected, Chooses($$"""{"Variable":"$.l","{{test}}":false,"Next":"Yes"}""", $$"""{"l":{{value}}}"""));
    }

    [Fact]
    public void IsPresent_OfAMissingField_IsNotSo()
    {
        Assert.False(Chooses("""{"Variable":"$.x.y","IsPresent":true,"Next":"Yes"}""", "{}"));
        Assert.True(Chooses("""{"Variable":"$.x.y","IsPresent":false,"Next":"Yes"}""", "{}"));
    }

    [Theory]
    [InlineData("{\"And\":[#A,#B],\"Next\":\"Yes\"}", false, false, false)]
    [InlineData("{\"And\":[#A,#B],\"Next\":\"Yes\"}", true, false, false)]
    [InlineData("{\"And\":[#A,#B],\"Next\":\"Yes\"}", true, true, true)]
    [InlineData("{\"Or\":[#A,#B],\"Next\":\"Yes\"}", false, false, false)]
    [InlineData("{\"Or\":[#A,#B],\"Next\":\"Yes\"}", false, true, true)]
    [InlineData("{\"Not\":#A,\"Next\":\"Yes\"}", false, true, true)]
    [InlineData("{\"Not\":{\"Or\":[#A,{\"Not\":#B}]},\"Next\":\"Yes\"}", false, true, true)]
    public void Combination_OfRules_IsSo(string rule, bool a, bool b, bool expected)
        => Assert.Equal(expected, Chooses(
            rule.Replace("#A", """{"Variable":"$.a","BooleanEquals":true}""", StringComparison.Ordinal)
                .Replace("#B", """{"Variable":"$.b","BooleanEquals":true}""", StringComparison.Ordinal),
            new JsonObject { ["a"] = a, ["b"] = b }.ToJsonString()));

    [Fact]
    public void And_WhoseFirstRuleFails_DoesNotLookFurther()
        => Assert.False(Chooses(
            """{"And":[{"Variable":"$.x","IsPresent":true},{"Variable":"$.x","NumericEquals":1}],"Next":"Yes"}""", "{}"));

    [Fact]
    public void Variable_OfTheContext_CanBeCompared()
        => Assert.True(Chooses("""{"Variable":"$$.Execution.Name","StringEquals":"run-1","Next":"Yes"}""", "{}"));

    [Theory]
    [InlineData("""{"Variable":"$.x","NumericEquals":1,"Next":"Yes"}""", "$.x")]
    [InlineData("""{"Variable":"$.l","NumericEqualsPath":"$.r","Next":"Yes"}""", "$.r")]
    [InlineData("""{"Variable":"$.x","IsNull":true,"Next":"Yes"}""", "$.x")]
    public void Variable_ThatIsMissing_IsRuntimeError(string rule, string path)
    {
        var machine = Machine(rule).Start("""{"l":1}""");

        Assert.Equal("States.Runtime", machine.Snapshot.Error);
        Assert.Equal(
            $"An error occurred while executing the state 'C' (entered at the event id #2). Invalid path '{path}': The choice state's condition path references an invalid value.",
            machine.Snapshot.Cause);
        Assert.Equal(["ExecutionStarted", "ChoiceStateEntered", "ExecutionFailed"], machine.EventTypes);
    }

    [Fact]
    public void Choice_WithoutMatchAndDefault_IsNoChoiceMatched()
    {
        var machine = new TestMachine("""
            {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.l","NumericEquals":1,"Next":"Yes"}]},"Yes":{"Type":"Succeed"}}}
            """).Start("""{"l":2}""");

        Assert.Equal((ExecutionStatus.Failed, "States.NoChoiceMatched"), (machine.Snapshot.Status, machine.Snapshot.Error));
    }

    [Fact]
    public void Choice_OfSeveralRules_TakesTheFirstThatMatches()
    {
        var machine = new TestMachine("""
            {"StartAt":"C","States":{
              "C":{"Type":"Choice","Choices":[
                {"Variable":"$.l","NumericEquals":1,"Next":"One"},
                {"Variable":"$.l","NumericLessThan":5,"Next":"Few"},
                {"Variable":"$.l","NumericLessThan":9,"Next":"Many"}]},
              "One":{"Type":"Succeed"},"Few":{"Type":"Succeed"},"Many":{"Type":"Succeed"}}}
            """).Start("""{"l":3}""");

        Assert.Contains(machine.Events, e => e.Type == "SucceedStateEntered" && e.Details!["name"]!.GetValue<string>() == "Few");
    }

    private static TestMachine Machine(string rule) => new("""
        {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[#],"Default":"No"},"Yes":{"Type":"Pass","Result":true,"End":true},"No":{"Type":"Pass","Result":false,"End":true}}}
        """.Replace("#", rule, StringComparison.Ordinal));

    private static bool Chooses(string rule, string input)
    {
        var machine = Machine(rule).Start(input);
        Assert.True(machine.Snapshot.Status == ExecutionStatus.Succeeded, machine.Snapshot.Cause);
        return machine.Snapshot.Output!.GetValue<bool>();
    }
}

using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>The intrinsic functions, by the examples and rules of their documentation.</summary>
public sealed class IntrinsicTests
{
    private const string Input = """
        {"name":"Arnav","template":"Hello, my name is {}.","n":5,"f":1.0,"t":true,"nothing":null,"a":[1,2,3,4,5,6,7,8,9],
         "doubles":[1,2,3,3,3,4,1,{"x":1},{"x":1},"1"],"o":{"foo":"bar","n":1.50},"json":"{\"foo\": \"bar\", \"n\": 1.50}",
         "one":{"a":{"a1":1,"a2":2},"b":2},"two":{"a":{"a3":1},"c":3},"text":"a b","b64":"RGF0YSB0byBlbmNvZGU="}
        """;

    [Theory]
    // States.Format
    [InlineData("States.Format('Hello, my name is {}.', $.name)", "\"Hello, my name is Arnav.\"")]
    [InlineData("States.Format($.template, $.name)", "\"Hello, my name is Arnav.\"")]
    [InlineData("States.Format('{} {} {} {} {}', $.n, $.f, $.t, $.nothing, 2020)", "\"5 1.0 true null 2020\"")]
    [InlineData("States.Format('{}{}', 'a', 'b')", "\"ab\"")]
    [InlineData("States.Format('no braces')", "\"no braces\"")]
    [InlineData(@"States.Format('\{\} \'{}\' \\', $.n)", @"""{} '5' \\""")]
    [InlineData("States.Format('a, b) {}', 'c')", "\"a, b) c\"")]
    [InlineData("States.Format('{}', $.one)", "\"{a={a1=1, a2=2}, b=2}\"")]
    [InlineData("States.Format('{}', $.a[0:2])", "\"[1, 2]\"")]
    [InlineData("  States.Format( '{}' ,  $.n )  ", "\"5\"")]
    // JSON
    [InlineData("States.StringToJson($.json)", """{"foo":"bar","n":1.50}""")]
    [InlineData("States.StringToJson('20')", "20")]
    [InlineData("States.JsonToString($.o)", """
        "{\"foo\":\"bar\",\"n\":1.50}"
        """)]
    [InlineData("States.StringToJson(States.JsonToString($.a))", "[1,2,3,4,5,6,7,8,9]")]
    [InlineData("States.JsonMerge($.one, $.two, false)", """{"a":{"a3":1},"b":2,"c":3}""")]
    // Arrays
    [InlineData("States.Array()", "[]")]
    [InlineData("States.Array('Foo', 2020, $.o, null, true, -1.5)", """["Foo",2020,{"foo":"bar","n":1.50},null,true,-1.5]""")]
    [InlineData("States.ArrayPartition($.a, 4)", "[[1,2,3,4],[5,6,7,8],[9]]")]
    [InlineData("States.ArrayPartition($.a, 3.6)", "[[1,2,3,4],[5,6,7,8],[9]]")]
    [InlineData("States.ArrayPartition($.a, 9223372036854775807)", "[[1,2,3,4,5,6,7,8,9]]")]
    [InlineData("States.ArrayContains($.a, 5)", "true")]
    [InlineData("States.ArrayContains($.a, '5')", "false")]
    [InlineData("States.ArrayContains($.doubles, States.StringToJson('{\"x\":1}'))", "true")]
    [InlineData("States.ArrayRange(1, 9, 2)", "[1,3,5,7,9]")]
    [InlineData("States.ArrayRange(9, 1, -3)", "[9,6,3]")]
    [InlineData("States.ArrayRange(1, 8, 2)", "[1,3,5,7]")]
    [InlineData("States.ArrayRange(3, 1, 1)", "[]")]
    [InlineData("States.ArrayRange(9223372036854775806, 9223372036854775807, 1)", "[9223372036854775806,9223372036854775807]")]
    [InlineData("States.ArrayGetItem($.a, 5)", "6")]
    [InlineData("States.ArrayLength($.a)", "9")]
    [InlineData("States.ArrayLength(States.Array())", "0")]
    [InlineData("States.ArrayUnique($.doubles)", """[1,2,3,4,{"x":1},"1"]""")]
    // Text
    [InlineData("States.StringSplit('1,2,3,4,5', ',')", """["1","2","3","4","5"]""")]
    [InlineData("States.StringSplit('This.is+a,test=string', '.+,=')", """["This","is","a","test","string"]""")]
    [InlineData("States.StringSplit(',,,,', ',')", "[]")]
    [InlineData("States.StringSplit(' , ', ',')", """[" "," "]""")]
    [InlineData("States.StringSplit($.text, '')", """["a b"]""")]
    [InlineData("States.Base64Encode('Data to encode')", "\"RGF0YSB0byBlbmNvZGU=\"")]
    [InlineData("States.Base64Decode($.b64)", "\"Data to encode\"")]
    [InlineData("States.Base64Decode(States.Base64Encode('ü😀'))", "\"ü😀\"")]
    [InlineData("States.Hash('abc', 'MD5')", "\"900150983cd24fb0d6963f7d28e17f72\"")]
    [InlineData("States.Hash('input data', 'SHA-1')", "\"aaff4a450a104cd177d28d18d74485e8cae074b7\"")]
    [InlineData("States.Hash('abc', 'SHA-256')", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"")]
    [InlineData("States.ArrayLength(States.Array(States.Hash('abc', 'SHA-384'), States.Hash('abc', 'SHA-512')))", "2")]
    [InlineData("States.UUID()", "\"ca4c1140-dcc1-40cd-ad05-7b4aa23df4a8\"")]
    // Numbers
    [InlineData("States.MathAdd(111, -1)", "110")]
    [InlineData("States.MathAdd(1.49, 1.5)", "3")]
    [InlineData("States.MathAdd(-1.49, -1.5)", "-2")]
    [InlineData("States.MathAdd($.f, $.n)", "6")]
    [InlineData("States.MathRandom(7, 8)", "7")]
    [InlineData("States.ArrayContains(States.ArrayRange(1, 999, 1), States.MathRandom(1, 999))", "true")]
    // Context and nesting
    [InlineData("States.Format('{}-{}', $$.Execution.Name, $$.State.Name)", "\"run-1-P\"")]
    [InlineData("States.ArrayGetItem(States.StringSplit($$.StateMachine.Id, ':'), 6)", "\"Machine\"")]
    public void Intrinsic_OfItsArguments_IsAsDocumented(string expression, string expected)
        => Assert.Equal(expected, TestMachine.Evaluate(expression, Input));

    [Theory]
    [InlineData("States.Format('{}', $.n, $.n)")]
    [InlineData("States.Format('{} {}', $.n)")]
    [InlineData("States.Format($.n)")]
    [InlineData("States.StringToJson('{')")]
    [InlineData("States.StringToJson('')")]
    [InlineData("States.StringToJson($.n)")]
    [InlineData(@"States.StringToJson('""\\ud800""')")]
    [InlineData("States.JsonMerge($.one, $.two, true)")]
    [InlineData("States.JsonMerge($.one, $.a, false)")]
    [InlineData("States.JsonMerge($.one, $.two, 'false')")]
    [InlineData("States.ArrayPartition($.a, 0)")]
    [InlineData("States.ArrayPartition($.a, -1)")]
    [InlineData("States.ArrayPartition($.o, 1)")]
    [InlineData("States.ArrayContains($.name, 1)")]
    [InlineData("States.ArrayRange(1, 2, 0)")]
    [InlineData("States.ArrayRange(1, 1001, 1)")]
    [InlineData("States.ArrayRange(-9223372036854775807, 9223372036854775807, 1)")]
    [InlineData("States.ArrayRange('1', 2, 1)")]
    [InlineData("States.ArrayGetItem($.a, 9)")]
    [InlineData("States.ArrayGetItem($.a, -1)")]
    [InlineData("States.ArrayLength($.name)")]
    [InlineData("States.ArrayUnique($.name)")]
    [InlineData("States.StringSplit($.n, ',')")]
    [InlineData("States.Base64Encode($.n)")]
    [InlineData("States.Base64Decode('***')")]
    [InlineData("States.Hash('abc', 'SHA-3')")]
    [InlineData("States.Hash('abc', $.n)")]
    [InlineData("States.MathAdd('1', 1)")]
    [InlineData("States.MathAdd(9223372036854775807, 1)")]
    [InlineData("States.MathAdd(1e30, 1)")]
    [InlineData("States.MathRandom(2, 2)")]
    [InlineData("States.MathRandom(2, 1)")]
    [InlineData("States.MathRandom('1', 2)")]
    public void Intrinsic_OfWrongArguments_IsIntrinsicFailure(string expression)
        => Assert.Equal("States.IntrinsicFailure", TestMachine.Error(expression, Input));

    [Fact]
    public void ArrayRange_OfAThousand_IsMade()
        => Assert.Equal("1000", TestMachine.Evaluate("States.ArrayLength(States.ArrayRange(1, 1000, 1))"));

    [Theory]
    [InlineData("States.Base64Encode($.s)")]
    [InlineData("States.Base64Decode($.s)")]
    [InlineData("States.Hash($.s, 'MD5')")]
    public void TextFunction_OfMoreThanTenThousandCharacters_IsIntrinsicFailure(string expression)
    {
        Assert.NotNull(TestMachine.Evaluate(expression, $$"""{"s":"{{new string('A', 10_000)}}"}"""));
        Assert.Equal("States.IntrinsicFailure", TestMachine.Error(expression, $$"""{"s":"{{new string('A', 10_004)}}"}"""));
    }

    [Fact]
    public void MathRandom_WithASeed_IsTheSameEveryTime()
    {
        var first = TestMachine.Evaluate("States.MathRandom(0, 1000000, 42)");

        Assert.Equal(first, TestMachine.Evaluate("States.MathRandom(0, 1000000, 42)"));
        Assert.NotEqual(first, TestMachine.Evaluate("States.MathRandom(0, 1000000, 43)"));
    }

    [Fact]
    public void Intrinsic_OfAMissingPath_IsRuntimeError()
        => Assert.Equal("States.Runtime", TestMachine.Error("States.Format('{}', $.missing)"));

    [Fact]
    public void Intrinsic_Failing_NamesStateAndFunction()
    {
        var machine = TestMachine.RunPass("""
            "Parameters":{"v.$":"States.ArrayLength($.n)"}
            """, """{"n":1}""");

        Assert.Equal(
            "An error occurred while executing the state 'P' (entered at the event id #2). The intrinsic function States.ArrayLength expects an array as argument 1, but got 1.",
            machine.Snapshot.Cause);
    }

    [Theory]
    [InlineData("States.Nothing()", "There is no intrinsic function \"States.Nothing\"")]
    [InlineData("plain text", "There is no intrinsic function \"plain\"")]
    [InlineData("", "Expected a path or an intrinsic function")]
    [InlineData("States.UUID(1)", "takes 0 arguments, but got 1")]
    [InlineData("States.Hash('a')", "takes 2 arguments, but got 1")]
    [InlineData("States.MathRandom(1)", "takes 2 to 3 arguments, but got 1")]
    [InlineData("States.Format()", "takes 1 or more arguments, but got 0")]
    [InlineData("States.Array(1,)", "Expected a path or an intrinsic function")]
    [InlineData("States.Array(1", "Expected ,")]
    [InlineData("States.Array('a)", "Expected a closing '")]
    [InlineData("States.Array(1) 2", "Expected the end of the intrinsic function")]
    [InlineData("States.Array($.a[)", "Expected an index")]
    [InlineData("States.Array(1.2.3)", "is not a number")]
    public void Parse_OfABadIntrinsic_IsAnErrorAtItsPlace(string expression, string message)
    {
        var definition = """
            {"StartAt":"P","States":{"P":{"Type":"Pass","End":true,
              "Parameters":{"v.$":"#"}}}}
            """.Replace("#", expression, StringComparison.Ordinal);

        var (machine, diagnostics) = StateMachine.Parse(definition);

        Assert.Null(machine);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(("/States/P/Parameters/v.$", 2, 23), (diagnostic.Path, diagnostic.Line, diagnostic.Column));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Parse_OfNestedIntrinsics_TakesTenAtMost(int calls, bool valid)
    {
        var expression = string.Concat(Enumerable.Repeat("States.Array(", calls)) + new string(')', calls);

        var (machine, _) = StateMachine.Parse(
            """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true,"Parameters":{"v.$":"#"}}}}""".Replace("#", expression, StringComparison.Ordinal));

        Assert.Equal(valid, machine is not null);
    }
}

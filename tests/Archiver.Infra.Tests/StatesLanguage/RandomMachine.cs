using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>Makes valid machines, data and happenings by chance; the same for the same seed.</summary>
internal sealed class RandomMachine(int seed)
{
    // Most data has what most of these ask for, so that executions come far; some has not.
    private static readonly string[] s_paths = ["$", "$", "$", "$", "$", "$", "$.a", "$.b", "$.a.b", "$.a[0]", "$..a", "$.a[*]", "$.list[?(@.a > 1)]", "$$.Execution.Name", "$$"];

    private static readonly string[] s_expressions =
    [
        .. s_paths, "States.UUID()", "States.Format('{} {}', $.a, $.b)", "States.ArrayLength($.a)", "States.JsonToString($)", "States.MathAdd($.a, 1)",
        "States.StringToJson($.b)", "States.ArrayRange(0, $.a, 2)", "States.MathRandom(0, 100)", "States.Array($.a, $.b, 'x')", "States.Hash($, 'MD5')",
    ];

    private static readonly string[] s_resultPaths = ["$", "$.a", "$.b.c", "$.a[0]", "$.deep.er.and.deeper"];
    private static readonly string[] s_errors = ["States.ALL", "States.TaskFailed", "States.Timeout", "States.HeartbeatTimeout", "States.IntrinsicFailure", "Boom"];
    private readonly Random _random = new(seed);

    public string Definition()
    {
        var count = _random.Next(1, 7);
        var states = new JsonObject();
        for (var i = 0; i < count; i++)
            states["S" + i] = State(i, count);
        var machine = new JsonObject { ["StartAt"] = "S0", ["States"] = states };
        if (_random.Next(4) == 0)
            machine["TimeoutSeconds"] = _random.Next(1, 500);
        return machine.ToJsonString();
    }

    /// <summary>Data that most paths find something in.</summary>
    public JsonNode? Data() => _random.Next(6) == 0
        ? Value()
        : new JsonObject { ["a"] = One<JsonNode>(_random.Next(10), new JsonArray(1, 2)), ["b"] = One<JsonNode>("{}", new JsonObject()), ["list"] = Value() };

    public JsonNode? Value(int depth = 0)
    {
        switch (_random.Next(depth > 3 ? 6 : 10))
        {
            case 0:
                return null;
            case 1:
                return _random.Next(2) == 0;
            case 2:
                return _random.Next(-5, 100);
            case 3:
                return JsonNode.Parse("1.500");
            case 4:
                return One("", "x", "ü😀\u2028\"\\", "{\"a\":1}", "2026-03-14T01:59:00Z");
            case 5:
                return JsonNode.Parse("1e400");
            case 6:
                return new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth + 1))]);
            default:
                return new JsonObject { ["a"] = Value(depth + 1), ["b"] = Value(depth + 1), ["list"] = Value(depth + 1) };
        }
    }

    /// <summary>Something that can happen to an execution next; often what it waits for.</summary>
    public ExecutionInput Happening(ExecutionSnapshot snapshot, IReadOnlyList<ExecutionEffect> owed)
    {
        var timers = owed.OfType<ExecutionEffect.ScheduleTimer>().ToList();
        var task = snapshot.OpenTasks is [var open, ..] ? open.TaskId : "none";
        return _random.Next(20) switch
        {
            0 => new ExecutionInput.Stop(One<string?>(null, "Enough"), null),
            1 or 2 => new ExecutionInput.Redrive(),
            3 => new ExecutionInput.TimerFired("wait-1-0"),
            4 => new ExecutionInput.TaskHeartbeat(task),
            5 => new ExecutionInput.TaskStarted(task),
            6 or 7 => new ExecutionInput.TaskSubmitted(task, Data()),
            8 or 9 => new ExecutionInput.TaskFailed(task, One<string?>(null, "Boom", "States.TaskFailed"), One<string?>(null, "why")),
            < 14 when timers.Count > 0 => new ExecutionInput.TimerFired(timers[_random.Next(timers.Count)].TimerId),
            _ => new ExecutionInput.TaskSucceeded(task, Data()),
        };
    }

    private JsonObject State(int index, int count)
    {
        // Every state leads to the one after it, so that all can be reached; some lead elsewhere, too.
        var next = index + 1 < count ? "S" + (index + 1) : null;
        var state = new JsonObject();
        switch (_random.Next(next is null ? 6 : 5))
        {
            case 0:
                state["Type"] = "Pass";
                Maybe(state, "Result", () => Value());
                Maybe(state, "Parameters", Template);
                Maybe(state, "ResultPath", () => One(s_resultPaths));
                break;
            case 1:
                return Choice(index, next, count);
            case 2:
                state["Type"] = "Wait";
                state[One("Seconds", "SecondsPath")] = 0;
                if (state.ContainsKey("SecondsPath"))
                    state["SecondsPath"] = "$.a";
                break;
            case 3 or 4:
                Task(state, count);
                break;
            default:
                return _random.Next(2) == 0
                    ? new JsonObject { ["Type"] = "Succeed" }
                    : new JsonObject { ["Type"] = "Fail", ["ErrorPath"] = "States.Format('{}', $.a)", ["CausePath"] = "$.b" };
        }

        Maybe(state, "InputPath", () => One<string?>(null, One(s_paths)));
        Maybe(state, "OutputPath", () => One<string?>(null, One(s_paths)));
        if (next is null)
            state["End"] = true;
        else
            state["Next"] = next;
        return state;
    }

    private JsonObject Choice(int index, string? next, int count)
    {
        var rules = new JsonArray();
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var rule = Rule(0);
            rule["Next"] = "S" + (_random.Next(5) == 0 ? _random.Next(count) : Math.Min(count - 1, index + _random.Next(1, 3)));
            rules.Add(rule);
        }

        var choice = new JsonObject { ["Type"] = "Choice", ["Choices"] = rules };
        if (next is not null || _random.Next(2) == 0)
            choice["Default"] = next ?? "S0";
        return choice;
    }

    private JsonObject Rule(int depth) => _random.Next(depth > 2 ? 5 : 7) switch
    {
        0 => new JsonObject { ["Variable"] = One(s_paths), ["NumericGreaterThan"] = 2 },
        1 => new JsonObject { ["Variable"] = One(s_paths), ["IsPresent"] = true },
        2 => new JsonObject { ["Variable"] = "$.a", ["StringMatches"] = "x*" },
        3 => new JsonObject { ["Variable"] = "$.a", ["TimestampLessThanPath"] = "$.b" },
        4 => new JsonObject { ["Variable"] = "$.a", ["IsNull"] = false },
        5 => new JsonObject { ["Not"] = Rule(depth + 1) },
        _ => new JsonObject { [One("And", "Or")] = new JsonArray(Rule(depth + 1), Rule(depth + 1)) },
    };

    private void Task(JsonObject state, int count)
    {
        state["Type"] = "Task";
        state["Resource"] = One(TestMachine.FunctionArn, "arn:aws:states:::lambda:invoke", "arn:aws:states:::sqs:sendMessage.waitForTaskToken");
        state["Parameters"] = Template();
        if (state["Resource"]!.GetValue<string>().EndsWith("Token", StringComparison.Ordinal))
            state["Parameters"]!["token.$"] = "$$.Task.Token";
        Maybe(state, "ResultSelector", Template);
        Maybe(state, "ResultPath", () => One<string?>(null, One(s_resultPaths)));
        Maybe(state, "TimeoutSeconds", () => _random.Next(50, 100));
        Maybe(state, "HeartbeatSeconds", () => _random.Next(1, 50));
        Maybe(state, "Retry", () => new JsonArray(new JsonObject
        {
            ["ErrorEquals"] = new JsonArray(One(s_errors)), ["MaxAttempts"] = _random.Next(3), ["JitterStrategy"] = One("FULL", "NONE"),
        }));
        Maybe(state, "Catch", () => new JsonArray(new JsonObject
        {
            ["ErrorEquals"] = new JsonArray(One(s_errors)), ["Next"] = "S" + _random.Next(count), ["ResultPath"] = One<string?>(null, One(s_resultPaths)),
        }));
    }

    private JsonObject Template()
    {
        var template = new JsonObject { ["constant"] = Value(2) };
        for (var i = _random.Next(3); i > 0; i--)
            template[$"v{i}.$"] = One(s_expressions);
        return template;
    }

    private void Maybe(JsonObject state, string field, Func<JsonNode?> value)
    {
        if (_random.Next(4) == 0)
            state[field] = value();
    }

    private T One<T>(params T[] values) => values[_random.Next(values.Length)];
}

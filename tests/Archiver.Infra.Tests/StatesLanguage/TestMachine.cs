using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>An execution that a test steps through, with a clock that it moves.</summary>
internal sealed class TestMachine
{
    public const string FunctionArn = "arn:aws:lambda:eu-west-1:123456789012:function:Work";

    public static readonly DateTimeOffset Begin = new(2026, 3, 14, 1, 59, 0, TimeSpan.Zero);

    public static readonly ExecutionIdentity Identity = new(
        "arn:aws:states:eu-west-1:123456789012:execution:Machine:run-1",
        "run-1",
        "arn:aws:iam::123456789012:role/Machine",
        Begin,
        "arn:aws:states:eu-west-1:123456789012:stateMachine:Machine",
        "Machine");

    private readonly Interpreter _interpreter;

    public TestMachine(string definition, bool express = false, int seed = 1)
    {
        var (machine, diagnostics) = StateMachine.Parse(definition, express);
        Assert.True(machine is not null, string.Join(Environment.NewLine, diagnostics));
        _interpreter = new Interpreter(machine, Surroundings(seed));
    }

    public DateTimeOffset Now { get; set; } = Begin;

    public ExecutionSnapshot Snapshot { get; private set; } = null!;

    public List<HistoryEvent> Events { get; } = [];

    /// <summary>What the newest step asked for.</summary>
    public IReadOnlyList<ExecutionEffect> Effects { get; private set; } = [];

    public bool Applied { get; private set; }

    public IReadOnlyList<string> EventTypes => [.. Events.Select(e => e.Type)];

    public string? Output => Snapshot.Output?.ToJsonString();

    public ExecutionEffect.ScheduleTask Call => Assert.Single(Effects.OfType<ExecutionEffect.ScheduleTask>());

    public ExecutionEffect.ScheduleTimer Timer => Assert.Single(Effects.OfType<ExecutionEffect.ScheduleTimer>());

    public static InterpreterSurroundings Surroundings(int seed) => new(
        (_, task) => "token-" + task, new Random(seed), () => Guid.Parse("ca4c1140-dcc1-40cd-ad05-7b4aa23df4a8"));

    /// <summary>Runs a machine of one Pass state to its output.</summary>
    public static TestMachine RunPass(string fields, string input = "{}")
        => new TestMachine("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\"," + fields + ",\"End\":true}}}").Start(input);

    /// <summary>The value of an expression in <c>Parameters</c>.</summary>
    public static string? Evaluate(string expression, string input = "{}")
    {
        var quoted = JsonValue.Create(expression).ToJsonString();
        var machine = RunPass("\"Parameters\":{\"v.$\":" + quoted + "}", input);
        Assert.True(machine.Snapshot.Status == ExecutionStatus.Succeeded, machine.Snapshot.Error + ": " + machine.Snapshot.Cause);
        return Text(machine.Snapshot.Output!["v"]);
    }

    /// <summary>The error of an expression in <c>Parameters</c>.</summary>
    public static string? Error(string expression, string input = "{}")
    {
        var quoted = JsonValue.Create(expression).ToJsonString();
        var machine = RunPass("\"Parameters\":{\"v.$\":" + quoted + "}", input);
        Assert.Equal(ExecutionStatus.Failed, machine.Snapshot.Status);
        return machine.Snapshot.Error;
    }

    public static string Text(JsonNode? node) => Infra.StatesLanguage.Data.JsonText.Write(node);

    public TestMachine Start(string input = "{}")
    {
        Take(_interpreter.Start(Identity, JsonNode.Parse(input), Now));
        return this;
    }

    public TestMachine Give(ExecutionInput input)
    {
        Take(_interpreter.Apply(Identity, Snapshot, input, Now));
        return this;
    }

    public TestMachine Advance(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        return this;
    }

    /// <summary>Moves the clock to a timer and fires it.</summary>
    public TestMachine Fire(ExecutionEffect.ScheduleTimer timer)
    {
        Now = timer.DueAt > Now ? timer.DueAt : Now;
        return Give(new ExecutionInput.TimerFired(timer.TimerId));
    }

    public TestMachine Succeed(string output = "{}") => Give(new ExecutionInput.TaskSucceeded(OpenTaskId, JsonNode.Parse(output)));

    public TestMachine Fail(string? error, string? cause = null) => Give(new ExecutionInput.TaskFailed(OpenTaskId, error, cause));

    public TestMachine TaskStarted() => Give(new ExecutionInput.TaskStarted(OpenTaskId));

    public string OpenTaskId => Assert.Single(Snapshot.OpenTasks).TaskId;

    public IReadOnlyList<ExecutionEffect> Resume() => _interpreter.Resume(Identity, Snapshot);

    /// <summary>Whether an effect that was asked for still matters: its timer would do something, its call is not known to be made.</summary>
    public bool IsOwed(ExecutionEffect effect) => effect switch
    {
        ExecutionEffect.ScheduleTimer timer => _interpreter.Apply(Identity, Snapshot, new ExecutionInput.TimerFired(timer.TimerId), Now).Applied,
        ExecutionEffect.ScheduleTask call => Snapshot.OpenTasks.Any(t => t.TaskId == call.TaskId && !t.Submitted),
        _ => false,
    };

    /// <summary>Stores the snapshot and reads it back, as a restart does.</summary>
    public TestMachine Restart()
    {
        Snapshot = ExecutionSnapshot.FromJson(Snapshot.ToJson());
        return this;
    }

    /// <summary>The history, one event a line: id, the event before, type, details.</summary>
    public string History() => string.Join('\n', Events.Select(e => string.Create(
        CultureInfo.InvariantCulture,
        $"{e.Id} {e.PreviousEventId} {e.Type}{(e.Details is null ? "" : $" {e.DetailsName} {Text(e.Details)}")}")));

    private void Take(Transition transition)
    {
        Snapshot = transition.Snapshot;
        Effects = transition.Effects;
        Applied = transition.Applied;
        Events.AddRange(transition.Events);
        Assert.Equal(Enumerable.Range(1, Events.Count).Select(i => (long)i), Events.Select(e => e.Id));
        Assert.All(Events, e => Assert.InRange(e.PreviousEventId, 0, e.Id - 1));
        Assert.Equal(Events.Count, Snapshot.LastEventId);
    }
}

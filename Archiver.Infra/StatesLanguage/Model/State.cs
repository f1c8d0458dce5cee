using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.StatesLanguage.Model;

/// <summary>One state of a machine, as it is defined. https://states-language.net/spec.html#state-types</summary>
/// <param name="Name">Its name.</param>
internal abstract record State(string Name)
{
    /// <summary>What it takes from its raw input and what it gives on.</summary>
    public DataFlow Data { get; init; } = DataFlow.Default;

    /// <summary>Its type, as the history's events are named after it.</summary>
    public abstract string Type { get; }

    /// <summary>The states that it can lead to.</summary>
    public abstract IEnumerable<string> Targets { get; }
}

/// <summary>A state that goes on to one other, or ends.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Next">The state after it; nothing where it ends.</param>
internal abstract record SequentialState(string Name, string? Next) : State(Name)
{
    /// <inheritdoc/>
    public override IEnumerable<string> Targets => Next is null ? [] : [Next];
}

/// <summary>Passes its input on, or gives a result of its own.</summary>
internal sealed record PassState(string Name, string? Next) : SequentialState(Name, Next)
{
    /// <summary>It has a <c>Result</c>.</summary>
    public bool HasResult { get; init; }

    /// <summary>That result, which may be null.</summary>
    public JsonNode? Result { get; init; }

    /// <inheritdoc/>
    public override string Type => "Pass";
}

/// <summary>Calls something, and waits for its answer.</summary>
internal sealed record TaskState(string Name, string? Next, TaskResource Resource) : SequentialState(Name, Next)
{
    /// <summary>How long it may take.</summary>
    public Duration? Timeout { get; init; }

    /// <summary>How long its holder may be silent.</summary>
    public Duration? Heartbeat { get; init; }

    /// <summary>What is retried.</summary>
    public IReadOnlyList<Retrier> Retriers { get; init; } = [];

    /// <summary>What is caught.</summary>
    public IReadOnlyList<Catcher> Catchers { get; init; } = [];

    /// <inheritdoc/>
    public override string Type => "Task";

    /// <inheritdoc/>
    public override IEnumerable<string> Targets => base.Targets.Concat(Catchers.Select(c => c.Next));
}

/// <summary>Goes on by what its input says.</summary>
internal sealed record ChoiceState(string Name, IReadOnlyList<ChoiceRule> Rules, string? Default) : State(Name)
{
    /// <inheritdoc/>
    public override string Type => "Choice";

    /// <inheritdoc/>
    public override IEnumerable<string> Targets => Rules.Select(r => r.Next).Concat(Default is null ? [] : [Default]);
}

/// <summary>Waits for some time, or until some time.</summary>
internal sealed record WaitState(string Name, string? Next) : SequentialState(Name, Next)
{
    /// <summary>For how long.</summary>
    public Duration? Duration { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Where in the input that stands.</summary>
    public JsonPath? TimestampPath { get; init; }

    /// <inheritdoc/>
    public override string Type => "Wait";
}

/// <summary>Ends the execution well.</summary>
internal sealed record SucceedState(string Name) : State(Name)
{
    /// <inheritdoc/>
    public override string Type => "Succeed";

    /// <inheritdoc/>
    public override IEnumerable<string> Targets => [];
}

/// <summary>Ends the execution with an error.</summary>
internal sealed record FailState(string Name) : State(Name)
{
    /// <summary>The error's name.</summary>
    public FailText? Error { get; init; }

    /// <summary>The cause.</summary>
    public FailText? Cause { get; init; }

    /// <inheritdoc/>
    public override string Type => "Fail";

    /// <inheritdoc/>
    public override IEnumerable<string> Targets => [];
}

/// <summary>A Fail state's error or cause.</summary>
/// <param name="Field">The field that gives it.</param>
/// <param name="Literal">It, where it is written in the definition.</param>
/// <param name="Template">Else what gives it: a path or an intrinsic function.</param>
internal sealed record FailText(string Field, string? Literal, PayloadTemplate? Template);

/// <summary>A number of seconds.</summary>
/// <param name="Field">The field that gives it.</param>
/// <param name="Seconds">It, where it is written in the definition.</param>
/// <param name="Path">Else where in the input it stands.</param>
internal sealed record Duration(string Field, long? Seconds, JsonPath? Path);

using Archiver.Infra.StatesLanguage.Model;
using Archiver.Infra.StatesLanguage.Parsing;

namespace Archiver.Infra.StatesLanguage;

/// <summary>A state machine's definition, parsed and valid. https://states-language.net/spec.html</summary>
public sealed class StateMachine
{
    internal StateMachine(
        string startAt, IReadOnlyDictionary<string, State> states, long? timeoutSeconds, bool isExpress, IReadOnlyList<TaskReference> tasks)
    {
        StartAt = startAt;
        States = states;
        TimeoutSeconds = timeoutSeconds;
        IsExpress = isExpress;
        Tasks = tasks;
    }

    /// <summary>The name of the state that executions begin with.</summary>
    public string StartAt { get; }

    /// <summary>How long an execution may take, in seconds, if the machine says so.</summary>
    public long? TimeoutSeconds { get; }

    /// <summary>It was parsed as an express machine.</summary>
    public bool IsExpress { get; }

    /// <summary>The names of its states, in the order of the definition.</summary>
    public IEnumerable<string> StateNames => States.Keys;

    /// <summary>Everything that it calls, in the order of the definition: what a check of resources and rights needs.</summary>
    public IReadOnlyList<TaskReference> Tasks { get; }

    /// <summary>Its states by their names.</summary>
    internal IReadOnlyDictionary<string, State> States { get; }

    /// <summary>Parses and validates a definition.</summary>
    /// <param name="definition">The Amazon States Language, as JSON.</param>
    /// <param name="express">Whether it is for an express machine, which may neither wait for a task token or a job nor use activities.</param>
    /// <returns>The machine, or nothing where a finding is an error; and the findings in the order of the text.</returns>
    public static (StateMachine? Machine, IReadOnlyList<Diagnostic> Diagnostics) Parse(string definition, bool express = false)
        => DefinitionParser.Parse(definition, express);
}

/// <summary>Something that a Task state calls.</summary>
/// <param name="StateName">The state.</param>
/// <param name="Resource">Its <c>Resource</c>: a function's ARN or a service integration such as <c>arn:aws:states:::sqs:sendMessage</c>.</param>
/// <param name="Parameters">The members of its <c>Parameters</c> that are written as plain strings, such as <c>FunctionName</c>,
/// <c>QueueUrl</c> or <c>TableName</c>. What a path gives is known only when it runs.</param>
/// <param name="Path">Where, as a path into the definition, such as <c>/States/Approve/Resource</c>.</param>
/// <param name="Line">The line of the <c>Resource</c> in the definition's text, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public sealed record TaskReference(
    string StateName, string Resource, IReadOnlyDictionary<string, string> Parameters, string Path, int Line, int Column);

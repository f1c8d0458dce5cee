using System.Text.Json;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>Makes states of their definitions. https://states-language.net/spec.html#state-types</summary>
internal sealed class StateParser(DiagnosticBag findings, bool express)
{
    /// <summary>Fields that belong to parts of the language that are not there yet, and what they belong to.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_later = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Assign"] = "\"Assign\" (variables)",
        ["Arguments"] = "\"Arguments\" (JSONata)",
        ["Output"] = "\"Output\" (JSONata)",
        ["Credentials"] = "\"Credentials\"",
    };

    private readonly TemplateParser _templates = new(findings);
    private readonly ErrorHandlingParser _errors = new(findings);
    private readonly ChoiceParser _choices = new(findings);
    private readonly TaskParser _tasks = new(findings, express);

    /// <summary>The tasks of the states that were parsed.</summary>
    public IReadOnlyList<TaskReference> Tasks => _tasks.References;

    /// <summary>Parses a state.</summary>
    /// <returns>Nothing where it could not be made; the reasons are among the findings.</returns>
    public State? Parse(SourceMember member)
    {
        var (name, node) = (member.Name, member.Value);
        if (name.Length is 0 or > StatesLimits.StateNameLength)
        {
            findings.Error(
                DiagnosticCodes.Schema, $"A state's name must have 1 to {StatesLimits.StateNameLength} characters.", node.Path, member.Position);
        }

        if (node.Kind != JsonValueKind.Object)
        {
            findings.Error($"The state \"{name}\" must be an object, but is {node.KindName}.", node);
            return null;
        }

        var fields = new FieldReader(node, $"The state \"{name}\"", findings);
        if (fields.Text("Type", required: true) is not { } type)
            return null;

        _ = fields.Text("Comment");
        DefinitionParser.CheckQueryLanguage(fields);
        foreach (var (field, what) in s_later)
        {
            if (fields.Any(field) is { } later)
                findings.Unsupported(what, later);
        }

        State? state;
        switch (type)
        {
            case "Pass":
                state = ParsePass(name, fields);
                break;
            case "Task":
                state = ParseTask(name, fields);
                break;
            case "Choice":
                state = ParseChoice(name, fields);
                break;
            case "Wait":
                state = ParseWait(name, fields);
                break;
            case "Succeed":
                state = new SucceedState(name) { Data = ParsePaths(fields) };
                break;
            case "Fail":
                state = ParseFail(name, fields);
                break;
            case "Parallel" or "Map":
                findings.Unsupported($"The state type {type}", node.Member("Type")!);
                return null;
            default:
                findings.Error($"There is no state type \"{type}\".", node.Member("Type")!);
                return null;
        }

        fields.ReportUnknown();
        return state;
    }

    private PassState ParsePass(string name, FieldReader fields)
    {
        var result = fields.Any("Result");
        return new PassState(name, ParseNext(fields))
        {
            Data = ParseResultPath(fields, ParsePaths(fields) with { Parameters = ParseTemplate(fields, "Parameters") }),
            HasResult = result is not null,
            Result = result?.ToJson(),
        };
    }

    private TaskState? ParseTask(string name, FieldReader fields)
    {
        var next = ParseNext(fields);
        var parameters = fields.Any("Parameters");
        var data = ParseResultPath(fields, ParsePaths(fields) with
        {
            Parameters = parameters is null ? null : _templates.Parse(parameters),
            ResultSelector = ParseTemplate(fields, "ResultSelector"),
        });
        var timeout = fields.Seconds("TimeoutSeconds", 1);
        var heartbeat = fields.Seconds("HeartbeatSeconds", 1);
        if (heartbeat?.Seconds is { } silent && (timeout is null ? StatesLimits.Seconds : timeout.Seconds) is { } whole && silent >= whole)
            findings.Error("\"HeartbeatSeconds\" must be smaller than \"TimeoutSeconds\".", fields.Node.Member("HeartbeatSeconds")!);
        var retriers = _errors.ParseRetry(fields);
        var catchers = _errors.ParseCatch(fields);
        return _tasks.ParseResource(name, fields, parameters) is { } resource
            ? new TaskState(name, next, resource) { Data = data, Timeout = timeout, Heartbeat = heartbeat, Retriers = retriers, Catchers = catchers }
            : null;
    }

    private ChoiceState ParseChoice(string name, FieldReader fields)
    {
        var data = ParsePaths(fields);
        var rules = _choices.Parse(fields);
        return new ChoiceState(name, rules, fields.Text("Default")) { Data = data };
    }

    private WaitState ParseWait(string name, FieldReader fields)
    {
        var next = ParseNext(fields);
        var data = ParsePaths(fields);
        var duration = fields.Seconds("Seconds", 0);
        var timestampPath = fields.SinglePath("TimestampPath");
        DateTimeOffset? timestamp = null;
        if (fields.Text("Timestamp") is { } text)
        {
            if (Rfc3339.TryParse(text, out var instant))
                timestamp = instant;
            else
                findings.Error($"\"{text}\" is not an RFC 3339 timestamp such as 2026-03-14T01:59:00Z.", fields.Node.Member("Timestamp")!);
        }

        fields.AtMostOne("Seconds", "SecondsPath", "Timestamp", "TimestampPath");
        if (!fields.Has("Seconds") && !fields.Has("SecondsPath") && !fields.Has("Timestamp") && !fields.Has("TimestampPath"))
            findings.Error($"The state \"{name}\" must have one of \"Seconds\", \"SecondsPath\", \"Timestamp\", \"TimestampPath\".", fields.Node);
        return new WaitState(name, next) { Data = data, Duration = duration, Timestamp = timestamp, TimestampPath = timestampPath };
    }

    private FailState ParseFail(string name, FieldReader fields)
        => new(name) { Error = ParseFailText(fields, "Error"), Cause = ParseFailText(fields, "Cause") };

    private FailText? ParseFailText(FieldReader fields, string name)
    {
        var pathName = name + "Path";
        var literal = fields.Text(name);
        var dynamic = fields.OfKind(pathName, JsonValueKind.String);
        fields.AtMostOne(name, pathName);
        if (literal is not null)
            return new FailText(name, literal, null);
        return dynamic is null ? null : new FailText(pathName, null, _templates.ParseDynamic(pathName, dynamic));
    }

    private PayloadTemplate? ParseTemplate(FieldReader fields, string name) => fields.Any(name) is { } node ? _templates.Parse(node) : null;

    private static DataFlow ParsePaths(FieldReader fields) => DataFlow.Default with
    {
        InputPath = fields.PathOrNull("InputPath", DataFlow.Default.InputPath),
        OutputPath = fields.PathOrNull("OutputPath", DataFlow.Default.OutputPath),
    };

    private DataFlow ParseResultPath(FieldReader fields, DataFlow data)
    {
        var (discards, path) = _errors.ParseResultPath(fields);
        return data with { DiscardsResult = discards, ResultPath = path };
    }

    /// <summary>Reads <c>Next</c> and <c>End</c>, of which a state must have exactly one.</summary>
    private string? ParseNext(FieldReader fields)
    {
        var next = fields.Text("Next");
        var ends = fields.Flag("End");
        if (fields.Has("Next") && ends)
            findings.Error("A state can have only one of \"Next\" and \"End\".", fields.Node);
        else if (!fields.Has("Next") && fields.Node.Member("End")?.Kind is null or JsonValueKind.False)
            findings.Error("A state must have either \"Next\" or \"End\": true.", fields.Node);
        return ends ? null : next;
    }
}

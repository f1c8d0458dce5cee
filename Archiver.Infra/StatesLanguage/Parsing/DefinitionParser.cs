using System.Text;
using System.Text.Json;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>Makes a machine of its definition. https://states-language.net/spec.html#toplevelfields</summary>
internal static class DefinitionParser
{
    /// <summary>Parses and validates a definition.</summary>
    public static (StateMachine? Machine, IReadOnlyList<Diagnostic> Diagnostics) Parse(string definition, bool express)
    {
        var findings = new DiagnosticBag();
        var machine = Encoding.UTF8.GetByteCount(definition) > StatesLimits.DefinitionBytes
            ? TooLarge(findings)
            : SourceReader.Read(definition, findings) is { } root ? ParseMachine(root, express, findings) : null;
        return (findings.HasErrors ? null : machine, findings.InOrder);
    }

    private static StateMachine? TooLarge(DiagnosticBag findings)
    {
        findings.Error(
            DiagnosticCodes.Schema, $"The definition is larger than {StatesLimits.DefinitionBytes} bytes.", "/", new SourcePosition(1, 1));
        return null;
    }

    private static StateMachine? ParseMachine(SourceNode root, bool express, DiagnosticBag findings)
    {
        if (root.Kind != JsonValueKind.Object)
        {
            findings.Error($"The definition must be an object, but is {root.KindName}.", root);
            return null;
        }

        var fields = new FieldReader(root, "The state machine", findings);
        _ = fields.Text("Comment");
        if (fields.Text("Version") is { } version && version != "1.0")
            findings.Error($"There is no version \"{version}\" of the States Language.", root.Member("Version")!);
        CheckQueryLanguage(fields);
        var timeout = fields.Integer("TimeoutSeconds", 1, StatesLimits.Seconds);
        var startAt = fields.Text("StartAt", required: true);
        var statesNode = fields.OfKind("States", JsonValueKind.Object, required: true);
        fields.ReportUnknown();
        if (statesNode is null)
            return null;
        if (statesNode.Members.Count == 0)
            findings.Error("The state machine must have a state.", statesNode);

        var parser = new StateParser(findings, express);
        var states = new Dictionary<string, State>(StringComparer.Ordinal);
        foreach (var member in statesNode.Members)
        {
            if (parser.Parse(member) is { } state)
                states.Add(member.Name, state);
        }

        new TransitionChecker(root, statesNode, findings).Check();
        return startAt is null ? null : new StateMachine(startAt, states, timeout, express, parser.Tasks);
    }

    /// <summary>Reports a query language that is not the one that is there.</summary>
    public static void CheckQueryLanguage(FieldReader fields)
    {
        if (fields.Text("QueryLanguage") is not { } language || language == "JSONPath")
            return;
        var node = fields.Node.Member("QueryLanguage")!;
        if (language == "JSONata")
            fields.Findings.Unsupported("The query language JSONata", node);
        else
            fields.Findings.Error($"\"QueryLanguage\" must be JSONPath or JSONata, but is \"{language}\".", node);
    }
}

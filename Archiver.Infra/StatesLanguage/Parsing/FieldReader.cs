using System.Text.Json;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>
/// Reads the fields of one object of a definition, each by what it must be, and reports what is wrong, missing or left over.
/// A field that is wrong reads as if it were not there, so that one mistake makes one finding.
/// </summary>
internal sealed class FieldReader(SourceNode node, string what, DiagnosticBag findings)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The object.</summary>
    public SourceNode Node => node;

    /// <summary>Where findings go.</summary>
    public DiagnosticBag Findings => findings;

    /// <summary>Whether a field is there.</summary>
    public bool Has(string name) => node.Member(name) is not null;

    /// <summary>A field of any kind.</summary>
    public SourceNode? Any(string name)
    {
        _known.Add(name);
        return node.Member(name);
    }

    /// <summary>A field that must be there.</summary>
    public SourceNode? Required(string name)
    {
        var field = Any(name);
        if (field is null)
            findings.Error($"{what} must have the field \"{name}\".", node);
        return field;
    }

    /// <summary>A field of a kind.</summary>
    public SourceNode? OfKind(string name, JsonValueKind kind, bool required = false)
    {
        var field = required ? Required(name) : Any(name);
        if (field is null || field.Kind == kind)
            return field;

        findings.Error($"\"{name}\" must be {Words(kind)}, but is {field.KindName}.", field);
        return null;
    }

    /// <summary>A string.</summary>
    public string? Text(string name, bool required = false) => OfKind(name, JsonValueKind.String, required)?.Text;

    /// <summary>True or false; false where it is not there.</summary>
    public bool Flag(string name)
    {
        var field = Any(name);
        if (field is null || field.Kind is JsonValueKind.True or JsonValueKind.False)
            return field?.Kind == JsonValueKind.True;

        findings.Error($"\"{name}\" must be a boolean, but is {field.KindName}.", field);
        return false;
    }

    /// <summary>An integer within bounds.</summary>
    public long? Integer(string name, long least, long most)
    {
        var field = OfKind(name, JsonValueKind.Number);
        if (field is null)
            return null;
        if (JsonText.AsInteger(field.Scalar) is { } value && value >= least && value <= most)
            return value;

        findings.Error($"\"{name}\" must be an integer from {least} to {most}.", field);
        return null;
    }

    /// <summary>A number that is not below a bound.</summary>
    public double? Number(string name, double least)
    {
        var field = OfKind(name, JsonValueKind.Number);
        if (field is null)
            return null;
        if (JsonText.AsDouble(field.Scalar) is { } value && double.IsFinite(value) && value >= least)
            return value;

        findings.Error(FormattableString.Invariant($"\"{name}\" must be a number of {least:0.0} or more."), field);
        return null;
    }

    /// <summary>A path.</summary>
    public JsonPath? Path(string name) => OfKind(name, JsonValueKind.String) is { } field ? Path(field) : null;

    /// <summary>A path that must lead to one value: what the spec calls a reference path, or one into the context object.</summary>
    public JsonPath? SinglePath(string name)
    {
        if (Path(name) is not { } path)
            return null;
        if (path.IsReference)
            return path;

        findings.Error($"\"{name}\" must be a reference path, with names and indexes only, but is \"{path.Text}\".", node.Member(name)!);
        return null;
    }

    /// <summary>A path, or null where data is discarded.</summary>
    public JsonPath? PathOrNull(string name, JsonPath? absent)
    {
        var field = Any(name);
        if (field is null)
            return absent;
        return field.Kind == JsonValueKind.Null ? null : Path(name);
    }

    /// <summary>A number of seconds, written or by a path, but not both.</summary>
    public Duration? Seconds(string name, long least)
    {
        var pathName = name + "Path";
        var seconds = Integer(name, least, StatesLimits.Seconds);
        var path = SinglePath(pathName);
        AtMostOne(name, pathName);
        if (seconds is not null)
            return new Duration(name, seconds, null);
        return path is null ? null : new Duration(pathName, null, path);
    }

    /// <summary>Reports fields that exclude each other.</summary>
    public void AtMostOne(params string[] names)
    {
        var there = names.Where(Has).ToList();
        if (there.Count > 1)
            findings.Error($"{what} can have only one of {string.Join(", ", there.Select(n => $"\"{n}\""))}.", node);
    }

    /// <summary>Reports the fields that nothing has asked for.</summary>
    public void ReportUnknown()
    {
        foreach (var member in node.Members)
        {
            if (!_known.Contains(member.Name))
                findings.Error(DiagnosticCodes.Schema, $"{what} has no field \"{member.Name}\".", member.Value.Path, member.Position);
        }
    }

    private JsonPath? Path(SourceNode field)
    {
        if (JsonPathParser.TryParse(field.Text!, out var path, out var error))
            return path;

        findings.Error("This is not a path: " + error, field);
        return null;
    }

    private static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        _ => "a number",
    };
}

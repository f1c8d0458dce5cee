using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>Reads the <c>Parameters</c> section, and gives its parameters their values.</summary>
internal sealed class TemplateParameterReader(ICollection<Finding> findings)
{
    private static readonly HashSet<string> Keys =
    [
        "Type", "Default", "AllowedValues", "AllowedPattern", "MinLength", "MaxLength", "MinValue", "MaxValue",
        "ConstraintDescription", "Description", "NoEcho",
    ];

    /// <summary>Reads one entry.</summary>
    /// <returns>The parameter, or nothing when it is too broken to have a type.</returns>
    public TemplateParameter? Read(MapEntry entry)
    {
        if (entry.Value is not MapNode map)
        {
            Error("PARAMETER", $"The parameter {entry.Key} must be a map, not {entry.Value.Kind}.", entry.Value.At);
            return null;
        }
        foreach (MapEntry unknown in map.Entries.Where(e => !Keys.Contains(e.Key)))
            Error("UNKNOWN_KEY", $"A parameter has no {unknown.Key}.", unknown.At);
        string? type = Text(map, "Type");
        if (type is null)
        {
            Error("PARAMETER", $"The parameter {entry.Key} has no Type.", entry.At);
            return null;
        }
        if (!TemplateParameter.Types.Contains(type))
        {
            Error("PARAMETER", $"The parameter {entry.Key} has the type {type}; the local cloud has {string.Join(", ", TemplateParameter.Types)}.", map["Type"]!.At);
            return null;
        }
        TemplateParameter parameter = new(entry.Key, entry.At, type)
        {
            Default = map["Default"] is { } value && Text(map, "Default") is { } text ? new NameUse(text, value.At) : null,
            AllowedValues = AllowedValues(map),
            AllowedPattern = Pattern(map),
            MinLength = (int?)Number(map, "MinLength"),
            MaxLength = (int?)Number(map, "MaxLength"),
            MinValue = Number(map, "MinValue"),
            MaxValue = Number(map, "MaxValue"),
            ConstraintDescription = Text(map, "ConstraintDescription"),
            NoEcho = Text(map, "NoEcho") == "true",
        };
        if (parameter.Default is { } given)
            TryTake(parameter, given.Name, given.At);
        return parameter;
    }

    /// <summary>Gives every parameter its value: the given one, or its default.</summary>
    /// <param name="template">The template.</param>
    /// <param name="given">Values by name.</param>
    /// <param name="standIn">What a parameter that has neither takes; without it that is an error.</param>
    public Dictionary<string, JsonNode> Values(Template template, IReadOnlyDictionary<string, string> given, Func<TemplateParameter, string>? standIn = null)
    {
        foreach (string name in given.Keys.Where(name => !template.Parameters.ContainsKey(name)))
            Error("UNKNOWN_PARAMETER", $"The template has no parameter {name}, for which a value was given.", new(template.Path, 1, 1));
        Dictionary<string, JsonNode> values = new(StringComparer.Ordinal);
        foreach (TemplateParameter parameter in template.Parameters.Values)
        {
            if (Value(parameter, given, standIn) is { } value)
                values[parameter.Name] = value;
        }
        return values;
    }

    private JsonNode? Value(TemplateParameter parameter, IReadOnlyDictionary<string, string> given, Func<TemplateParameter, string>? standIn)
    {
        if (given.TryGetValue(parameter.Name, out string? own))
            return TryTake(parameter, own, parameter.At);
        if (parameter.Default is { } fallback)
            return TryTake(parameter, fallback.Name, fallback.At);
        // A stand-in is nobody's value: that a pattern would refuse it says nothing of the template, so only its type counts.
        if (standIn is not null)
            return new TemplateParameter(parameter.Name, parameter.At, parameter.Type).Take(standIn(parameter), parameter.At);
        Error("PARAMETER_VALUE", $"The parameter {parameter.Name} has no default and was given no value.", parameter.At);
        return null;
    }

    private JsonNode? TryTake(TemplateParameter parameter, string value, SourceLocation at)
    {
        try
        {
            return parameter.Take(value, at);
        }
        catch (TemplateException exception)
        {
            // A default that was refused when the section was read is refused again when values are given: told once.
            if (!findings.Contains(exception.Finding))
                findings.Add(exception.Finding);
            return null;
        }
    }

    private List<string>? AllowedValues(MapNode map)
    {
        if (map["AllowedValues"] is not { } node)
            return null;
        if (node is ListNode { Items.Count: > 0 } list && list.Items.All(item => item is ScalarNode))
            return [.. list.Items.Select(item => ((ScalarNode)item).Text)];
        Error("PARAMETER", "AllowedValues must be a list of values.", node.At);
        return null;
    }

    private string? Pattern(MapNode map)
    {
        string? pattern = Text(map, "AllowedPattern");
        if (pattern is null)
            return null;
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return pattern;
        }
        catch (ArgumentException exception)
        {
            Error("PARAMETER", $"AllowedPattern is no regular expression: {exception.Message}", map["AllowedPattern"]!.At);
            return null;
        }
    }

    private decimal? Number(MapNode map, string key)
    {
        string? text = Text(map, key);
        if (text is null)
            return null;
        bool isLength = key is "MinLength" or "MaxLength";
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && (!isLength || (number is >= 0 and <= int.MaxValue && decimal.IsInteger(number))))
        {
            return number;
        }
        Error("PARAMETER", $"{key} must be a number.", map[key]!.At);
        return null;
    }

    private string? Text(MapNode map, string key)
    {
        switch (map[key])
        {
            case null:
                return null;
            case ScalarNode scalar:
                return scalar.Text;
            case var other:
                Error("PARAMETER", $"{key} of a parameter must be a plain value, not {other.Kind}.", other.At);
                return null;
        }
    }

    private void Error(string code, string message, SourceLocation at) => findings.Add(Finding.Error(code, message, at));
}

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// Reads a template: its sections, SAM's globals and implicit roles, and every name that one part uses for another. What
/// it finds wrong it collects, so that a person mends all of it at once.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
/// </summary>
internal sealed class TemplateReader
{
    private static readonly HashSet<string> Sections =
        ["AWSTemplateFormatVersion", "Transform", "Description", "Metadata", "Globals", "Parameters", "Mappings", "Conditions", "Resources", "Outputs"];

    /// <summary>How many entries a section may have.
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</summary>
    private static readonly Dictionary<string, int> MaxEntries = new(StringComparer.Ordinal)
    {
        ["Parameters"] = 200,
        ["Mappings"] = 200,
        ["Resources"] = 500,
        ["Outputs"] = 200,
    };

    private const int MaxBytes = 1_000_000;

    private static readonly HashSet<string> ResourceKeys =
        ["Type", "Properties", "Condition", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy"];

    private readonly Template _template;
    private readonly ICollection<Finding> _findings;

    private TemplateReader(string path, ICollection<Finding> findings)
    {
        _template = new Template(path);
        _findings = findings;
    }

    /// <summary>Reads a file.</summary>
    /// <returns>The template, or nothing when a finding is an error.</returns>
    public static Template? ReadFile(string path, ICollection<Finding> findings)
    {
        try
        {
            return Read(File.ReadAllText(path), path, findings);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Add(Finding.Error("UNREADABLE", $"The template can't be read: {exception.Message}", new(path, 1, 1)));
            return null;
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="path">The file that it is of.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <returns>The template, or nothing when a finding is an error.</returns>
    public static Template? Read(string text, string path, ICollection<Finding> findings)
    {
        List<Finding> own = [];
        TemplateReader reader = new(path, own);
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MaxBytes)
            reader.Error("LIMIT", $"The template has more than {MaxBytes} bytes.", new(path, 1, 1));
        else if (TemplateParser.Parse(text, path, own) is { } root)
            reader.Document(root);
        foreach (Finding finding in own)
            findings.Add(finding);
        return own.Exists(finding => finding.Severity == StatesLanguage.DiagnosticSeverity.Error) ? null : reader._template;
    }

    private void Document(TemplateNode root)
    {
        if (root is not MapNode map)
        {
            Error("SYNTAX", $"A template is a map of sections, not {root.Kind}.", root.At);
            return;
        }
        foreach (MapEntry section in map.Entries.Where(section => !Sections.Contains(section.Key)))
        {
            Error("UNKNOWN_SECTION", section.Key is "Rules" or "Hooks"
                ? $"The local cloud does not have the section {section.Key}."
                : $"A template has no section {section.Key}.", section.At);
        }
        if (map.Find("AWSTemplateFormatVersion") is { } version && (version.Value as ScalarNode)?.Text != "2010-09-09")
            Error("FORMAT_VERSION", "AWSTemplateFormatVersion must be 2010-09-09.", version.Value.At);
        if (map["Resources"] is null)
            Error("NO_RESOURCES", "The template has no section Resources.", map.At);
        ServerlessTransform? serverless = ServerlessTransform.Read(map, _findings);

        TemplateParameterReader parameters = new(_findings);
        Section(map, "Parameters", entry =>
        {
            if (parameters.Read(entry) is { } parameter)
                _template.Parameters.TryAdd(entry.Key, parameter);
        });
        Section(map, "Mappings", Mapping);
        Section(map, "Conditions", entry => _template.Conditions.TryAdd(entry.Key, new ConditionDeclaration(entry.Key, entry.At, entry.Value)));
        Section(map, "Resources", entry => Resource(entry, serverless));
        Section(map, "Outputs", Output);
        serverless?.AddRoles(_template);
        // Names are checked in what could be read; a section that could not would make every use of its names an error, too.
        if (_findings.Count == 0)
            new TemplateChecker(_template, _findings).Check();
    }

    private void Section(MapNode root, string name, Action<MapEntry> read)
    {
        switch (root[name])
        {
            case null or ScalarNode { Type: ScalarKind.Null }:
                return;
            case MapNode section:
                if (MaxEntries.TryGetValue(name, out int most) && section.Entries.Count > most)
                    Error("LIMIT", $"{name} has {section.Entries.Count} entries; {most} is the most.", section.Entries[most].At);
                foreach (MapEntry entry in section.Entries)
                {
                    if (!entry.Key.All(char.IsAsciiLetterOrDigit) && name is not "Mappings")
                        Error("NAME", $"{entry.Key} is no name: a name in {name} has letters and digits only.", entry.At);
                    read(entry);
                }
                return;
            case var other:
                Error("SYNTAX", $"{name} must be a map, not {other.Kind}.", other.At);
                return;
        }
    }

    private void Mapping(MapEntry entry)
    {
        if (entry.Value is not MapNode map)
        {
            Error("MAPPING", $"The mapping {entry.Key} must be a map, not {entry.Value.Kind}.", entry.Value.At);
            return;
        }
        foreach (MapEntry first in map.Entries)
        {
            if (first.Value is not MapNode second)
            {
                Error("MAPPING", $"{first.Key} of the mapping {entry.Key} must be a map, not {first.Value.Kind}.", first.Value.At);
                continue;
            }
            foreach (MapEntry value in second.Entries)
            {
                if (value.Value is not (ScalarNode or ListNode))
                    Error("MAPPING", $"{value.Key} of the mapping {entry.Key} must be a value or a list of values, not {value.Value.Kind}.", value.Value.At);
            }
        }
        _template.Mappings.TryAdd(entry.Key, map);
    }

    private void Resource(MapEntry entry, ServerlessTransform? serverless)
    {
        if (entry.Value is not MapNode map)
        {
            Error("RESOURCE", $"The resource {entry.Key} must be a map, not {entry.Value.Kind}.", entry.Value.At);
            return;
        }
        foreach (MapEntry unknown in map.Entries.Where(key => !ResourceKeys.Contains(key.Key)))
            Error("UNKNOWN_KEY", $"A resource has no {unknown.Key}.", unknown.At);
        if (map["Type"] is not ScalarNode { Type: ScalarKind.Text } type)
        {
            Error("RESOURCE", $"The resource {entry.Key} has no Type.", map["Type"]?.At ?? entry.At);
            return;
        }
        if (type.Text.StartsWith(ServerlessTransform.TypePrefix, StringComparison.Ordinal) && serverless is null)
            Error("TRANSFORM", $"{type.Text} needs the line 'Transform: {ServerlessTransform.Name}' in the template.", type.At);
        foreach (string policy in (string[])["DeletionPolicy", "UpdateReplacePolicy"])
        {
            if (map[policy] is { } value && value is not ScalarNode { Text: "Retain" or "Delete" or "Snapshot" or "RetainExceptOnCreate" })
                Error("RESOURCE", $"{policy} must be Retain, Delete, Snapshot or RetainExceptOnCreate.", value.At);
        }
        MapNode properties = map["Properties"] switch
        {
            null or ScalarNode { Type: ScalarKind.Null } => new MapNode(entry.At, []),
            MapNode own => own,
            var other => NotAMap(entry.Key, other),
        };
        properties = serverless?.Merge(type.Text, properties) ?? properties;
        _template.Resources.TryAdd(entry.Key, new ResourceDeclaration(entry.Key, entry.At, type.Text, properties, Name(map, "Condition"), DependsOn(map)));
    }

    private MapNode NotAMap(string resource, TemplateNode properties)
    {
        Error("RESOURCE", $"Properties of {resource} must be a map, not {properties.Kind}.", properties.At);
        return new MapNode(properties.At, []);
    }

    private void Output(MapEntry entry)
    {
        if (entry.Value is not MapNode map || map["Value"] is not { } value)
        {
            Error("OUTPUT", $"The output {entry.Key} must be a map with a Value.", entry.Value.At);
            return;
        }
        foreach (MapEntry unknown in map.Entries.Where(key => key.Key is not ("Value" or "Description" or "Condition" or "Export")))
            Error("UNKNOWN_KEY", $"An output has no {unknown.Key}.", unknown.At);
        TemplateNode? export = (map["Export"] as MapNode)?["Name"];
        if (map["Export"] is { } broken && export is null)
            Error("OUTPUT", "Export must be a map with a Name.", broken.At);
        string? description = (map["Description"] as ScalarNode)?.Text;
        _template.Outputs.TryAdd(entry.Key, new OutputDeclaration(entry.Key, entry.At, value, description, Name(map, "Condition"), export));
    }

    private NameUse? Name(MapNode map, string key)
    {
        switch (map[key])
        {
            case null:
                return null;
            case ScalarNode { Type: ScalarKind.Text } name:
                return new NameUse(name.Text, name.At);
            case var other:
                Error("RESOURCE", $"{key} must be a name, not {other.Kind}.", other.At);
                return null;
        }
    }

    private List<NameUse> DependsOn(MapNode map)
    {
        if (map["DependsOn"] is not ListNode list)
            return Name(map, "DependsOn") is { } only ? [only] : [];
        List<NameUse> names = [];
        foreach (TemplateNode item in list.Items)
        {
            if (item is ScalarNode { Type: ScalarKind.Text } name)
                names.Add(new NameUse(name.Text, name.At));
            else
                Error("RESOURCE", $"DependsOn must be names, not {item.Kind}.", item.At);
        }
        return names;
    }

    private void Error(string code, string message, SourceLocation at) => _findings.Add(Finding.Error(code, message, at));
}

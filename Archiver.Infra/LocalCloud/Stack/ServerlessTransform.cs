namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// What the transform <c>AWS::Serverless-2016-10-31</c> does to a template before anything is created: it merges
/// <c>Globals</c> into the resources, and gives functions and state machines that name no role one of their own.
/// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
/// </summary>
internal sealed class ServerlessTransform
{
    /// <summary>The transform's name.</summary>
    public const string Name = "AWS::Serverless-2016-10-31";

    /// <summary>What the types that need it begin with.</summary>
    public const string TypePrefix = "AWS::Serverless::";

    private const string RoleType = "AWS::IAM::Role";

    /// <summary>What may stand in each part of <c>Globals</c>. The other parts that SAM has are for services that are not here.</summary>
    private static readonly Dictionary<string, HashSet<string>> Supported = new(StringComparer.Ordinal)
    {
        ["Function"] =
        [
            "Handler", "Runtime", "CodeUri", "DeadLetterQueue", "Description", "MemorySize", "Timeout", "VpcConfig", "Environment", "Tags",
            "PropagateTags", "Tracing", "KmsKeyArn", "AutoPublishAlias", "AutoPublishAliasAllProperties", "Layers", "DeploymentPreference",
            "RolePath", "PermissionsBoundary", "ReservedConcurrentExecutions", "ProvisionedConcurrencyConfig", "AssumeRolePolicyDocument",
            "EventInvokeConfig", "FileSystemConfigs", "CodeSigningConfigArn", "Architectures", "SnapStart", "EphemeralStorage",
            "FunctionUrlConfig", "RuntimeManagementConfig", "LoggingConfig", "RecursiveLoop", "SourceKMSKeyArn",
        ],
        ["StateMachine"] = ["PropagateTags"],
        ["SimpleTable"] = ["SSESpecification"],
    };

    private readonly Dictionary<string, MapNode> _globals = new(StringComparer.Ordinal);
    private readonly ICollection<Finding> _findings;

    private ServerlessTransform(ICollection<Finding> findings) => _findings = findings;

    /// <summary>Reads <c>Transform</c> and <c>Globals</c>.</summary>
    /// <returns>The transform, or nothing when the template does not ask for it.</returns>
    public static ServerlessTransform? Read(MapNode template, ICollection<Finding> findings)
    {
        IReadOnlyList<TemplateNode> names = template["Transform"] switch { null => [], ListNode list => list.Items, var only => [only] };
        bool asked = false;
        foreach (TemplateNode name in names)
        {
            if (name is ScalarNode { Text: Name })
                asked = true;
            else
                findings.Add(Finding.Error("TRANSFORM", $"The local cloud has the transform {Name} alone.", name.At));
        }
        if (asked)
            return new ServerlessTransform(findings).ReadGlobals(template);
        if (template.Find("Globals") is { } globals)
            findings.Add(Finding.Error("TRANSFORM", $"Globals needs the line 'Transform: {Name}' in the template.", globals.At));
        return null;
    }

    /// <summary>Gives a resource of one of SAM's types what <c>Globals</c> says of it.</summary>
    public MapNode Merge(string type, MapNode properties) =>
        type.StartsWith(TypePrefix, StringComparison.Ordinal) && _globals.TryGetValue(type[TypePrefix.Length..], out MapNode? globals)
            ? (MapNode)Merge(globals, properties)
            : properties;

    /// <summary>Adds the role <c>LogicalIdRole</c> of every function and state machine that names none.</summary>
    public void AddRoles(Template template)
    {
        foreach (ResourceDeclaration resource in template.Resources.Values.ToArray())
        {
            if (resource.Type is not ("AWS::Serverless::Function" or "AWS::Serverless::StateMachine") || resource.Properties["Role"] is not null)
                continue;
            string role = resource.LogicalId + "Role";
            if (!template.Resources.TryAdd(role, new ResourceDeclaration(role, resource.At, RoleType, new MapNode(resource.At, []), resource.Condition, [])))
            {
                _findings.Add(Finding.Error("NAME", $"SAM makes a role {role} for {resource.LogicalId}, which names none: another resource can't have that name.", template.Resources[role].At));
                continue;
            }
            CallNode arn = new(resource.At, IntrinsicFunctions.GetAtt, new ScalarNode(resource.At, role + ".Arn", ScalarKind.Text));
            MapNode properties = new(resource.Properties.At, [.. resource.Properties.Entries, new MapEntry("Role", resource.At, arn)]);
            template.Resources[resource.LogicalId] = resource with { Properties = properties };
        }
    }

    private ServerlessTransform ReadGlobals(MapNode template)
    {
        if (template["Globals"] is not { } globals)
            return this;
        if (globals is not MapNode map)
        {
            Error($"Globals must be a map, not {globals.Kind}.", globals.At);
            return this;
        }
        foreach (MapEntry section in map.Entries)
        {
            if (!Supported.TryGetValue(section.Key, out HashSet<string>? supported))
            {
                Error($"Globals has no {section.Key} here; it has {string.Join(", ", Supported.Keys)}.", section.At);
            }
            else if (section.Value is not MapNode properties)
            {
                Error($"{section.Key} in Globals must be a map, not {section.Value.Kind}.", section.Value.At);
            }
            else
            {
                foreach (MapEntry property in properties.Entries.Where(property => !supported.Contains(property.Key)))
                    Error($"{property.Key} can't stand in Globals for {section.Key}.", property.At);
                _globals[section.Key] = properties;
            }
        }
        return this;
    }

    /// <summary>SAM's rule: maps merge key by key, lists are joined (the global part first), anything else is the resource's own.
    /// A call counts as a plain value.</summary>
    private static TemplateNode Merge(TemplateNode global, TemplateNode own)
    {
        if (global is ListNode globalList && own is ListNode ownList)
            return new ListNode(own.At, [.. globalList.Items, .. ownList.Items]);
        if (global is not MapNode globalMap || own is not MapNode ownMap)
            return own;
        List<MapEntry> entries = [];
        foreach (MapEntry entry in globalMap.Entries)
            entries.Add(ownMap.Find(entry.Key) is { } overriding ? overriding with { Value = Merge(entry.Value, overriding.Value) } : entry);
        entries.AddRange(ownMap.Entries.Where(entry => globalMap[entry.Key] is null));
        return new MapNode(own.At, entries);
    }

    private void Error(string message, SourceLocation at) => _findings.Add(Finding.Error("GLOBALS", message, at));
}

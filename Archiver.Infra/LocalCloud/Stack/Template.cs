namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>A template, read: every section in the order in which it was written, functions still unresolved.</summary>
/// <param name="Path">The file, as it was named to the program.</param>
internal sealed record Template(string Path)
{
    /// <summary>What the stack can be given.</summary>
    public OrderedDictionary<string, TemplateParameter> Parameters { get; } = [];

    /// <summary>Two-level tables of constants.</summary>
    public OrderedDictionary<string, MapNode> Mappings { get; } = [];

    /// <summary>What is true of the parameters.</summary>
    public OrderedDictionary<string, ConditionDeclaration> Conditions { get; } = [];

    /// <summary>What is to be created, the roles that SAM adds included.</summary>
    public OrderedDictionary<string, ResourceDeclaration> Resources { get; } = [];

    /// <summary>What the stack tells.</summary>
    public OrderedDictionary<string, OutputDeclaration> Outputs { get; } = [];

    /// <summary>The folder that relative paths in the template are relative to.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
}

/// <summary>An entry of <c>Conditions</c>.</summary>
internal sealed record ConditionDeclaration(string Name, SourceLocation At, TemplateNode Value);

/// <summary>An entry of <c>Resources</c>.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="At">Where its name stands.</param>
/// <param name="Type">Its type.</param>
/// <param name="Properties">Its properties, SAM's globals merged in.</param>
/// <param name="Condition">The condition that it is created under.</param>
/// <param name="DependsOn">The resources that it waits for beside those that it names in its properties.</param>
internal sealed record ResourceDeclaration(
    string LogicalId, SourceLocation At, string Type, MapNode Properties, NameUse? Condition, IReadOnlyList<NameUse> DependsOn);

/// <summary>An entry of <c>Outputs</c>.</summary>
internal sealed record OutputDeclaration(string Name, SourceLocation At, TemplateNode Value, string? Description, NameUse? Condition, TemplateNode? ExportName);

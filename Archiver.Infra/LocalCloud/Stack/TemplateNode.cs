namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>A piece of a template as it was written: YAML or JSON, with intrinsic functions recognised in both of their forms.</summary>
/// <param name="At">Where it begins.</param>
internal abstract record TemplateNode(SourceLocation At)
{
    /// <summary>What it is, for an error message.</summary>
    public abstract string Kind { get; }
}

/// <summary>What a scalar is by YAML's rules.</summary>
internal enum ScalarKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A number that JSON can write as it stands.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Nothing: <c>null</c>, <c>~</c>, or no value.</summary>
    Null,
}

/// <summary>A scalar. <paramref name="Text"/> of a boolean is <c>true</c> or <c>false</c>, however it was written.</summary>
internal sealed record ScalarNode(SourceLocation At, string Text, ScalarKind Type) : TemplateNode(At)
{
    /// <inheritdoc/>
    public override string Kind => Type switch
    {
        ScalarKind.Text => "text",
        ScalarKind.Number => "a number",
        ScalarKind.Boolean => "a boolean",
        _ => "nothing",
    };
}

/// <summary>A list.</summary>
internal sealed record ListNode(SourceLocation At, IReadOnlyList<TemplateNode> Items) : TemplateNode(At)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>A key of a map, where it stands, and its value.</summary>
internal readonly record struct MapEntry(string Key, SourceLocation At, TemplateNode Value);

/// <summary>A map, in the order in which it was written.</summary>
internal sealed record MapNode(SourceLocation At, IReadOnlyList<MapEntry> Entries) : TemplateNode(At)
{
    /// <inheritdoc/>
    public override string Kind => "a map";

    /// <summary>The value of a key, or nothing.</summary>
    public TemplateNode? this[string key] => Find(key)?.Value;

    /// <summary>The entry of a key, or nothing.</summary>
    public MapEntry? Find(string key)
    {
        foreach (MapEntry entry in Entries)
        {
            if (entry.Key == key)
                return entry;
        }
        return null;
    }
}

/// <summary>An intrinsic function and its argument.</summary>
/// <param name="Function">Its long name: <c>Ref</c>, <c>Condition</c>, or one that begins with <c>Fn::</c>.</param>
internal sealed record CallNode(SourceLocation At, string Function, TemplateNode Argument) : TemplateNode(At)
{
    /// <inheritdoc/>
    public override string Kind => $"the function {Function}";
}

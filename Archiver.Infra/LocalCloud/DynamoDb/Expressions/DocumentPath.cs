using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>One step of a path: into a map by name, or into a list by index.</summary>
/// <param name="Name">The attribute's name, or nothing.</param>
/// <param name="Index">The element's index, where there is no name.</param>
internal readonly record struct PathStep(string? Name, int Index)
{
    /// <inheritdoc/>
    public override string ToString() => Name ?? $"[{Index}]";
}

/// <summary>A path into an item: an attribute, and what is nested in it.</summary>
internal sealed record DocumentPath(IReadOnlyList<PathStep> Steps)
{
    /// <summary>The attribute that the path starts at.</summary>
    public string Root => Steps[0].Name!;

    /// <summary>Whether the path goes into the attribute.</summary>
    public bool IsNested => Steps.Count > 1;

    /// <summary>The value at the end of the path, or nothing where the path leads nowhere.</summary>
    public AttributeValue? Resolve(MapValue item)
    {
        AttributeValue? value = item;
        foreach (PathStep step in Steps)
        {
            value = value switch
            {
                MapValue map when step.Name is not null => map.Find(step.Name),
                ListValue list when step.Name is null && step.Index < list.Elements.Count => list.Elements[step.Index],
                _ => null,
            };
        }
        return value;
    }

    /// <inheritdoc/>
    public bool Equals(DocumentPath? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => Steps.Aggregate(7, HashCode.Combine);

    /// <summary>The path as AWS's messages show it: <c>[a, [1], b]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Steps)}]";
}

using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>The parts of an item that somebody wants: by a projection expression, or because an update touched them.</summary>
/// <param name="Paths">The paths, none of which overlap.</param>
internal sealed record Projection(IReadOnlyList<DocumentPath> Paths)
{
    /// <summary>The attributes that the paths start at.</summary>
    public IEnumerable<string> Roots => Paths.Select(path => path.Root).Distinct();

    /// <summary>The item with only those parts; of a list only the elements that are asked for, in their order.</summary>
    public MapValue Apply(MapValue item) => Pick(item, Paths, 0) as MapValue ?? MapValue.Empty;

    private static AttributeValue? Pick(AttributeValue value, IEnumerable<DocumentPath> paths, int depth)
    {
        DocumentPath[] deeper = [.. paths];
        if (deeper.Any(path => path.Steps.Count == depth))
            return value;
        if (value is MapValue map)
        {
            Dictionary<string, AttributeValue> attributes = new(StringComparer.Ordinal);
            foreach (IGrouping<string?, DocumentPath> group in deeper.GroupBy(path => path.Steps[depth].Name))
            {
                if (group.Key is not null && map.Find(group.Key) is AttributeValue attribute && Pick(attribute, group, depth + 1) is AttributeValue picked)
                    attributes.Add(group.Key, picked);
            }
            return attributes.Count > 0 ? new MapValue(attributes) : null;
        }
        if (value is ListValue list)
        {
            AttributeValue[] elements = [.. deeper
                .Where(path => path.Steps[depth] is { Name: null } step && step.Index < list.Elements.Count)
                .GroupBy(path => path.Steps[depth].Index)
                .OrderBy(group => group.Key)
                .Select(group => Pick(list.Elements[group.Key], group, depth + 1))
                .OfType<AttributeValue>()];
            return elements.Length > 0 ? new ListValue(elements) : null;
        }
        return null;
    }
}

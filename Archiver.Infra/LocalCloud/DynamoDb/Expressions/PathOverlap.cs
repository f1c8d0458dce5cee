namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>Finds paths that can't stand in one expression.</summary>
internal static class PathOverlap
{
    /// <summary>What is wrong with the first two paths of which one leads to or through the other, or which take one attribute for a map and
    /// for a list; nothing when all are apart.</summary>
    public static string? Find(IReadOnlyList<DocumentPath> paths)
    {
        for (int second = 1; second < paths.Count; second++)
        {
            for (int first = 0; first < second; first++)
            {
                if (Find(paths[first], paths[second]) is string problem)
                    return $"Two document paths {problem} with each other; must remove or rewrite one of these paths; path one: {paths[first]}, path two: {paths[second]}";
            }
        }
        return null;
    }

    private static string? Find(DocumentPath one, DocumentPath two)
    {
        foreach ((PathStep left, PathStep right) in one.Steps.Zip(two.Steps))
        {
            if (left.Name is null != right.Name is null)
                return "conflict";
            if (left != right)
                return null;
        }
        return "overlap";
    }
}

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>Puts the resources of a stack into an order in which each comes after those that it needs.</summary>
internal static class ResourceOrder
{
    /// <summary>Sorts the resources whose condition holds. Those that need nothing of each other keep the template's order.</summary>
    /// <exception cref="TemplateException">Some need each other in a circle, or one needs a resource that is not created.</exception>
    public static IReadOnlyList<ResourceDeclaration> Sort(Template template, TemplateEvaluator evaluator)
    {
        List<ResourceDeclaration> sorted = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        List<string> path = [];
        foreach (ResourceDeclaration resource in template.Resources.Values.Where(evaluator.IsActive))
            Visit(resource);
        return sorted;

        void Visit(ResourceDeclaration resource)
        {
            if (done.Contains(resource.LogicalId))
                return;
            path.Add(resource.LogicalId);
            foreach (NameUse need in Needs(template, evaluator, resource))
            {
                if (path.IndexOf(need.Name) is >= 0 and int start)
                    throw new TemplateException("CYCLE", $"These resources need each other in a circle: {string.Join(" -> ", path[start..])} -> {need.Name}.", need.At);
                Visit(template.Resources[need.Name]);
            }
            path.RemoveAt(path.Count - 1);
            done.Add(resource.LogicalId);
            sorted.Add(resource);
        }
    }

    private static IEnumerable<NameUse> Needs(Template template, TemplateEvaluator evaluator, ResourceDeclaration resource)
    {
        foreach (Reference reference in TemplateReferences.Of(resource.Properties, evaluator.Holds))
        {
            if (!template.Resources.TryGetValue(reference.Name, out ResourceDeclaration? target))
                continue; // a parameter
            if (!evaluator.IsActive(target))
                throw new TemplateException("NOT_CREATED", $"{resource.LogicalId} needs {target.LogicalId}, which is not created because its condition {target.Condition!.Value.Name} does not hold.", reference.At);
            yield return new NameUse(reference.Name, reference.At);
        }
        // CloudFormation lets go of a DependsOn whose resource is not created.
        foreach (NameUse name in resource.DependsOn.Where(name => evaluator.IsActive(template.Resources[name.Name])))
            yield return name;
    }
}

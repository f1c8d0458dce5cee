namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>Checks what a template that is whole by itself says: every function's argument, every name that is used.</summary>
internal sealed class TemplateChecker(Template template, ICollection<Finding> findings)
{
    /// <summary>Checks everything; the findings have what is wrong.</summary>
    public void Check()
    {
        foreach (string both in template.Parameters.Keys.Intersect(template.Resources.Keys))
            Error("NAME", $"{both} names a parameter and a resource.", template.Resources[both].At);
        int before = findings.Count;
        foreach (ConditionDeclaration condition in template.Conditions.Values)
            Shapes(condition.Value, inCondition: true);
        foreach (ResourceDeclaration resource in template.Resources.Values)
            Shapes(resource.Properties, inCondition: false);
        foreach (OutputDeclaration output in template.Outputs.Values)
        {
            Shapes(output.Value, inCondition: false);
            if (output.ExportName is not null)
                Shapes(output.ExportName, inCondition: false);
        }
        // The rest reads the functions' arguments and must be able to rely on their shape.
        if (findings.Count == before)
            Names();
    }

    private void Shapes(TemplateNode node, bool inCondition)
    {
        switch (node)
        {
            case ListNode list:
                foreach (TemplateNode item in list.Items)
                    Shapes(item, inCondition);
                break;
            case MapNode map:
                foreach (MapEntry entry in map.Entries)
                {
                    if (entry.Key.StartsWith("Fn::", StringComparison.Ordinal))
                        Error("FUNCTION_ARGUMENT", $"{entry.Key} must be the only key of its map.", entry.At);
                    Shapes(entry.Value, inCondition);
                }
                break;
            case CallNode call:
                Shape(call, inCondition);
                break;
        }
    }

    private void Shape(CallNode call, bool inCondition)
    {
        if (IntrinsicFunctions.Check(call) is { } finding)
        {
            findings.Add(finding);
            return;
        }
        if (!inCondition && IntrinsicFunctions.IsLogical(call.Function))
            Error("FUNCTION_PLACE", $"{call.Function} can stand in Conditions only; here a condition is named by Fn::If or Condition.", call.At);
        if (inCondition && call.Function is IntrinsicFunctions.GetAtt or IntrinsicFunctions.If)
            Error("FUNCTION_PLACE", $"{call.Function} can't stand in Conditions.", call.At);
        if (call.Function == IntrinsicFunctions.Sub)
        {
            (ScalarNode text, _) = TemplateReferences.Sub(call);
            try
            {
                SubText.Parse(text.Text, text.At);
            }
            catch (TemplateException exception)
            {
                findings.Add(exception.Finding);
            }
        }
        Shapes(call.Argument, inCondition);
    }

    private void Names()
    {
        foreach (ConditionDeclaration condition in template.Conditions.Values)
        {
            References(condition.Value, inCondition: true);
            Uses(condition.Value, inCondition: true);
        }
        foreach (ResourceDeclaration resource in template.Resources.Values)
        {
            References(resource.Properties, inCondition: false);
            Uses(resource.Properties, inCondition: false);
            Condition(resource.Condition);
            foreach (NameUse name in resource.DependsOn.Where(name => !template.Resources.ContainsKey(name.Name)))
                Error("UNKNOWN_REFERENCE", $"{resource.LogicalId} depends on {name.Name}, which is no resource of the template.", name.At);
        }
        foreach (OutputDeclaration output in template.Outputs.Values)
        {
            foreach (TemplateNode node in output.ExportName is null ? [output.Value] : (TemplateNode[])[output.Value, output.ExportName])
            {
                References(node, inCondition: false);
                Uses(node, inCondition: false);
            }
            Condition(output.Condition);
        }
        foreach (ConditionDeclaration condition in template.Conditions.Values)
            ConditionCycle(condition);
    }

    private void References(TemplateNode node, bool inCondition)
    {
        foreach (Reference reference in TemplateReferences.Of(node))
        {
            bool known = reference.Attribute is null
                ? template.Parameters.ContainsKey(reference.Name) || PseudoParameters.IsName(reference.Name) || (!inCondition && template.Resources.ContainsKey(reference.Name))
                : !inCondition && template.Resources.ContainsKey(reference.Name);
            if (known)
                continue;
            string what = inCondition ? "a parameter" : reference.Attribute is null ? "a parameter or a resource" : "a resource";
            Error("UNKNOWN_REFERENCE", $"{reference.Name} is not {what} of the template.", reference.At);
        }
    }

    /// <summary>The conditions and mappings that a piece uses by name.</summary>
    private void Uses(TemplateNode node, bool inCondition)
    {
        foreach (NameUse use in ConditionUses(node, inCondition))
            Condition(use);
        foreach (CallNode call in Calls(node).Where(call => call.Function == IntrinsicFunctions.FindInMap))
        {
            if (((ListNode)call.Argument).Items[0] is ScalarNode name && !template.Mappings.ContainsKey(name.Text))
                Error("UNKNOWN_REFERENCE", $"There is no mapping {name.Text}.", name.At);
        }
    }

    private void Condition(NameUse? use)
    {
        if (use is { } name && !template.Conditions.ContainsKey(name.Name))
            Error("UNKNOWN_REFERENCE", $"There is no condition {name.Name}.", name.At);
    }

    private void ConditionCycle(ConditionDeclaration condition)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Queue<string> open = new([condition.Name]);
        while (open.TryDequeue(out string? name))
        {
            foreach (NameUse use in template.Conditions.TryGetValue(name, out ConditionDeclaration? next) ? ConditionUses(next.Value, inCondition: true) : [])
            {
                if (use.Name == condition.Name)
                {
                    Error("CYCLE", $"The condition {condition.Name} depends on itself.", condition.At);
                    return;
                }
                if (seen.Add(use.Name))
                    open.Enqueue(use.Name);
            }
        }
    }

    private static IEnumerable<NameUse> ConditionUses(TemplateNode node, bool inCondition) => node switch
    {
        CallNode { Function: IntrinsicFunctions.Condition, Argument: ScalarNode name } => [new NameUse(name.Text, name.At)],
        CallNode { Function: IntrinsicFunctions.If, Argument: ListNode { Items: [ScalarNode name, ..] } list } =>
            list.Items.Skip(1).SelectMany(item => ConditionUses(item, inCondition)).Prepend(new NameUse(name.Text, name.At)),
        CallNode call => ConditionUses(call.Argument, inCondition),
        MapNode { Entries: [{ Key: IntrinsicFunctions.Condition, Value: ScalarNode name }] } when inCondition => [new NameUse(name.Text, name.At)],
        MapNode map => map.Entries.SelectMany(entry => ConditionUses(entry.Value, inCondition)),
        ListNode list => list.Items.SelectMany(item => ConditionUses(item, inCondition)),
        _ => [],
    };

    private static IEnumerable<CallNode> Calls(TemplateNode node) => node switch
    {
        CallNode call => Calls(call.Argument).Prepend(call),
        MapNode map => map.Entries.SelectMany(entry => Calls(entry.Value)),
        ListNode list => list.Items.SelectMany(Calls),
        _ => [],
    };

    private void Error(string code, string message, SourceLocation at) => findings.Add(Finding.Error(code, message, at));
}

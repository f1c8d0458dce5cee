namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>A use of a parameter or a resource: <c>Ref</c>, <c>GetAtt</c>, or a name in <c>Sub</c>.</summary>
/// <param name="Name">The parameter or resource.</param>
/// <param name="Attribute">The attribute, where one is asked for.</param>
/// <param name="At">Where.</param>
internal readonly record struct Reference(string Name, string? Attribute, SourceLocation At);

/// <summary>Finds what a piece of a template refers to.</summary>
internal static class TemplateReferences
{
    /// <summary>Every reference in a piece.</summary>
    /// <param name="node">The piece.</param>
    /// <param name="holds">Whether a condition holds; with it, <c>If</c> counts only the branch that is taken.</param>
    public static IEnumerable<Reference> Of(TemplateNode node, Func<NameUse, bool>? holds = null) => node switch
    {
        ListNode list => list.Items.SelectMany(item => Of(item, holds)),
        MapNode map => map.Entries.SelectMany(entry => Of(entry.Value, holds)),
        CallNode call => OfCall(call, holds),
        _ => [],
    };

    /// <summary>The resource and the attribute of a <c>GetAtt</c>; the attribute can be a call.</summary>
    public static (string Resource, TemplateNode Attribute) GetAtt(CallNode call)
    {
        if (call.Argument is ListNode list)
            return (((ScalarNode)list.Items[0]).Text, list.Items[1]);
        string text = ((ScalarNode)call.Argument).Text;
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        return (text[..dot], new ScalarNode(call.At, text[(dot + 1)..], ScalarKind.Text));
    }

    /// <summary>A name in <c>Sub</c>: <c>Resource.Attribute</c>, or a name alone.</summary>
    public static (string Name, string? Attribute) SubName(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and int dot ? (name[..dot], name[(dot + 1)..]) : (name, null);

    /// <summary>The text and the variables of a <c>Sub</c>.</summary>
    public static (ScalarNode Text, MapNode? Variables) Sub(CallNode call) =>
        call.Argument is ListNode list ? ((ScalarNode)list.Items[0], (MapNode)list.Items[1]) : ((ScalarNode)call.Argument, null);

    private static IEnumerable<Reference> OfCall(CallNode call, Func<NameUse, bool>? holds)
    {
        switch (call.Function)
        {
            case IntrinsicFunctions.Ref:
                return [new Reference(((ScalarNode)call.Argument).Text, null, call.At)];
            case IntrinsicFunctions.GetAtt:
                (string resource, TemplateNode attribute) = GetAtt(call);
                return [new Reference(resource, (attribute as ScalarNode)?.Text ?? "", call.At), .. Of(attribute, holds)];
            case IntrinsicFunctions.Sub:
                (ScalarNode text, MapNode? variables) = Sub(call);
                IEnumerable<Reference> named = SubText.Parse(text.Text, text.At)
                    .Where(part => part.IsName && variables?[part.Text] is null)
                    .Select(part => SubName(part.Text))
                    .Select(name => new Reference(name.Name, name.Attribute, text.At));
                return variables is null ? named : named.Concat(Of(variables, holds));
            case IntrinsicFunctions.If when holds is not null:
                IReadOnlyList<TemplateNode> items = ((ListNode)call.Argument).Items;
                return Of(holds(new NameUse(((ScalarNode)items[0]).Text, items[0].At)) ? items[1] : items[2], holds);
            case IntrinsicFunctions.If:
                return ((ListNode)call.Argument).Items.Skip(1).SelectMany(item => Of(item, holds));
            default:
                return Of(call.Argument, holds);
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// Gives the pieces of a checked template their values. It relies on the shapes that <see cref="TemplateChecker"/> has made sure
/// of; what only values can show (an index past the end, a list where text is needed) it finds itself.
/// </summary>
/// <param name="template">The template, without errors.</param>
/// <param name="parameters">The parameters' values.</param>
/// <param name="pseudo">The pseudo parameters' values.</param>
/// <param name="resource">What is known of a resource: nothing while it is not created.</param>
internal sealed class TemplateEvaluator(
    Template template, IReadOnlyDictionary<string, JsonNode> parameters, PseudoParameters pseudo, Func<string, ProvisionedResource?> resource)
{
    private readonly Dictionary<string, bool> _conditions = new(StringComparer.Ordinal);

    /// <summary>Whether a condition holds.</summary>
    public bool Holds(NameUse condition)
    {
        if (!_conditions.TryGetValue(condition.Name, out bool holds))
            _conditions[condition.Name] = holds = Truth(template.Conditions[condition.Name].Value);
        return holds;
    }

    /// <summary>Whether a resource is created: it has no condition, or one that holds.</summary>
    public bool IsActive(ResourceDeclaration declaration) => declaration.Condition is not { } condition || Holds(condition);

    /// <summary>The value of a piece.</summary>
    /// <exception cref="TemplateException">It has none, or it is <c>AWS::NoValue</c> where a value is needed.</exception>
    public JsonNode? Evaluate(TemplateNode node) =>
        TryEvaluate(node, out JsonNode? value) ? value : throw new TemplateException("NO_VALUE", "AWS::NoValue can't stand here.", node.At);

    /// <summary>The properties of a resource.</summary>
    public JsonObject Properties(ResourceDeclaration declaration) => Map(declaration.Properties);

    /// <summary>The value of a piece as text.</summary>
    public string Text(TemplateNode node) => TextOf(Evaluate(node), node);

    private static string TextOf(JsonNode? value, TemplateNode node) => value switch
    {
        JsonValue text when text.TryGetValue(out string? plain) => plain,
        JsonValue other => other.ToJsonString(),
        null => throw new TemplateException("VALUE", "Text is needed here, and there is nothing.", node.At),
        _ => throw new TemplateException("VALUE", $"Text is needed here, not {(value is JsonArray ? "a list" : "a map")}.", node.At),
    };

    /// <summary>The value of a piece; false when it is <c>AWS::NoValue</c>.</summary>
    private bool TryEvaluate(TemplateNode node, out JsonNode? value)
    {
        switch (node)
        {
            case ScalarNode scalar:
                value = Scalar(scalar);
                return true;
            case ListNode list:
                value = List(list);
                return true;
            case MapNode map:
                value = Map(map);
                return true;
            case CallNode { Function: IntrinsicFunctions.Ref, Argument: ScalarNode { Text: PseudoParameters.NoValue } }:
                value = null;
                return false;
            case CallNode { Function: IntrinsicFunctions.If } call:
                IReadOnlyList<TemplateNode> items = ((ListNode)call.Argument).Items;
                return TryEvaluate(Holds(new NameUse(((ScalarNode)items[0]).Text, items[0].At)) ? items[1] : items[2], out value);
            default:
                value = Call((CallNode)node);
                return true;
        }
    }

    private static JsonNode? Scalar(ScalarNode scalar) => scalar.Type switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean => JsonValue.Create(scalar.Text == "true"),
        ScalarKind.Number => JsonNode.Parse(scalar.Text),
        _ => JsonValue.Create(scalar.Text),
    };

    private JsonArray List(ListNode list)
    {
        JsonArray array = [];
        foreach (TemplateNode item in list.Items)
        {
            if (TryEvaluate(item, out JsonNode? value))
                array.Add(value);
        }
        return array;
    }

    private JsonObject Map(MapNode map)
    {
        JsonObject result = [];
        foreach (MapEntry entry in map.Entries)
        {
            if (TryEvaluate(entry.Value, out JsonNode? value))
                result[entry.Key] = value;
        }
        return result;
    }

    private JsonNode? Call(CallNode call) => call.Function switch
    {
        IntrinsicFunctions.Ref => Ref(((ScalarNode)call.Argument).Text, call.At),
        IntrinsicFunctions.GetAtt => GetAtt(call),
        IntrinsicFunctions.Sub => Sub(call),
        IntrinsicFunctions.Join => Join((ListNode)call.Argument),
        IntrinsicFunctions.Select => Select((ListNode)call.Argument),
        IntrinsicFunctions.Split => Split((ListNode)call.Argument),
        IntrinsicFunctions.FindInMap => FindInMap((ListNode)call.Argument),
        IntrinsicFunctions.Base64 => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(call.Argument))),
        _ => throw new TemplateException("FUNCTION_PLACE", $"{call.Function} gives no value.", call.At),
    };

    private JsonNode? Ref(string name, SourceLocation at) =>
        parameters.TryGetValue(name, out JsonNode? value) ? value.DeepClone() : pseudo[name] ?? Resource(name, at).Ref;

    private string GetAtt(CallNode call)
    {
        (string name, TemplateNode attribute) = TemplateReferences.GetAtt(call);
        return Attribute(name, Text(attribute), call.At);
    }

    private string Attribute(string name, string attribute, SourceLocation at)
    {
        IReadOnlyDictionary<string, string> attributes = Resource(name, at).Attributes;
        return attributes.TryGetValue(attribute, out string? value)
            ? value
            : throw new TemplateException(
                "UNKNOWN_ATTRIBUTE",
                $"{name} ({template.Resources[name].Type}) has no attribute {attribute}; it has {(attributes.Count == 0 ? "none" : string.Join(", ", attributes.Keys.Order(StringComparer.Ordinal)))}.",
                at);
    }

    private ProvisionedResource Resource(string name, SourceLocation at) =>
        resource(name) ?? throw new TemplateException(
            "NOT_CREATED", $"{name} is not created{(template.Resources.TryGetValue(name, out ResourceDeclaration? declaration) && declaration.Condition is { } condition ? $", because its condition {condition.Name} does not hold" : "")}.", at);

    private string Sub(CallNode call)
    {
        (ScalarNode text, MapNode? variables) = TemplateReferences.Sub(call);
        StringBuilder result = new();
        foreach (SubText.Part part in SubText.Parse(text.Text, text.At))
        {
            if (!part.IsName)
            {
                result.Append(part.Text);
            }
            else if (variables?[part.Text] is { } variable)
            {
                result.Append(Text(variable));
            }
            else
            {
                (string name, string? attribute) = TemplateReferences.SubName(part.Text);
                result.Append(attribute is null ? TextOf(Ref(name, text.At), text) : Attribute(name, attribute, text.At));
            }
        }
        return result.ToString();
    }

    private string Join(ListNode argument) =>
        string.Join(Text(argument.Items[0]), Items(argument.Items[1]).Select(item => TextOf(item, argument.Items[1])));

    private JsonNode? Select(ListNode argument)
    {
        JsonArray items = Items(argument.Items[1]);
        string index = Text(argument.Items[0]);
        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < items.Count
            ? items[i]?.DeepClone()
            : throw new TemplateException("VALUE", $"Fn::Select asks for item {index} of a list of {items.Count}; the first is 0.", argument.Items[0].At);
    }

    private JsonArray Split(ListNode argument) =>
        new([.. Text(argument.Items[1]).Split(Text(argument.Items[0])).Select(part => (JsonNode)part)]);

    private JsonNode? FindInMap(ListNode argument)
    {
        string name = Text(argument.Items[0]), first = Text(argument.Items[1]), second = Text(argument.Items[2]);
        if (!template.Mappings.TryGetValue(name, out MapNode? mapping))
            throw new TemplateException("UNKNOWN_REFERENCE", $"There is no mapping {name}.", argument.Items[0].At);
        if (mapping[first] is not MapNode inner)
            throw new TemplateException("UNKNOWN_REFERENCE", $"The mapping {name} has no key {first}.", argument.Items[1].At);
        return inner[second] is { } value
            ? Evaluate(value)
            : throw new TemplateException("UNKNOWN_REFERENCE", $"{first} in the mapping {name} has no key {second}.", argument.Items[2].At);
    }

    private JsonArray Items(TemplateNode node) =>
        Evaluate(node) as JsonArray ?? throw new TemplateException("VALUE", "A list is needed here.", node.At);

    private bool Truth(TemplateNode node) => node switch
    {
        CallNode { Function: IntrinsicFunctions.Equal, Argument: ListNode pair } => string.Equals(Text(pair.Items[0]), Text(pair.Items[1]), StringComparison.Ordinal),
        CallNode { Function: IntrinsicFunctions.And, Argument: ListNode all } => all.Items.All(Truth),
        CallNode { Function: IntrinsicFunctions.Or, Argument: ListNode any } => any.Items.Any(Truth),
        CallNode { Function: IntrinsicFunctions.Not, Argument: ListNode one } => !Truth(one.Items[0]),
        CallNode { Function: IntrinsicFunctions.Condition, Argument: ScalarNode name } => Holds(new NameUse(name.Text, name.At)),
        MapNode { Entries: [{ Key: IntrinsicFunctions.Condition, Value: ScalarNode name }] } => Holds(new NameUse(name.Text, name.At)),
        _ => throw new TemplateException("CONDITION", $"A condition is Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition, not {node.Kind}.", node.At),
    };
}

using System.Text.Json;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>Reads payload templates. https://states-language.net/spec.html#payload-template</summary>
internal sealed class TemplateParser(DiagnosticBag findings)
{
    /// <summary>Reads a template.</summary>
    public PayloadTemplate Parse(SourceNode node)
    {
        switch (node.Kind)
        {
            case JsonValueKind.Object:
                var members = new List<KeyValuePair<string, PayloadTemplate>>();
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in node.Members)
                {
                    var isDynamic = member.Name.EndsWith(PayloadTemplate.Suffix, StringComparison.Ordinal);
                    var name = isDynamic ? member.Name[..^PayloadTemplate.Suffix.Length] : member.Name;
                    if (!names.Add(name))
                        findings.Error($"The template has both \"{name}\" and \"{name}{PayloadTemplate.Suffix}\".", member.Value);
                    var template = isDynamic ? ParseDynamic(member.Name, member.Value) : Parse(member.Value);
                    if (template is not null)
                        members.Add(KeyValuePair.Create(name, template));
                }

                return members.TrueForAll(m => m.Value is ConstantTemplate)
                    ? new ConstantTemplate(node.ToJson())
                    : new ObjectTemplate(members);
            case JsonValueKind.Array:
                var items = node.Items.Select(Parse).ToList();
                return items.TrueForAll(i => i is ConstantTemplate) ? new ConstantTemplate(node.ToJson()) : new ArrayTemplate(items);
            default:
                return new ConstantTemplate(node.ToJson());
        }
    }

    /// <summary>Reads a value that is a path or an intrinsic function.</summary>
    /// <param name="field">The name of its member.</param>
    /// <param name="node">The value.</param>
    public PayloadTemplate? ParseDynamic(string field, SourceNode node)
    {
        if (node.Text is null)
        {
            findings.Error($"\"{field}\" must be a path or an intrinsic function, as a string, but is {node.KindName}.", node);
            return null;
        }

        if (node.Text.StartsWith('$'))
        {
            if (JsonPathParser.TryParse(node.Text, out var path, out var pathError))
                return new PathTemplate(field, path);
            findings.Error($"\"{field}\" is not a path: {pathError}", node);
            return null;
        }

        if (IntrinsicParser.TryParse(node.Text, out var call, out var callError))
            return new IntrinsicTemplate(field, call);
        findings.Error($"\"{field}\" is neither a path nor an intrinsic function: {callError}", node);
        return null;
    }
}

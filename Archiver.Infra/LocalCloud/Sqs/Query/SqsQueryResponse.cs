using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Archiver.Infra.LocalCloud.Sqs.Query;

/// <summary>
/// Writes the members of an answer in JSON as those of the query protocol. Its lists and maps are flat: each item is an element of
/// its own among the other members, under the item's name.
/// </summary>
/// <param name="action">The operation.</param>
/// <param name="xmlNamespace">The namespace of all elements.</param>
internal sealed class SqsQueryResponse(string action, XNamespace xmlNamespace)
{
    /// <summary>The children of the result.</summary>
    public XElement[] ToXml(JsonObject answer) => [.. answer.SelectMany(member => Member(member.Key, member.Value!))];

    private IEnumerable<XElement> Member(string name, JsonNode node) => (name, node) switch
    {
        ("Attributes" or "MessageAttributes", JsonObject map) => Map(name[..^1], "Name", map),
        ("Tags", JsonObject map) => Map("Tag", "Key", map),
        (_, JsonArray items) => items.Select(item => Element(ItemOf(name), item!)),
        _ => [Element(name, node)],
    };

    private IEnumerable<XElement> Map(string name, string keyName, JsonObject map) => map.Select(item => new XElement(
        xmlNamespace + name, new XElement(xmlNamespace + keyName, item.Key), Element("Value", item.Value!)));

    private XElement Element(string name, JsonNode node) => new(xmlNamespace + name, node switch
    {
        JsonObject structure => ToXml(structure),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(), // numbers and booleans are spelt alike in XML
    });

    private string ItemOf(string list) => list switch
    {
        "QueueUrls" or "queueUrls" => "QueueUrl",
        "Messages" => "Message",
        "Successful" or "Results" => action + "ResultEntry",
        "Failed" => "BatchResultErrorEntry",
        _ => throw new InvalidOperationException($"The list {list} of {action} has no name in the query protocol."),
    };
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Sqs.Query;

/// <summary>
/// Reads a form of SQS's query protocol into the members of the same request in JSON. A field's name is a path, such as
/// <c>SendMessageBatchRequestEntry.1.MessageAttribute.2.Value.DataType</c>; lists and maps count their items from 1. What SQS has
/// no member for (<c>Action</c> and <c>Version</c> are such) is left out.
/// See https://smithy.io/2.0/aws/protocols/aws-query-protocol.html.
/// </summary>
/// <param name="action">The operation.</param>
internal sealed class SqsQueryRequest(string action)
{
    /// <summary>What a member is made of.</summary>
    private enum Kind
    {
        Text,
        Integer,
        Texts,
        Structures,
        TextMap,
        TagMap,
        StructureMap,
    }

    /// <summary>The request in JSON.</summary>
    /// <param name="fields">The form's fields.</param>
    /// <exception cref="Wire.AwsError"><c>InvalidParameterValue</c> for a value of another kind, <c>MissingParameter</c> for half an item of a map.</exception>
    public JsonObject ToJson(IReadOnlyDictionary<string, string> fields)
    {
        Field root = new("");
        foreach ((string path, string text) in fields)
            path.Split('.').Aggregate(root, (field, name) => field.MemberOrNew(name)).Text = text;
        return Structure(root);
    }

    /// <summary>The member that a field is in JSON, where a list or map has the plural for a name.</summary>
    private (string Name, Kind Kind)? MemberOf(string field) => field switch
    {
        "QueueName" or "QueueUrl" or "QueueNamePrefix" or "QueueOwnerAWSAccountId" or "NextToken" or "Id" or "MessageBody" or "MessageGroupId"
            or "MessageDeduplicationId" or "ReceiptHandle" or "ReceiveRequestAttemptId" or "StringValue" or "BinaryValue" or "DataType"
            or "SourceArn" or "DestinationArn" or "TaskHandle" => (field, Kind.Text),
        "DelaySeconds" or "VisibilityTimeout" or "WaitTimeSeconds" or "MaxNumberOfMessages" or "MaxResults" or "MaxNumberOfMessagesPerSecond" =>
            (field, Kind.Integer),
        "AttributeName" or "MessageAttributeName" or "MessageSystemAttributeName" or "TagKey" or "StringListValue" or "BinaryListValue" =>
            (field + "s", Kind.Texts),
        "Attribute" => ("Attributes", Kind.TextMap),
        "Tag" => (action == "CreateQueue" ? "tags" : "Tags", Kind.TagMap), // SQS's model has it in two spellings
        "MessageAttribute" or "MessageSystemAttribute" => (field + "s", Kind.StructureMap),
        _ when field == action + "RequestEntry" => ("Entries", Kind.Structures),
        _ => null,
    };

    private JsonObject Structure(Field field)
    {
        field.RefuseText();
        JsonObject structure = [];
        foreach ((string name, Field member) in field.Members)
        {
            if (MemberOf(name) is not { } known)
                continue;
            structure[known.Name] = known.Kind switch
            {
                Kind.Text => member.RequiredText(),
                Kind.Integer => Integer(member),
                Kind.Texts => new JsonArray([.. member.Items().Select(item => (JsonNode)item.RequiredText())]),
                Kind.Structures => new JsonArray([.. member.Items().Select(Structure)]),
                Kind.TextMap => Map(member, "Name", value => value.RequiredText()),
                Kind.TagMap => Map(member, "Key", value => value.RequiredText()),
                _ => Map(member, "Name", Structure),
            };
        }
        return structure;
    }

    private static JsonNode Integer(Field field)
    {
        string text = field.RequiredText();
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw SqsErrors.InvalidParameterValue(field.Path, text, "Must be an integer.");
    }

    private static JsonObject Map(Field field, string keyName, Func<Field, JsonNode> valueOf)
    {
        JsonObject map = [];
        foreach (Field item in field.Items())
        {
            item.RefuseText();
            string key = item.Member(keyName).RequiredText();
            if (!map.TryAdd(key, valueOf(item.Member("Value"))))
                throw SqsErrors.InvalidParameterValue(item.Path, key, "It is there twice.");
        }
        return map;
    }

    /// <summary>A field of the form, or what fields have in common: the tree that their paths span.</summary>
    /// <param name="path">How errors name it.</param>
    private sealed class Field(string path)
    {
        public string Path => path;

        public string? Text { get; set; }

        public Dictionary<string, Field> Members { get; } = new(StringComparer.Ordinal);

        public Field MemberOrNew(string name)
        {
            if (!Members.TryGetValue(name, out Field? member))
                Members.Add(name, member = new Field(PathOf(name)));
            return member;
        }

        public Field Member(string name) => Members.TryGetValue(name, out Field? member) ? member : throw SqsErrors.MissingParameter(PathOf(name));

        public string RequiredText() => Members.Count == 0 && Text is not null
            ? Text
            : throw SqsErrors.InvalidParameterValue($"The parameter {path} must be one value.");

        /// <summary>A list or map is told by its items; only an empty one may be told by an empty field of its name.</summary>
        public void RefuseText()
        {
            if (!string.IsNullOrEmpty(Text))
                throw SqsErrors.InvalidParameterValue(path, Text, "Its values have numbers and names of their own.");
        }

        /// <summary>The items of a list or map, in the order of their numbers.</summary>
        public IEnumerable<Field> Items()
        {
            RefuseText();
            return Members.OrderBy(item => int.TryParse(item.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw SqsErrors.InvalidParameterValue($"The parameter {item.Value.Path} must have a number for its place in {path}."))
                .Select(item => item.Value);
        }

        private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Web.Tests.Api;

/// <summary>Holds JSON against a schema of the document: types, required and known members, words, items.</summary>
internal static class SchemaCheck
{
    public static void Check(JsonNode? value, JsonNode? schema, JsonNode document, string path, List<string> problems)
    {
        if (schema is null) return;
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            Check(value, document["components"]!["schemas"]![reference["#/components/schemas/".Length..]], document, path, problems);
            return;
        }
        if ((schema["oneOf"] ?? schema["anyOf"])?.AsArray() is { } choices)
        {
            bool fits = choices.Any(choice =>
            {
                List<string> inner = [];
                Check(value, choice, document, path, inner);
                return inner.Count == 0;
            });
            if (!fits) problems.Add($"{path} is none of its choices");
            return;
        }
        string[] types = schema["type"] switch { JsonArray several => [.. several.Select(type => type!.GetValue<string>())], { } one => [one.GetValue<string>()], _ => [] };
        string actual = value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
            JsonValueKind.String => "string",
            JsonValueKind.Array => "array",
            _ => "object",
        };
        if (types.Length > 0 && !types.Contains(actual) && !(actual == "integer" && types.Contains("number"))) problems.Add($"{path} is {actual}, not {string.Join(" or ", types)}");
        if (schema["enum"]?.AsArray() is { } words && !words.Any(word => JsonNode.DeepEquals(word, value))) problems.Add($"{path} is none of its words");
        if (value is JsonArray items)
        {
            foreach ((int index, JsonNode? item) in items.Index()) Check(item, schema["items"], document, $"{path}[{index}]", problems);
        }
        if (value is not JsonObject members || schema["properties"] is not JsonObject properties) return;
        foreach (JsonNode? required in schema["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey(required!.GetValue<string>())) problems.Add($"{path}.{required} is missing");
        }
        bool isOpen = schema["additionalProperties"] is not null || schema["title"]?.GetValue<string>() == "open" || properties.ContainsKey("errors");
        foreach ((string name, JsonNode? member) in members)
        {
            if (properties[name] is { } known) Check(member, known, document, $"{path}.{name}", problems);
            else if (!isOpen) problems.Add($"{path}.{name} is not described");
        }
    }
}

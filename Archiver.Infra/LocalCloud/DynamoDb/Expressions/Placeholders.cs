using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>What a request's expressions may refer to: its names and values, each of which some expression must use.</summary>
internal sealed class Placeholders
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttributeValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Reads the placeholders of a request.</summary>
    /// <param name="names"><c>ExpressionAttributeNames</c>, or nothing.</param>
    /// <param name="values"><c>ExpressionAttributeValues</c>, or nothing.</param>
    /// <exception cref="AwsError"><c>ValidationException</c>: empty, misnamed, or a value that is none.</exception>
    public Placeholders(JsonObject? names, JsonObject? values)
    {
        Check(names, "ExpressionAttributeNames", '#');
        Check(values, "ExpressionAttributeValues", ':');
        foreach ((string key, JsonNode? name) in names ?? [])
        {
            if (name is not JsonValue text || text.GetValueKind() != JsonValueKind.String)
                throw DynamoDbErrors.Serialization($"ExpressionAttributeNames: {key} is no string.");
            _names.Add(key, text.GetValue<string>());
        }
        foreach ((string key, JsonNode? value) in values ?? [])
            _values.Add(key, ReadValue(key, value));
    }

    /// <summary>The attribute name that a <c>#name</c> stands for, or nothing.</summary>
    public string? Name(string placeholder)
    {
        _used.Add(placeholder);
        return _names.GetValueOrDefault(placeholder);
    }

    /// <summary>The value that a <c>:value</c> stands for, or nothing.</summary>
    public AttributeValue? Value(string placeholder)
    {
        _used.Add(placeholder);
        return _values.GetValueOrDefault(placeholder);
    }

    /// <summary>Refuses what no expression used. Called once all of them are parsed.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>.</exception>
    public void RefuseUnused()
    {
        Refuse("ExpressionAttributeNames", _names.Keys);
        Refuse("ExpressionAttributeValues", _values.Keys);

        void Refuse(string member, IEnumerable<string> keys)
        {
            string unused = string.Join(", ", keys.Where(key => !_used.Contains(key)));
            if (unused.Length > 0)
                throw DynamoDbErrors.Validation($"Value provided in {member} unused in expressions: keys: {{{unused}}}");
        }
    }

    private static AttributeValue ReadValue(string key, JsonNode? value)
    {
        try
        {
            return AttributeReader.Read(value);
        }
        catch (AwsError error) when (error.Code == DynamoDbErrors.ValidationCode)
        {
            throw DynamoDbErrors.Validation($"ExpressionAttributeValues contains invalid value: {error.Message} for key {key}");
        }
    }

    private static void Check(JsonObject? placeholders, string member, char prefix)
    {
        if (placeholders is null)
            return;
        if (placeholders.Count == 0)
            throw DynamoDbErrors.Validation($"{member} must not be empty");
        foreach ((string key, _) in placeholders)
        {
            if (key.Length < 2 || key[0] != prefix || !key.AsSpan(1).ContainsOnlyWordCharacters())
                throw DynamoDbErrors.Validation($"{member} contains invalid key: Syntax error; key: \"{key}\"");
        }
    }
}

/// <summary>What the placeholders' keys are made of.</summary>
internal static class WordCharacters
{
    /// <summary>Whether a text has letters, digits and underscores alone.</summary>
    public static bool ContainsOnlyWordCharacters(this ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '_')
                return false;
        }
        return true;
    }
}

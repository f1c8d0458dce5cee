using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>How events and patterns are read and written.</summary>
internal static class EventJson
{
    /// <summary>With characters as they are: a key of an object in Cyrillic counts its bytes, not six for each letter.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Reads JSON that stands as text in a request.</summary>
    /// <exception cref="JsonException">It is none, has a member twice, or has text that is no Unicode, such as half of a surrogate pair, which the
    /// parser lets through and which throws when it is first read.</exception>
    public static JsonNode? Parse(string text)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(text));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    _ = reader.GetString();
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
        return JsonNode.Parse(text, documentOptions: Options);
    }
}

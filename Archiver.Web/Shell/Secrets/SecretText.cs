using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Web.Shell.Secrets;

/// <summary>
/// Makes what a run carries fit for a page. A history holds task tokens wherever a state machine put them, and whoever has a
/// token can answer for the reviewer: what is called a token, or looks like one, is hidden.
/// </summary>
internal static class SecretText
{
    /// <summary>What stands in a token's place.</summary>
    public const string Hidden = "(task token, hidden)";

    // Step Functions' tokens are base64 of several hundred characters; no name, key or checksum is.
    private const int ShortestToken = 200;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indents JSON, with its tokens hidden; text that is not JSON is given back, hidden whole when it looks like a token.</summary>
    public static string? Json(string? text)
    {
        if (text is null) return null;
        return TryParse(text, out JsonNode? node) ? Hide(null, node)?.ToJsonString(Indented) ?? "null" : LooksLikeToken(text) ? Hidden : text;
    }

    private static JsonNode? Hide(string? name, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                JsonObject hidden = [];
                foreach ((string member, JsonNode? value) in members) hidden[member] = Hide(member, value);
                return hidden;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Hide(name, item))]);
            case JsonValue value when value.TryGetValue(out string? text):
                if (LooksLikeToken(text) || (text.Length > 0 && name?.EndsWith("token", StringComparison.OrdinalIgnoreCase) == true)) return Hidden;
                // A message's body is JSON within JSON.
                return text.StartsWith('{') && TryParse(text, out JsonNode? inner) ? Hide(name, inner)!.ToJsonString() : text;
            default:
                return node?.DeepClone();
        }
    }

    private static bool LooksLikeToken(string text) =>
        text.Length >= ShortestToken && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '=' or '-' or '_' or '.');

    private static bool TryParse(string text, out JsonNode? node)
    {
        try
        {
            node = JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            node = null;
            return false;
        }
    }
}

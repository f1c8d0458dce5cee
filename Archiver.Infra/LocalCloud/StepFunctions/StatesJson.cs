using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>JSON as Step Functions passes it on: compact, text as it is (a file's name in any script is not escaped), nested deeply.</summary>
internal static class StatesJson
{
    /// <summary>The most bytes of an input, an output or a task's result, in UTF-8.</summary>
    public const int MaxPayloadBytes = 262_144;

    private const int MaxDepth = 1024;

    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>A value as JSON text.</summary>
    public static string Text(JsonNode? value) => value is null ? "null" : value.ToJsonString(Options);

    /// <summary>A value as JSON in UTF-8.</summary>
    public static byte[] Bytes(JsonNode? value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Reads JSON that came from outside.</summary>
    /// <exception cref="JsonException">It is not JSON, names a member twice, or holds half a character.</exception>
    public static JsonNode? Parse(string text)
    {
        JsonNode? value = JsonNode.Parse(text, documentOptions: Reading);
        if (text.Contains("\\u", StringComparison.Ordinal))
            EnsureWhole(value);
        return value;
    }

    /// <summary>Reads JSON in UTF-8 that came from outside.</summary>
    /// <exception cref="JsonException">As <see cref="Parse(string)"/>.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        JsonNode? value = JsonNode.Parse(utf8, documentOptions: Reading);
        if (utf8.IndexOf("\\u"u8) >= 0)
            EnsureWhole(value);
        return value;
    }

    /// <summary>Whether a payload has more bytes than Step Functions takes.</summary>
    public static bool IsTooLarge(string text) =>
        text.Length > MaxPayloadBytes || (text.Length > MaxPayloadBytes / 3 && Encoding.UTF8.GetByteCount(text) > MaxPayloadBytes);

    // An escape may name half of a surrogate pair. The parser lets it through and every later reader throws, so it is refused here.
    private static void EnsureWhole(JsonNode? value)
    {
        try
        {
            _ = Text(value);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("It holds an escape that is half of a character.", exception);
        }
    }
}

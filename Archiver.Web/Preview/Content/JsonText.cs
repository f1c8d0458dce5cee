using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Archiver.Web.Preview.Content;

/// <summary>JSON as a person reads it: indented, nothing else changed.</summary>
internal static class JsonText
{
    private const int Deepest = 64;

    /// <summary>Indents it; nothing for what is no JSON, or grows beyond a bound by that.</summary>
    /// <param name="text">An object or an array, all of it. A number or a word by itself is JSON, too, and reads as well as text.</param>
    /// <param name="most">How many bytes it may come to.</param>
    public static string? Format(string text, int most)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..]) return null;
        ArrayBufferWriter<byte> formatted = new();
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest });
            using Utf8JsonWriter writer = new(formatted, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Deepest });
            document.WriteTo(writer);
        }
        catch (JsonException)
        {
            return null;
        }
        return formatted.WrittenCount <= most ? Encoding.UTF8.GetString(formatted.WrittenSpan) : null;
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Archiver.Web.Shell.Json;

/// <summary>Breaks JSON into the lines that a page shows, token by token: of two members of one name, both are shown.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text's lines; nothing when it is no JSON.</summary>
    public static IReadOnlyList<JsonLine>? Of(string text)
    {
        try
        {
            return Read(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // not JSON, or with text in it that is no Unicode
        }
    }

    private static List<JsonLine> Read(byte[] text)
    {
        List<JsonLine> lines = [];
        Stack<int> open = new();
        string? name = null;
        Utf8JsonReader reader = new(text);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = Quoted(reader.GetString()!);
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    Add(reader.TokenType == JsonTokenType.StartObject ? "{" : "[", JsonLineKind.Open);
                    open.Push(lines.Count - 1);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    Close(reader.TokenType == JsonTokenType.EndObject ? "}" : "]");
                    break;
                case JsonTokenType.String:
                    Add(Quoted(reader.GetString()!), JsonLineKind.Text);
                    break;
                case JsonTokenType.Number:
                    Add(Encoding.UTF8.GetString(reader.ValueSpan), JsonLineKind.Number);
                    break;
                default:
                    Add(Encoding.UTF8.GetString(reader.ValueSpan), JsonLineKind.Word);
                    break;
            }
            name = null;
        }
        return lines;

        void Add(string value, JsonLineKind kind)
        {
            Follow();
            lines.Add(new JsonLine(open.Count, name, value, kind, false) { End = lines.Count });
        }

        void Close(string bracket)
        {
            int start = open.Pop();
            if (lines[start].Count == 0)
            {
                // Nothing is in it: one line says that.
                lines[start] = lines[start] with { Text = lines[start].Text + bracket, Kind = JsonLineKind.Word };
                return;
            }
            lines.Add(new JsonLine(open.Count, null, bracket, JsonLineKind.Close, false) { End = lines.Count });
            lines[start] = lines[start] with { End = lines.Count - 1 };
        }

        // What comes is one more of what is open, and the one before it gets a comma.
        void Follow()
        {
            if (!open.TryPeek(out int start)) return;
            if (lines[start].Count > 0) lines[^1] = lines[^1] with { Comma = true };
            lines[start] = lines[start] with { Count = lines[start].Count + 1 };
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);
}

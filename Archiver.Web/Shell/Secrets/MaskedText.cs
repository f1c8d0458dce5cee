using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Archiver.Web.Shell.Secrets;

/// <summary>
/// Makes a text from outside fit for a page, whatever it is: JSON, nearly JSON, JSON that names a member twice, or anything else.
/// Whoever has a task token can answer for the reviewer, so what is called one or looks like one is hidden; rather too much than
/// too little.
/// </summary>
internal static partial class MaskedText
{
    /// <summary>How much of a text is looked at, in characters; what lies behind is left out. A page shows much less.</summary>
    public const int Longest = 16 * 1024;

    private const string TaskToken = "TaskToken";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The beginning of a text with its tokens hidden; JSON that is not cut is indented.</summary>
    public static string Of(string text)
    {
        if (text.Length > Longest) return OfText(Cut(text));
        try
        {
            return OfJson(text);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return OfText(text); // not JSON, or with text in it that is no Unicode
        }
    }

    /// <summary>The beginning of a sentence, such as a failure's message, with the tokens hidden that may be quoted in it.</summary>
    public static string OfSentence(string text) => OfText(text.Length > Longest ? Cut(text) : text);

    // Before the word that the cut would go through: half of a token may be too short to be known for one.
    private static string Cut(string text)
    {
        int end = Longest;
        while (end > 0 && (char.IsAsciiLetterOrDigit(text[end - 1]) || "+/=_.~-%\\".Contains(text[end - 1], StringComparison.Ordinal))) end--;
        return text[..end];
    }

    // Token by token, because an object model keeps only one of two members of the same name, or none.
    private static string OfJson(string text)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(text));
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Indented))
        {
            while (reader.Read()) Copy(ref reader, writer);
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                string name = reader.GetString()!;
                writer.WritePropertyName(OfText(name));
                if (!name.Replace("_", "", StringComparison.Ordinal).EndsWith(TaskToken, StringComparison.OrdinalIgnoreCase)) break;
                reader.Read();
                reader.Skip(); // whatever it holds
                writer.WriteStringValue(SecretText.Hidden);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(OfText(reader.GetString()!)); // there may be JSON in it
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    private static string OfText(string text) => LongRun().Replace(NamedToken().Replace(text, "${name}" + SecretText.Hidden), SecretText.Hidden);

    // The name as it may be written in broken or nested JSON, in a query or in a log line; then what follows it, up to where a value ends.
    [GeneratedRegex("""(?<name>task_?token[\\"'\s:=]{1,20})(?!\(task token)[^\\"'\s,;&}\]]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedToken();

    // Base64 of either kind, also where a plus or an equals sign is escaped as in JSON or in a URL.
    [GeneratedRegex("""(?>(?:[A-Za-z0-9+/=_.~-]|\\u[0-9A-Fa-f]{4}|\\/|%[0-9A-Fa-f]{2}){100,})""", RegexOptions.CultureInvariant)]
    private static partial Regex LongRun();
}

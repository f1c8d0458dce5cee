using System.Text;
using System.Text.Json;
using static Archiver.Web.Shell.ShellWords;

namespace Archiver.Web.Shell.Json;

/// <summary>Says what is wrong with a text that is to be JSON.</summary>
internal static class JsonProblem
{
    /// <summary>What is wrong, as a sentence that says where; nothing when nothing is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mustBeObject">Whether only an object will do.</param>
    public static string? Of(string text, bool mustBeObject)
    {
        if (string.IsNullOrWhiteSpace(text)) return L["There is nothing in it. An empty object is {0}.", "{}"];
        try
        {
            // What is there twice would be taken once, and nobody could say which.
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return mustBeObject && document.RootElement.ValueKind != JsonValueKind.Object ? L["It must be an object: a text in {0}.", "{}"] : null;
        }
        catch (JsonException exception)
        {
            if (exception.LineNumber is not { } line || exception.BytePositionInLine is not { } bytes) return L["It is no JSON: {0}", Reason(exception)];
            return L["Line {0}, column {1}: {2}", line + 1, Column(text, line, bytes), Reason(exception)];
        }
    }

    // The reader counts bytes, and from 0; a person counts characters, from 1.
    private static int Column(string text, long line, long bytes)
    {
        string[] lines = text.Split('\n');
        if (line >= lines.Length) return 1;
        byte[] whole = Encoding.UTF8.GetBytes(lines[line]);
        return Encoding.UTF8.GetCharCount(whole, 0, (int)Math.Min(bytes, whole.Length)) + 1;
    }

    // Without the reader's own "Path: ... | LineNumber: ... | BytePositionInLine: ...".
    private static string Reason(JsonException exception)
    {
        int end = exception.Message.IndexOf(" Path:", StringComparison.Ordinal);
        if (end < 0) end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}

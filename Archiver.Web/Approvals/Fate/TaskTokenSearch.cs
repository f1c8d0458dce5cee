using System.Text.Json;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Fate;

/// <summary>
/// Finds the task token in what a task was called with, wherever its state machine put it: any member, however deep, also within
/// JSON that is itself a string. A token looks like any other text, so that each is hashed, and the hash looked for.
/// </summary>
internal static class TaskTokenSearch
{
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html
    private const int LongestToken = 2048;

    // A string that holds JSON that holds a string that holds JSON: more than that nobody has, and a bound must be.
    private const int MostQuotings = 8;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>The <see cref="TaskTokenHash"/> of every text that could be a token.</summary>
    /// <param name="parameters">The parameters of <c>TaskScheduled</c>: JSON, or by mistake something else, which has none.</param>
    public static IReadOnlySet<string> HashesIn(string? parameters)
    {
        HashSet<string> hashes = new(StringComparer.Ordinal);
        if (parameters is not null) Parse(parameters, hashes, MostQuotings);
        return hashes;
    }

    private static void Parse(string json, HashSet<string> hashes, int quotings)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            Walk(document.RootElement, hashes, quotings);
        }
        catch (JsonException)
        {
            // Text that only begins as JSON does.
        }
    }

    private static void Walk(JsonElement element, HashSet<string> hashes, int quotings)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject()) Walk(property.Value, hashes, quotings);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray()) Walk(item, hashes, quotings);
                break;
            case JsonValueKind.String:
                string text = element.GetString()!;
                if (text.Length is > 0 and <= LongestToken) hashes.Add(TaskTokenHash.Of(text));
                if (quotings > 0 && text.AsSpan().TrimStart() is ['{' or '[' or '"', ..]) Parse(text, hashes, quotings - 1);
                break;
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>Keeps one copy of texts that come again and again. It is bounded: what comes when it is full is simply kept by itself.</summary>
internal sealed class RepeatedText
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The one for the process.</summary>
    public static RepeatedText Shared { get; } = new();

    /// <summary>The copy that is kept of a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Once(string? text)
    {
        if (text is null) return null;
        if (_texts.TryGetValue(text, out string? kept)) return kept;
        if (_texts.Count < Most) _texts.TryAdd(text, text);
        return text;
    }
}

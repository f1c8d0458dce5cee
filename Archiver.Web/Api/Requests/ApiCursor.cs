using System.Buffers.Text;
using System.Text.Json;

namespace Archiver.Web.Api.Requests;

/// <summary>
/// Where a list goes on, as one word. It comes back from outside, and is no secret: whatever it says can be no more than a place in
/// what the caller may read anyway.
/// </summary>
internal static class ApiCursor
{
    /// <summary>The longest, in characters.</summary>
    public const int Longest = 8192;

    /// <summary>Writes the parts of a place.</summary>
    public static string Write(params string[] parts) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(parts));

    /// <summary>Reads what <see cref="Write"/> wrote; nothing where it has another number of parts, or is nothing of ours.</summary>
    public static IReadOnlyList<string>? Read(string text, int parts)
    {
        if (text.Length > Longest || !Base64Url.IsValid(text)) return null;
        try
        {
            string?[]? read = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text));
            return read?.Length == parts && !read.Contains(null) ? [.. read.OfType<string>()] : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

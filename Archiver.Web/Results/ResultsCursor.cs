using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Archiver.Web.Results;

/// <summary>
/// A record's place in the index, from which a query goes on in either direction. It is made of the record, so that any row that
/// is shown can be the end of a page.
/// </summary>
/// <param name="Day">The index's partition.</param>
/// <param name="Timestamp">The index's order within it.</param>
/// <param name="Id">The table's key.</param>
public sealed record ResultsCursor(string Day, string Timestamp, string Id)
{
    // DynamoDB's limits of a sort key and a partition key, in bytes.
    private const int LongestTimestamp = 1024;
    private const int LongestId = 2048;

    // All three at their longest, escaped and encoded.
    private const int LongestToken = 32 * 1024;

    /// <summary>The place of a record; nothing where the record is not in the index.</summary>
    public static ResultsCursor? Of(ResultRow row) =>
        row.Day.Length > 0 && row.Timestamp.Length > 0 && row.Id.Length > 0 ? new ResultsCursor(row.Day, row.Timestamp, row.Id) : null;

    /// <summary>The place as one word for an address.</summary>
    public string ToToken() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string[]>([Day, Timestamp, Id]));

    /// <summary>Reads what <see cref="ToToken"/> wrote. The word comes from an address: whatever it says can be no more than a key.</summary>
    public static bool TryParse(string? token, [NotNullWhen(true)] out ResultsCursor? cursor)
    {
        cursor = null;
        if (token is not { Length: > 0 and <= LongestToken } || !Base64Url.IsValid(token)) return false;
        try
        {
            if (JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(token)) is not [{ } day, { } timestamp, { } id]) return false;
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return false;
            if (Encoding.UTF8.GetByteCount(timestamp) is 0 or > LongestTimestamp || Encoding.UTF8.GetByteCount(id) is 0 or > LongestId) return false;
            cursor = new ResultsCursor(day, timestamp, id);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

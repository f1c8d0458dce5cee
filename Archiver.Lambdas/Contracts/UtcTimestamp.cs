using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Archiver.Lambdas.Contracts;

/// <summary>
/// How Archiver writes a point in time: ISO 8601, UTC, three decimals, <c>Z</c>. All such texts have one length, so that they
/// sort as the times do; the results table's index depends on it.
/// </summary>
public static class UtcTimestamp
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Writes a time, cut to the millisecond.</summary>
    /// <param name="time">The time; any offset.</param>
    /// <returns>Such as <c>2026-03-26T20:14:13.192Z</c>.</returns>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Writes the UTC day of a time: the first ten characters of <see cref="Format"/>.</summary>
    /// <param name="time">The time; any offset.</param>
    /// <returns>Such as <c>2026-03-26</c>.</returns>
    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads an ISO 8601 time with an offset or <c>Z</c>, with or without decimals; one without either counts as UTC.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time, at offset zero.</param>
    /// <returns>Whether the text is a time.</returns>
    public static bool TryParse(string? text, out DateTimeOffset time) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}

/// <summary>Reads and writes times in JSON as <see cref="UtcTimestamp"/> does.</summary>
internal sealed class UtcTimestampConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && UtcTimestamp.TryParse(reader.GetString(), out DateTimeOffset time)
            ? time
            : throw new JsonException("A time is expected: ISO 8601, such as 2026-03-26T20:14:13.192Z.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(UtcTimestamp.Format(value));
}

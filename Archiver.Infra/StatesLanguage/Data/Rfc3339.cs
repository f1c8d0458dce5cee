using System.Globalization;
using System.Text.RegularExpressions;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>
/// Timestamps as the States Language has them: RFC 3339 with an upper-case <c>T</c>, and an upper-case <c>Z</c> or a numeric
/// offset. https://states-language.net/spec.html#timestamps
/// </summary>
internal static partial class Rfc3339
{
    /// <summary>Reads a timestamp; what is finer than 100 nanoseconds is cut off.</summary>
    public static bool TryParse(string? text, out DateTimeOffset timestamp)
    {
        timestamp = default;
        if (text is null || Pattern().Match(text) is not { Success: true } match)
            return false;

        var fraction = match.Groups["fraction"].Value;
        var ticks = fraction.Length == 0 ? 0 : long.Parse(fraction.PadRight(7, '0')[..7], CultureInfo.InvariantCulture);
        var zone = match.Groups["zone"].Value;
        if (!DateTimeOffset.TryParseExact(
            match.Groups["local"].Value + (zone == "Z" ? "+00:00" : zone),
            "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var whole))
        {
            return false;
        }

        // The last second of the calendar may not have room for a fraction.
        timestamp = whole.Ticks > DateTimeOffset.MaxValue.Ticks - ticks ? whole : whole.AddTicks(ticks);
        return true;
    }

    /// <summary>Writes a timestamp as the context object does: UTC with milliseconds.</summary>
    public static string Write(DateTimeOffset timestamp)
        => timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]+))?(?<zone>Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}

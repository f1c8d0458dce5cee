using System.Globalization;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Review;

/// <summary>Spans of whole minutes as an address has them, such as <c>30m</c>, <c>4h</c> and <c>7d</c>.</summary>
internal static class Age
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Writes a span in the largest unit that it is whole in.</summary>
    public static string Text(TimeSpan age)
    {
        long minutes = (long)age.TotalMinutes;
        return minutes % (24 * 60) == 0 ? Part(minutes / (24 * 60), 'd') : minutes % 60 == 0 ? Part(minutes / 60, 'h') : Part(minutes, 'm');
    }

    /// <summary>Writes a span in words.</summary>
    public static string Words(TimeSpan age)
    {
        long minutes = (long)age.TotalMinutes;
        return minutes % (24 * 60) == 0 ? L.Count(minutes / (24 * 60), "{0} day", "{0} days")
            : minutes % 60 == 0 ? L.Count(minutes / 60, "{0} hour", "{0} hours")
            : L.Count(minutes, "{0} minute", "{0} minutes");
    }

    /// <summary>Reads a span; nothing where it is none, or longer than a year.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0) return null;
        double minutes = text[^1] switch { 'm' => count, 'h' => count * 60.0, 'd' => count * 24.0 * 60.0, _ => 0 };
        return minutes == 0 || minutes > Longest.TotalMinutes ? null : TimeSpan.FromMinutes(minutes);
    }

    private static string Part(long count, char unit) => string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
}

using System.Globalization;

namespace Archiver.Web.Shell.Display;

/// <summary>Spans of time and sizes as a person reads them at a glance.</summary>
public static class Durations
{
    /// <summary>The two largest units of a span, such as <c>2 d 4 h</c>, <c>3 min 12 s</c> or <c>0 s</c>; a negative span is <c>0 s</c>.</summary>
    public static string Brief(TimeSpan span)
    {
        if (span < TimeSpan.Zero) span = TimeSpan.Zero;
        (long Value, string Unit)[] parts =
            [((long)span.TotalDays, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s")];
        int first = Array.FindIndex(parts, part => part.Value > 0);
        if (first < 0) return "0 s";
        return string.Join(' ', parts.Skip(first).Take(2).Where(part => part.Value > 0)
            .Select(part => string.Create(CultureInfo.CurrentCulture, $"{part.Value:N0} {part.Unit}")));
    }

    /// <summary>How long a run took: milliseconds below a second, else <see cref="Brief"/>.</summary>
    public static string Precise(TimeSpan span) => span.TotalSeconds switch
    {
        < 0 => "0 ms",
        < 1 => string.Create(CultureInfo.CurrentCulture, $"{span.TotalMilliseconds:0} ms"),
        < 60 => string.Create(CultureInfo.CurrentCulture, $"{span.TotalSeconds:0.0} s"),
        _ => Brief(span),
    };
}

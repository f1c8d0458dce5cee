using System.Globalization;
using Archiver.Web.Shell.Display;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Charts;

/// <summary>How a number differs from that of another period, in words: no colour says whether that is good.</summary>
internal static class Differences
{
    /// <summary>Of two counts.</summary>
    public static string OfCounts(long now, long before) => (now - before) switch
    {
        0 => L["as many as before"],
        > 0 and { } more => L["{0} more than before ({1})", Number(more), Number(before)],
        { } fewer => L["{0} fewer than before ({1})", Number(-fewer), Number(before)],
    };

    /// <summary>Of two parts of all; nothing where there was nothing to be a part of.</summary>
    public static string? OfShares(long now, long of, long before, long ofBefore)
    {
        if (of == 0 || ofBefore == 0) return null;
        double then = before / (double)ofBefore;
        // As they are written, so that nobody finds them to be wrong.
        double points = Math.Round(now * 100.0 / of) - Math.Round(then * 100);
        return points switch
        {
            0 => L["the same share as before"],
            > 0 => L["{0} points more than before ({1})", Number((long)points), Percent(before, ofBefore)],
            _ => L["{0} points fewer than before ({1})", Number((long)-points), Percent(before, ofBefore)],
        };
    }

    /// <summary>Of two times; nothing where one of them is not known.</summary>
    public static string? OfTimes(TimeSpan? now, TimeSpan? before)
    {
        if (now is not { } time || before is not { } then) return null;
        TimeSpan more = time - then;
        // Both are told by steps of a twentieth: what is less apart may be the same.
        if (more.Duration() <= Summary.DecisionScale.Error * then) return L["as long as before"];
        return more > TimeSpan.Zero
            ? L["{0} longer than before ({1})", Durations.Brief(more), Durations.Brief(then)]
            : L["{0} shorter than before ({1})", Durations.Brief(-more), Durations.Brief(then)];
    }

    /// <summary>A part of all, such as <c>32 %</c>; a dash where there is nothing to be a part of.</summary>
    public static string Percent(long part, long of) => of == 0 ? "–" : (part / (double)of).ToString("P0", CultureInfo.CurrentCulture);

    /// <summary>A number as the viewer's culture writes it.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}

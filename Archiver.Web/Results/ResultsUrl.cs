using System.Globalization;
using Archiver.Lambdas.Contracts;
using Microsoft.AspNetCore.Http.Extensions;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results;

/// <summary>What an address was read as.</summary>
/// <param name="View">What it says; where it says nothing that is understood, the default.</param>
/// <param name="Problems">What of it is not understood, a sentence each.</param>
internal sealed record ParsedView(ResultsView View, IReadOnlyList<string> Problems);

/// <summary>
/// The page's state as an address, there and back. What is as by default is left out, so that one state has one address.
/// </summary>
internal static class ResultsUrl
{
    /// <summary>The page.</summary>
    public const string Page = "/results";

    /// <summary>The download of what the page's filter lets through.</summary>
    public const string Export = "/results/export.csv";

    /// <summary>The same as JSON.</summary>
    public const string JsonExport = "/results/export.json";

    /// <summary>The parameter of the downloads that names the viewer's time zone, in which its days are meant.</summary>
    public const string Zone = "zone";

    private const string DayPattern = "yyyy-MM-dd";
    private const string Asked = "asked";
    private const string NotAsked = "not-asked";

    // The days of a partition have four digits of year, and neighbours in every zone.
    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2999, 12, 31);

    /// <summary>The address of the page in a state.</summary>
    public static string To(ResultsView view)
    {
        QueryBuilder query = new();
        AddFilter(query, view.Filter);
        AddSort(query, view);
        if (view.Compare is { } compare) query.Add(ResultsComparison.Parameter, compare.ToText());
        switch (view.Place)
        {
            case ResultsPlace.After after: query.Add("after", after.Cursor.ToToken()); break;
            case ResultsPlace.Before before: query.Add("before", before.Cursor.ToToken()); break;
            case ResultsPlace.Page page: query.Add("page", Text(page.Number)); break;
        }
        return Page + query;
    }

    /// <summary>The address of the download of what a state shows on all its pages.</summary>
    /// <param name="view">The state.</param>
    /// <param name="zone">The viewer's zone.</param>
    /// <param name="address">The download: <see cref="Export"/> or <see cref="JsonExport"/>.</param>
    public static string ToExport(ResultsView view, TimeZoneInfo zone, string address = Export)
    {
        QueryBuilder query = new();
        AddFilter(query, view.Filter);
        if (view.Sort == ResultsSort.Time) AddSort(query, view);
        query.Add(Zone, zone.Id);
        return address + query;
    }

    /// <summary>Reads an address' query.</summary>
    /// <param name="value">Gives a parameter's value; nothing or an empty text where it is not there.</param>
    public static ParsedView Parse(Func<string, string?> value)
    {
        List<string> problems = [];
        (ResultsSort sort, bool descending) = ReadSort(value("sort"), problems);
        int? least = ReadQuality("min-quality", value, problems);
        int? most = ReadQuality("max-quality", value, problems);
        if (least > most)
        {
            problems.Add(L["min-quality is {0}, which is more than max-quality, {1}.", Text(least.Value), Text(most.Value)]);
            (least, most) = (null, null);
        }
        ResultsFilter filter = new(
            ReadPeriod(value, problems), ReadActions(value("action"), problems), ReadAsked(value("human"), problems), least, most,
            ReadReason(value, problems), ReadDecidedIn(value("decided-in"), problems));
        ResultsView view = new(filter, sort, descending, ReadPlace(value, sort, problems)) { Compare = ResultsComparison.Read(value(ResultsComparison.Parameter), problems) };
        return new ParsedView(view, problems);
    }

    /// <summary>Reads a day that a person gave; nothing where it is none that the table could have.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, DayPattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day >= Earliest && day <= Latest
            ? day
            : null;

    /// <summary>Writes a day as <see cref="ReadDay"/> reads it.</summary>
    public static string Text(DateOnly day) => day.ToString(DayPattern, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void AddFilter(QueryBuilder query, ResultsFilter filter)
    {
        switch (filter.Period)
        {
            case ResultsPeriod.LastDays last when last != ResultsPeriod.Default:
                query.Add("last", Text(last.Count));
                break;
            case ResultsPeriod.OneDay day:
                query.Add("day", Text(day.Date));
                if (day.IsPart) query.Add("hours", $"{Text(day.FromHour)}-{Text(day.ToHour)}");
                break;
            case ResultsPeriod.Span span:
                query.Add("from", Text(span.From));
                query.Add("to", Text(span.To));
                break;
        }
        if (filter.Actions.Count > 0) query.Add("action", string.Join(',', filter.Actions));
        if (filter.Asked is { } asked) query.Add("human", asked ? Asked : NotAsked);
        if (filter.LeastQuality is { } least) query.Add("min-quality", Text(least));
        if (filter.MostQuality is { } most) query.Add("max-quality", Text(most));
        if (filter.Reason is { } reason) query.Add(reason.Length > 0 ? "reason" : "no-reason", reason.Length > 0 ? reason : "yes");
        if (filter.DecidedIn is { } band) query.Add("decided-in", band.Key);
    }

    private static void AddSort(QueryBuilder query, ResultsView view)
    {
        if (view is { Sort: ResultsSort.Time, Descending: true }) return;
        query.Add("sort", $"{(view.Descending ? "-" : "")}{view.Sort.ToString().ToLowerInvariant()}");
    }

    private static ResultsPeriod ReadPeriod(Func<string, string?> value, List<string> problems)
    {
        if (value("day") is { Length: > 0 } day)
        {
            if (ReadDay(day) is { } date) return ReadHours(date, value("hours"), problems);
            problems.Add(L["day is '{0}'; it is a day such as 2026-03-26.", day]);
        }
        else if (value("from") is { Length: > 0 } || value("to") is { Length: > 0 })
        {
            return ReadSpan(value("from") ?? "", value("to") ?? "", problems);
        }
        else if (value("last") is { Length: > 0 } last)
        {
            if (int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= ResultsPeriod.LongestDays)
                return new ResultsPeriod.LastDays(count);
            problems.Add(L["last is '{0}'; it is a number of days from 1 to {1}.", last, Text(ResultsPeriod.LongestDays)]);
        }
        return ResultsPeriod.Default;
    }

    private static ResultsPeriod.OneDay ReadHours(DateOnly date, string? text, List<string> problems)
    {
        if (text is not { Length: > 0 }) return new ResultsPeriod.OneDay(date);
        if (text.Split('-') is [var first, var last]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out int to)
            && from < to && to <= ResultsPeriod.OneDay.Hours)
        {
            return new ResultsPeriod.OneDay(date, from, to);
        }
        problems.Add(L["hours is '{0}'; it is an hour and a later one of a day, such as 9-17.", text]);
        return new ResultsPeriod.OneDay(date);
    }

    private static ResultsPeriod ReadSpan(string from, string to, List<string> problems)
    {
        if (ReadDay(from) is not { } first) problems.Add(L["from is '{0}'; it is a day such as 2026-03-01.", from]);
        else if (ReadDay(to) is not { } last) problems.Add(L["to is '{0}'; it is a day such as 2026-03-26.", to]);
        else if (first > last) problems.Add(L["from is {0}, which is after to, {1}.", from, to]);
        else if (last.DayNumber - first.DayNumber >= ResultsPeriod.LongestDays) problems.Add(L["from and to are more than {0} days apart.", Text(ResultsPeriod.LongestDays)]);
        else return new ResultsPeriod.Span(first, last);
        return ResultsPeriod.Default;
    }

    private static string[] ReadActions(string? text, List<string> problems)
    {
        string[] given = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        problems.AddRange(given.Except(ResultAction.All, StringComparer.Ordinal)
            .Select(unknown => L["action is '{0}'; it is one of {1}.", unknown, string.Join(", ", ResultAction.All)]));
        return [.. ResultAction.All.Where(action => given.Contains(action, StringComparer.Ordinal))];
    }

    private static bool? ReadAsked(string? text, List<string> problems)
    {
        if (text is Asked or NotAsked) return text == Asked;
        if (text is { Length: > 0 }) problems.Add(L["human is '{0}'; it is {1} or {2}.", text, Asked, NotAsked]);
        return null;
    }

    private static string? ReadReason(Func<string, string?> value, List<string> problems)
    {
        if (value("no-reason") is { Length: > 0 }) return "";
        if (value("reason") is not { Length: > 0 } reason) return null;
        if (reason.Length <= ResultsFilter.LongestReason) return reason;
        problems.Add(L["reason has more than {0} characters.", Text(ResultsFilter.LongestReason)]);
        return null;
    }

    private static DecisionBand? ReadDecidedIn(string? text, List<string> problems)
    {
        if (text is not { Length: > 0 }) return null;
        if (DecisionBand.Of(text) is { } band) return band;
        problems.Add(L["decided-in is '{0}'; it is one of {1}.", text, string.Join(", ", DecisionBand.All.Select(one => one.Key))]);
        return null;
    }

    private static int? ReadQuality(string name, Func<string, string?> value, List<string> problems)
    {
        if (value(name) is not { Length: > 0 } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int quality) && quality <= 100) return quality;
        problems.Add(L["{0} is '{1}'; it is a whole number from 0 to 100.", name, text]);
        return null;
    }

    private static (ResultsSort Sort, bool Descending) ReadSort(string? text, List<string> problems)
    {
        if (text is not { Length: > 0 }) return (ResultsSort.Time, true);
        foreach (ResultsSort sort in Enum.GetValues<ResultsSort>())
        {
            if (text.TrimStart('-').Equals(sort.ToString(), StringComparison.OrdinalIgnoreCase)) return (sort, text[0] == '-');
        }
        problems.Add(L["sort is '{0}'; it is time, file, action, quality or size, with a - before it for descending.", text]);
        return (ResultsSort.Time, true);
    }

    private static ResultsPlace ReadPlace(Func<string, string?> value, ResultsSort sort, List<string> problems)
    {
        if (sort != ResultsSort.Time)
        {
            if (value("page") is not { Length: > 0 } text) return ResultsPlace.First;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int page) && page >= 1)
                return page == 1 ? ResultsPlace.First : new ResultsPlace.Page(page);
            problems.Add(L["page is '{0}'; it is a whole number from 1.", text]);
        }
        else if (value("after") is { Length: > 0 } token || (token = value("before")) is { Length: > 0 })
        {
            if (ResultsCursor.TryParse(token, out ResultsCursor? cursor))
                return value("after") is { Length: > 0 } ? new ResultsPlace.After(cursor) : new ResultsPlace.Before(cursor);
            problems.Add(L["The address names a page that can't be read; this is the first one."]);
        }
        return ResultsPlace.First;
    }
}

using Archiver.Lambdas.Contracts;

namespace Archiver.Web.Results;

/// <summary>Which results a person wants to see.</summary>
/// <param name="Period">The days.</param>
/// <param name="Actions">The actions, in the order of <see cref="Archiver.Lambdas.Contracts.ResultAction.All"/>; none for any.</param>
/// <param name="Asked">Whether a person was asked; nothing for either.</param>
/// <param name="LeastQuality">The least quality, 0 to 100; nothing for any.</param>
/// <param name="MostQuality">The greatest quality, 0 to 100; nothing for any.</param>
/// <param name="Reason">Only denials for this very reason, the reviewer's comment; empty for those without one, nothing for any result.</param>
/// <param name="DecidedIn">How long a person took to decide; nothing for any result.</param>
public sealed record ResultsFilter(
    ResultsPeriod Period, IReadOnlyList<string> Actions, bool? Asked = null, int? LeastQuality = null, int? MostQuality = null,
    string? Reason = null, DecisionBand? DecidedIn = null)
{
    /// <summary>The longest reason that results are filtered by, in characters.</summary>
    public const int LongestReason = 200;

    /// <summary>The newest results, whatever they are.</summary>
    public static readonly ResultsFilter Default = new(ResultsPeriod.Default, []);

    /// <summary>Whether it leaves anything out but by the days.</summary>
    public bool Narrows => Actions.Count > 0 || Asked is not null || LeastQuality is not null || MostQuality is not null || Reason is not null || DecidedIn is not null;

    /// <summary>The filter as points in time.</summary>
    /// <param name="today">The viewer's day.</param>
    /// <param name="zone">The viewer's zone.</param>
    public ResultsSelection Select(DateOnly today, TimeZoneInfo zone)
    {
        (DateTimeOffset from, DateTimeOffset until) = Period.Range(today, zone);
        return new ResultsSelection(from, until, this);
    }
}

/// <summary>Which results are asked of the table.</summary>
/// <param name="From">The earliest time.</param>
/// <param name="Until">The time before which they all are.</param>
/// <param name="Filter">What else holds for them.</param>
public sealed record ResultsSelection(DateTimeOffset From, DateTimeOffset Until, ResultsFilter Filter)
{
    /// <summary>Whether a record is one of them: what the table's own filter says, said here for a record that came by itself.</summary>
    public bool Matches(ResultRow row) =>
        IsWithin(row)
        && (Filter.Actions.Count == 0 || Filter.Actions.Contains(row.Action, StringComparer.Ordinal))
        && (Filter.Asked is not { } asked || (row.Approval?.Value == true) == asked)
        && (Filter.LeastQuality is not { } least || row.Quality?.Value >= least)
        && (Filter.MostQuality is not { } most || row.Quality?.Value <= most)
        && (Filter.Reason is not { } reason || (row.Action == ResultAction.Denied && (row.Comment ?? "") == reason))
        && (Filter.DecidedIn is not { } band || band.Contains(row.DecisionSeconds?.Value));

    // A time that can't be read is within: the record's day brought it here.
    private bool IsWithin(ResultRow row) => row.Time is not { } time || (time >= From && time < Until);
}

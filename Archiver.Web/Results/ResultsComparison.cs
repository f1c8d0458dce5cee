using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results;

/// <summary>The second period, beside which the charts show the first.</summary>
public abstract record ResultsComparison
{
    /// <summary>Its parameter in an address.</summary>
    public const string Parameter = "compare";

    private const string BeforeText = "before";
    private const string Between = "..";

    private ResultsComparison() { }

    /// <summary>The period.</summary>
    /// <param name="first">The first period.</param>
    /// <param name="today">The viewer's day.</param>
    public abstract ResultsPeriod Period(ResultsPeriod first, DateOnly today);

    /// <summary>The word that <see cref="Read"/> reads.</summary>
    public abstract string ToText();

    /// <summary>Reads the word of an address; nothing where it names no comparison.</summary>
    /// <param name="text">The word.</param>
    /// <param name="problems">Told, in a sentence, what of it is not understood.</param>
    public static ResultsComparison? Read(string? text, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (text is not { Length: > 0 }) return null;
        if (text == BeforeText) return new PeriodBefore();
        if (text.Split(Between) is [var from, var to] && ResultsUrl.ReadDay(from) is { } first && ResultsUrl.ReadDay(to) is { } last
            && first <= last && last.DayNumber - first.DayNumber < ResultsPeriod.LongestDays)
        {
            return new OwnDays(first, last);
        }
        problems.Add(L["compare is '{0}'; it is before, or two days such as 2026-03-01..2026-03-26.", text]);
        return null;
    }

    /// <summary>The period of the same length before the first.</summary>
    public sealed record PeriodBefore : ResultsComparison
    {
        /// <inheritdoc/>
        public override ResultsPeriod Period(ResultsPeriod first, DateOnly today)
        {
            ArgumentNullException.ThrowIfNull(first);
            return first.Before(today);
        }

        /// <inheritdoc/>
        public override string ToText() => BeforeText;
    }

    /// <summary>Days of one's own choice.</summary>
    /// <param name="From">The first day.</param>
    /// <param name="To">The last day, not before the first.</param>
    public sealed record OwnDays(DateOnly From, DateOnly To) : ResultsComparison
    {
        /// <inheritdoc/>
        public override ResultsPeriod Period(ResultsPeriod first, DateOnly today) =>
            From == To ? new ResultsPeriod.OneDay(From) : new ResultsPeriod.Span(From, To);

        /// <inheritdoc/>
        public override string ToText() => $"{ResultsUrl.Text(From)}{Between}{ResultsUrl.Text(To)}";
    }
}

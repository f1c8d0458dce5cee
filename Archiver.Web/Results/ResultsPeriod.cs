namespace Archiver.Web.Results;

/// <summary>Which days are shown, as a person says it. Days are the viewer's, from their midnight to their midnight.</summary>
public abstract record ResultsPeriod
{
    /// <summary>The longest period, in days: every day costs a query, even one that has nothing.</summary>
    public const int LongestDays = 366;

    /// <summary>What is shown when nothing is said.</summary>
    public static readonly ResultsPeriod Default = new LastDays(30);

    private ResultsPeriod() { }

    /// <summary>The first and the last day.</summary>
    /// <param name="today">The viewer's day.</param>
    public abstract (DateOnly First, DateOnly Last) Days(DateOnly today);

    /// <summary>Today and the days before it.</summary>
    /// <param name="Count">How many in all, 1 to <see cref="LongestDays"/>.</param>
    public sealed record LastDays(int Count) : ResultsPeriod
    {
        /// <inheritdoc/>
        public override (DateOnly First, DateOnly Last) Days(DateOnly today) => (today.AddDays(1 - Count), today);
    }

    /// <summary>One day.</summary>
    /// <param name="Date">The day.</param>
    public sealed record OneDay(DateOnly Date) : ResultsPeriod
    {
        /// <inheritdoc/>
        public override (DateOnly First, DateOnly Last) Days(DateOnly today) => (Date, Date);
    }

    /// <summary>From one day to another.</summary>
    /// <param name="From">The first day.</param>
    /// <param name="To">The last day, not before the first.</param>
    public sealed record Span(DateOnly From, DateOnly To) : ResultsPeriod
    {
        /// <inheritdoc/>
        public override (DateOnly First, DateOnly Last) Days(DateOnly today) => (From, To);
    }
}

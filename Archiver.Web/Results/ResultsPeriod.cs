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

    /// <summary>From when to before when it goes.</summary>
    /// <param name="today">The viewer's day.</param>
    /// <param name="zone">The viewer's zone.</param>
    public virtual (DateTimeOffset From, DateTimeOffset Until) Range(DateOnly today, TimeZoneInfo zone)
    {
        (DateOnly first, DateOnly last) = Days(today);
        return (LocalDay.Start(first, zone), LocalDay.Start(last.AddDays(1), zone));
    }

    /// <summary>The period of the same length that ends where this one begins; of some hours of a day, those of the day before.</summary>
    /// <param name="today">The viewer's day.</param>
    public virtual ResultsPeriod Before(DateOnly today)
    {
        (DateOnly first, DateOnly last) = Days(today);
        int length = last.DayNumber - first.DayNumber + 1;
        return length == 1 ? new OneDay(first.AddDays(-1)) : new Span(first.AddDays(-length), first.AddDays(-1));
    }

    /// <summary>Today and the days before it.</summary>
    /// <param name="Count">How many in all, 1 to <see cref="LongestDays"/>.</param>
    public sealed record LastDays(int Count) : ResultsPeriod
    {
        /// <inheritdoc/>
        public override (DateOnly First, DateOnly Last) Days(DateOnly today) => (today.AddDays(1 - Count), today);
    }

    /// <summary>One day, or some hours of it.</summary>
    /// <param name="Date">The day.</param>
    /// <param name="FromHour">The hour that it begins with, 0 to 23.</param>
    /// <param name="ToHour">The hour that it ends before, up to 24.</param>
    public sealed record OneDay(DateOnly Date, int FromHour = 0, int ToHour = OneDay.Hours) : ResultsPeriod
    {
        /// <summary>How many hours a clock has.</summary>
        public const int Hours = 24;

        /// <summary>Whether it is less than the day.</summary>
        public bool IsPart => FromHour > 0 || ToHour < Hours;

        /// <inheritdoc/>
        public override (DateTimeOffset From, DateTimeOffset Until) Range(DateOnly today, TimeZoneInfo zone) =>
            (LocalDay.Start(Date, FromHour, zone), LocalDay.Start(Date, ToHour, zone));

        /// <inheritdoc/>
        public override ResultsPeriod Before(DateOnly today) => this with { Date = Date.AddDays(-1) };

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

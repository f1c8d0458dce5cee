using Archiver.Lambdas.Contracts;
using Archiver.Web.Results;
using Archiver.Web.Tests.Results.Fakes;
using FsCheck;
using FsCheck.Fluent;

namespace Archiver.Web.Tests.Results.Summary;

/// <summary>Results of every kind around some days, and filters for them.</summary>
internal static class SomeRows
{
    private static readonly string?[] Comments = [null, "Blurred", "Not the final version", "=1+1", new('x', ResultsFilter.LongestReason + 1)];

    private static readonly Gen<ResultRow> One =
        from minute in Gen.Choose(0, 6 * 24 * 60)
        from action in Gen.Elements<string?>([.. ResultAction.All, "Moved by hand", null])
        from asked in Gen.Elements<bool?>(true, false, null)
        from approved in Gen.Elements<bool?>(true, false, null)
        from quality in Gen.OneOf(Gen.Choose(-2, 102).Select(number => (decimal?)number), Gen.Choose(0, 200).Select(number => (decimal?)number / 2), Gen.Constant((decimal?)null))
        from comment in Gen.Elements(Comments)
        from seconds in Gen.OneOf(Gen.Constant((decimal?)null), Gen.Choose(-1, 2_000).Select(number => (decimal?)number), Gen.Choose(0, 2_000_000).Select(number => (decimal?)number))
        select Records.Row("a", Records.Now.Date.AddDays(-5).AddMinutes(minute)) with
        {
            Action = action,
            Approval = Value(asked),
            Approved = Value(approved),
            Quality = Value(quality),
            Comment = comment,
            DecisionSeconds = Value(seconds),
        };

    private static readonly Gen<ResultsFilter> Filter =
        from ago in Gen.Choose(0, 6)
        from length in Gen.Choose(0, 5)
        from hour in Gen.Choose(0, 23)
        from end in Gen.Choose(hour + 1, 24)
        from actions in Gen.SubListOf<string>(ResultAction.All)
        from any in Gen.Elements(true, false)
        from asked in Gen.Elements<bool?>(null, null, true, false)
        from one in Gen.Elements<int?>(null, 0, 20, 50)
        from two in Gen.Elements<int?>(null, 50, 80, 100)
        from reason in Gen.Elements<string?>(null, null, null, "", "Blurred")
        from band in Gen.Elements<DecisionBand?>([null, null, null, null, .. DecisionBand.All])
        let first = Today.AddDays(-ago)
        select new ResultsFilter(
            length == 0 ? new ResultsPeriod.OneDay(first, hour, end) : length == 1 ? new ResultsPeriod.OneDay(first) : length == 2 ? new ResultsPeriod.LastDays(ago + 1) : new ResultsPeriod.Span(first, first.AddDays(length)),
            any ? [] : [.. ResultAction.All.Where(actions.Contains)], asked, one, two, reason, band);

    /// <summary>The viewer's day.</summary>
    public static DateOnly Today => DateOnly.FromDateTime(Records.Now.UtcDateTime);

    public static Arbitrary<ResultRow[]> Rows() => One.ArrayOf().ToArbitrary();

    public static Arbitrary<ResultsFilter> Filters() => Filter.ToArbitrary();

    // Whole and half hours east and west, and one that changes its clocks within these days.
    public static Arbitrary<TimeZoneInfo> Zones() =>
        Gen.Elements("UTC", "Europe/Vienna", "Asia/Kolkata", "America/New_York", "Asia/Kathmandu").Select(TimeZoneInfo.FindSystemTimeZoneById).ToArbitrary();

    private static ResultValue<T>? Value<T>(T? value)
        where T : struct => value is { } one ? new ResultValue<T>(one, $"{one}") : null;
}

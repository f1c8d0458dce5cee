using Archiver.Lambdas.Contracts;
using Archiver.Web.Results;
using Archiver.Web.Results.Summary;
using Archiver.Web.Tests.Results.Fakes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Results.Summary;

public sealed class CubeTests
{
    [Property(Arbitrary = [typeof(SomeRows)], MaxTest = 300)]
    public void Ask_AnyFilter_IsWhatCountingTheRowsComesTo(ResultRow[] rows, ResultsFilter filter, TimeZoneInfo zone)
    {
        ResultsSelection selection = filter.Select(SomeRows.Today, zone);
        SummaryQuestion question = new(filter, SomeRows.Today, zone);

        SummaryFacts facts = Total(question, Cubes(rows));

        ResultRow[] counted = [.. rows.Where(selection.Matches)];
        Assert.Equal(counted.Length, facts.Total);
        Assert.Equal(counted.Count(row => row.Approval?.Value == true), facts.Asked);
        Assert.Equal(counted.Count(row => row.Approval?.Value == true && row.Approved?.Value is not null), facts.Answered);
        for (int place = 0; place < question.Buckets.Count; place++)
        {
            TimeBucket bucket = question.Buckets[place];
            for (int action = 0; action < CubeCell.Actions; action++)
                Assert.Equal(counted.Count(row => row.Time >= bucket.From && row.Time < bucket.Until && CubeCell.ActionOf(row.Action) == action), facts.OverTime[place][action]);
        }
        for (int least = 0; least <= 95; least += 5)
            Assert.Equal(counted.Count(row => row.Quality?.Value >= least && row.Quality?.Value <= least + 4), facts.OfQuality(least, least + 4));
        Assert.All(DecisionBand.All, band => Assert.Equal(counted.Count(row => band.Contains(row.DecisionSeconds?.Value)), facts.OfBand(band)));
        ResultRow[] denied = [.. counted.Where(row => row.Action == ResultAction.Denied)];
        Assert.Equal(denied.Count(row => row.Comment == "Blurred"), facts.Reasons.GetValueOrDefault("Blurred"));
        Assert.Equal(denied.Count(row => row.Comment is null), facts.Reasons.GetValueOrDefault(""));
        Assert.Equal(denied.Length, facts.Reasons.Values.Sum() + facts.OtherReasons);
    }

    [Property(Arbitrary = [typeof(SomeRows)])]
    public void Add_InAnyGrouping_IsTheSame(ResultRow[] one, ResultRow[] two, ResultRow[] three, TimeZoneInfo zone)
    {
        SummaryQuestion question = new(ResultsFilter.Default, SomeRows.Today, zone);
        SummaryFacts Of(params ResultRow[][] parts) => Total(question, parts.SelectMany(Cubes));
        SummaryFacts left = Of(one, two), right = Of(two, three), whole = Of([.. one, .. two, .. three]);
        left.Add(Of(three));
        SummaryFacts first = Of(one);
        first.Add(right);

        Assert.Equal(Words(whole), Words(left));
        Assert.Equal(Words(whole), Words(first));
    }

    [Property]
    public bool Unpack_OfPack_IsTheCell(ushort seed) =>
        new CubeCell(seed % 96, seed % 7, (HumanPart)(seed % 4), seed % 204, seed % 253, seed % 1024) is var cell && CubeCell.Unpack(cell.Pack()) == cell;

    [Property]
    public void Percentile_OfAnyTimes_IsWithinTheError(NonEmptyArray<NonNegativeInt> times)
    {
        long[] seconds = [.. times.Get.Select(time => (long)time.Get * time.Get).Order()];
        long[] counts = new long[DecisionScale.Steps + 1];
        foreach (long time in seconds) counts[DecisionScale.StepOf(time)]++;

        foreach (int percent in (int[])[1, 50, 95, 100])
        {
            long exact = seconds[(int)Math.Ceiling(percent / 100.0 * seconds.Length) - 1];
            double told = DecisionScale.Percentile(counts, percent)!.Value;
            Assert.InRange(told, exact * (1 - DecisionScale.Error) - 1e-9, exact * (1 + DecisionScale.Error) + 1e-9);
        }
    }

    [Fact]
    public void Steps_AllOfThem_AreInOneBandEachAndFitTheirBits()
    {
        Assert.InRange(DecisionScale.Steps, 100, 1023);
        for (int second = 0; second < 700_000; second += 7)
            Assert.True(DecisionScale.BandOf(DecisionScale.StepOf(second))!.Contains(second), $"{second}");
        Assert.Null(DecisionScale.BandOf(DecisionScale.StepOf(null)));
        Assert.Equal(0, DecisionScale.StepOf(-1));
        Assert.Equal(DecisionScale.Steps, DecisionScale.StepOf(decimal.MaxValue));
        Assert.Null(DecisionScale.Percentile(new long[DecisionScale.Steps + 1], 50));
    }

    [Fact]
    public void Build_MoreReasonsThanAreToldApart_AreCountedTogether()
    {
        ResultRow[] rows = [.. Enumerable.Range(0, 400).Select(index => Records.Row("a", Records.Now, ResultAction.Denied) with { Comment = $"Reason {index}" })];

        SummaryFacts facts = Total(new SummaryQuestion(ResultsFilter.Default, SomeRows.Today, TimeZoneInfo.Utc), Cubes(rows));

        Assert.Equal((250, 150L), (facts.Reasons.Count, facts.OtherReasons));
    }

    [Fact]
    public void Build_ThresholdsAndTimesOfScripts_AreTakenAsFarAsTheyGo()
    {
        ResultRow[] rows =
        [
            Records.Row("a", Records.Now) with { QualityThreshold = new(50, "50") },
            Records.Row("b", Records.Now) with { QualityThreshold = new(5000, "5000") },
            Records.Row("c", Records.Now) with { Time = null, Timestamp = "this morning" },
        ];

        SummaryFacts facts = Total(new SummaryQuestion(ResultsFilter.Default, SomeRows.Today, TimeZoneInfo.Utc), [DayCube.Of(SomeRows.Today, rows)]);

        Assert.Equal(3, facts.Total);
        Assert.Equal([KeyValuePair.Create(50, 1L)], facts.Thresholds);
    }

    [Theory]
    [InlineData("2026-03-29", 24)] // has 23 hours in Vienna
    [InlineData("2026-10-25", 24)] // has 25
    public void Buckets_OfADayThatChangesItsClocks_LeaveNothingOut(string day, int count)
    {
        TimeZoneInfo vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
        ResultsPeriod period = new ResultsPeriod.OneDay(DateOnly.Parse(day, null));

        IReadOnlyList<TimeBucket> buckets = TimeBuckets.Of(period, SomeRows.Today, vienna);

        Assert.Equal(count, buckets.Count);
        Assert.Equal(period.Range(SomeRows.Today, vienna), (buckets[0].From, buckets[^1].Until));
        Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
    }

    [Theory]
    [InlineData(1, 24)]
    [InlineData(2, 2)]
    [InlineData(62, 62)]
    [InlineData(63, 9)]
    [InlineData(366, 53)]
    public void Buckets_OfDays_AreHoursDaysOrWeeks(int days, int count)
    {
        IReadOnlyList<TimeBucket> buckets = TimeBuckets.Of(new ResultsPeriod.LastDays(days), SomeRows.Today, TimeZoneInfo.Utc);

        Assert.Equal(count, buckets.Count);
        Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
    }

    private static IEnumerable<DayCube> Cubes(IEnumerable<ResultRow> rows) =>
        rows.GroupBy(row => DateOnly.FromDateTime(row.Time!.Value.UtcDateTime)).Select(day => DayCube.Of(day.Key, day));

    private static SummaryFacts Total(SummaryQuestion question, IEnumerable<DayCube> cubes)
    {
        SummaryFacts facts = question.Nothing();
        foreach (DayCube cube in cubes) facts.Add(question.Ask(cube));
        return facts;
    }

    private static string Words(SummaryFacts facts) => string.Join('|',
    [
        $"{facts.Total} {facts.OtherReasons}", string.Join(';', facts.OverTime.Select(bucket => string.Join(',', bucket))), string.Join(',', facts.ByHuman),
        string.Join(',', facts.ByQuality), string.Join(',', facts.ByDecision), string.Join(',', facts.Reasons.OrderBy(one => one.Key, StringComparer.Ordinal)),
    ]);
}

using Amazon.StepFunctions;
using Archiver.Web.Runs;
using Archiver.Web.Runs.Overview;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Runs.Overview;

public sealed class RunStatisticsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_SomeRuns_CountsThemByStatusAndOverTime()
    {
        RunSummary[] runs =
        [
            Run(ExecutionStatus.RUNNING, 1, null), Run(ExecutionStatus.SUCCEEDED, 1, 2), Run(ExecutionStatus.FAILED, 59, 1), Run(ExecutionStatus.SUCCEEDED, 61, 1),
        ];

        RunStatistics statistics = RunStatistics.Of(runs, TimeSpan.FromHours(1), Now);

        Assert.Equal(3, statistics.Total); // one started before the hour
        Assert.Equal([1, 1, 1, 0, 0], statistics.ByStatus);
        Assert.Equal(RunStatistics.Buckets, statistics.OverTime.Count);
        Assert.Equal((1, 2), (statistics.OverTime[0].Total, statistics.OverTime[^1].Total));
        Assert.Equal(2 / (59 / 60.0), statistics.EndedPerHour, 6);
    }

    [Fact]
    public void Of_RunsThatSucceeded_TellsThePercentilesOfTheirDurations()
    {
        RunStatistics statistics = RunStatistics.Of(
            [.. Enumerable.Range(1, 100).Select(seconds => Run(ExecutionStatus.SUCCEEDED, 30, seconds)), Run(ExecutionStatus.FAILED, 30, 5000)], TimeSpan.FromHours(1), Now);

        Assert.Equal([50, 90, 95, 99], statistics.Durations.Select(duration => (int)duration.TotalSeconds));
        Assert.Equal(100, statistics.Succeeded);
    }

    [Fact]
    public void Of_NoRuns_TellsNothing()
    {
        RunStatistics statistics = RunStatistics.Of([], TimeSpan.FromHours(1), Now);

        Assert.Empty(statistics.Durations);
        Assert.Equal((0, 0), (statistics.Total, statistics.EndedPerHour));
    }

    [Property]
    public bool Percentile_OfAnyValues_IsOneOfThemAndAsManyDoNotExceedIt(FsCheck.NonEmptyArray<int> values, byte percent)
    {
        int at = (percent % 100) + 1;
        TimeSpan[] sorted = [.. values.Get.Select(value => TimeSpan.FromTicks(value)).Order()];
        TimeSpan found = RunStatistics.Percentile(sorted, at);
        return sorted.Contains(found) && sorted.Count(value => value <= found) >= at / 100.0 * sorted.Length && sorted.Count(value => value < found) < at / 100.0 * sorted.Length;
    }

    [Fact]
    public void Of_Failures_ArePutTogetherByErrorTheMostFrequentFirst()
    {
        RunFailure[] failures = [Failure("B", 3), Failure("A", 2), Failure("B", 1), Failure("C", 4)];

        IReadOnlyList<FailureGroup> groups = FailureGroup.Of(failures);

        Assert.Equal([("B", 2), ("A", 1), ("C", 1)], groups.Select(group => (group.Error, group.Count)));
        Assert.Same(failures[2], groups[0].Latest);
    }

    [Theory]
    [InlineData("1h", 1)]
    [InlineData("7d", 168)]
    [InlineData(null, 24)]
    [InlineData("moo", 24)]
    public void FromQuery_OfAWindow_IsIt(string? query, int hours) => Assert.Equal(TimeSpan.FromHours(hours), OverviewWindow.FromQuery(query).Span);

    [Fact]
    public void Href_OfAFilterAndAWindow_KeepsBoth()
    {
        Assert.Equal("/runs", RunsOverview.Href(null, OverviewWindow.Usual));
        Assert.Equal("/runs?status=timed-out&window=7d", RunsOverview.Href(ExecutionStatus.TIMED_OUT, OverviewWindow.All[2]));
    }

    [Fact]
    public void Take_WhenAllIsKnownAndOver_StopsAtTheFirstPage()
    {
        TallyBook book = new();
        RunsPage page = new([Run(ExecutionStatus.SUCCEEDED, 1, 1), Run(ExecutionStatus.SUCCEEDED, 2, 1)], "more");

        Assert.True(book.Take(page, 2, whole: false, Now)); // all of it is news
        Assert.False(book.Take(page, 2, whole: false, Now));
        Assert.True(book.Take(page, 2, whole: true, Now));
    }

    [Fact]
    public void Take_WhileAnOlderRunGoesOn_GoesAsFarAsThat()
    {
        TallyBook book = new();
        RunSummary waiting = Run(ExecutionStatus.RUNNING, 60, null);
        RunsPage first = new([Run(ExecutionStatus.SUCCEEDED, 1, 1)], "more"), second = new([waiting], "more");
        book.Take(first, 1, false, Now);
        book.Take(second, 2, false, Now);

        Assert.True(book.Take(first, 1, false, Now));
        Assert.False(book.Take(second with { Runs = [waiting with { Status = ExecutionStatus.SUCCEEDED, StoppedAt = Now }] }, 2, false, Now));
        Assert.Equal(2, book.Tally().Runs.Count(run => run.Status == ExecutionStatus.SUCCEEDED));
    }

    [Fact]
    public void Take_MoreThanIsKept_SaysThatItIsCut()
    {
        TallyBook book = new();

        Assert.False(book.Take(new RunsPage([Run(ExecutionStatus.SUCCEEDED, 1, 1)], "more"), TallyBook.Most, false, Now));
        Assert.True(book.Tally().IsCut);
    }

    [Fact]
    public void Unexplained_OfAFailureThatWasRedriven_AsksAgain()
    {
        TallyBook book = new();
        RunSummary failed = Run(ExecutionStatus.FAILED, 10, 1);
        book.Take(new RunsPage([failed], null), 1, false, Now);
        book.Explain(new RunFailure(failed, "Broken", null));
        Assert.Empty(book.Unexplained(10));

        book.Take(new RunsPage([failed with { StoppedAt = Now }], null), 1, false, Now);

        Assert.Single(book.Unexplained(10));
    }

    [Fact]
    public void Trim_PastTheHorizon_Forgets()
    {
        TallyBook book = new();
        book.Take(new RunsPage([Run(ExecutionStatus.SUCCEEDED, 1, 1)], null), 1, false, Now);

        book.Trim(Now + TallyBook.Horizon);

        Assert.Empty(book.Tally().Runs);
    }

    private static RunSummary Run(ExecutionStatus status, int minutesAgo, int? seconds) => new(
        $"{status}-{minutesAgo}-{seconds}", $"arn:{status}-{minutesAgo}-{seconds}", status, Now.AddMinutes(-minutesAgo), seconds is { } took ? Now.AddMinutes(-minutesAgo).AddSeconds(took) : null);

    private static RunFailure Failure(string error, int minutesAgo) => new(Run(ExecutionStatus.FAILED, minutesAgo, 1), error, null);
}

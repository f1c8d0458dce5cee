using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Tests.Results.Fakes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Results;

public sealed class ResultsStoreTests : IDisposable
{
    private readonly FakeResultsTable _table = new();
    private readonly ResultsStore _store;

    public ResultsStoreTests() => _store = new ResultsStore(_table, Records.Cloud);

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_ResultsOfManyDays_ComeInOrder(bool newestFirst)
    {
        string[] ids = [.. Enumerable.Range(0, 62).Select(index => $"r{index:D2}")];
        for (int i = 0; i < ids.Length; i++) _table.Add(Records.Item(ids[i], Records.Now.AddHours(-12 * i)));

        List<string> read = await ReadAsync(Records.Month(), newestFirst);

        Assert.Equal(newestFirst ? ids[..60] : ids[..60].Reverse(), read);
    }

    [Fact]
    public async Task ReadAsync_MonthOfNothing_AsksForManyDaysAtOnceAndNoDayTwice()
    {
        TaskCompletionSource gate = new();
        _table.Add(Records.Item("old", Records.Now.AddDays(-29)));

        Assert.Equal(["old"], await ReadAsync(Records.Month(), true));

        Assert.Equal(30, _table.Queries.Count);
        Assert.Equal(30, _table.Queries.Select(Day).Distinct().Count());

        // The first day is asked for alone, and the others not one after another.
        _table.Queries.Clear();
        _table.Gate = gate.Task;
        Task<List<string>> reading = ReadAsync(Records.Month(), true);
        Assert.Single(_table.Queries);
        gate.SetResult();
        await reading;
        Assert.Equal(30, _table.Queries.Count);
    }

    [Fact]
    public async Task ReadAsync_EnoughOnTheFirstDay_AsksForThatDayAndForNoMoreThanIsWanted()
    {
        for (int i = 0; i < 200; i++) _table.Add(Records.Item($"r{i:D3}", Records.Now.AddSeconds(-i)));

        List<string> read = await ReadAsync(Records.Month(), true, take: 51);

        Assert.Equal(51, read.Count);
        QueryRequest query = Assert.Single(_table.Queries);
        Assert.Equal(51, query.Limit);
    }

    [Fact]
    public async Task ReadAsync_QueryPagesThatComeBackShort_GoesOnUntilTheRangeEnds()
    {
        _table.PageSize = 7;
        for (int i = 0; i < 100; i++) _table.Add(Records.Item($"r{i:D3}", Records.Now.AddMinutes(-i), i % 20 == 0 ? ResultAction.Denied : ResultAction.Archived));

        List<string> read = await ReadAsync(Records.Month(ResultsFilter.Default with { Actions = [ResultAction.Denied] }), true, take: 51);

        Assert.Equal(["r000", "r020", "r040", "r060", "r080"], read);
    }

    [Fact]
    public async Task ReadAsync_AfterARecordThatIsGone_GoesOnFromItsPlace()
    {
        for (int i = 0; i < 10; i++) _table.Add(Records.Item($"r{i}", Records.Now.AddHours(-6 * i)));
        ResultsCursor gone = ResultsCursor.Of(Records.Row("gone", Records.Now.AddHours(-27)))!;

        Assert.Equal(["r5", "r6", "r7", "r8", "r9"], await ReadAsync(Records.Month(), true, gone));
        Assert.Equal(["r4", "r3", "r2", "r1", "r0"], await ReadAsync(Records.Month(), false, gone));
    }

    [Fact]
    public async Task ReadAsync_DayOfAnotherZone_HasWhatIsWithinIt()
    {
        TimeZoneInfo vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
        DateTimeOffset midnight = new(2026, 3, 24, 23, 0, 0, TimeSpan.Zero);
        _table.Add(Records.Item("day before", midnight.AddMilliseconds(-1)));
        _table.Add(Records.Item("first", midnight));
        _table.Add(Records.Item("last", midnight.AddDays(1).AddMilliseconds(-1)));
        _table.Add(Records.Item("day after", midnight.AddDays(1)));
        ResultsFilter filter = ResultsFilter.Default with { Period = new ResultsPeriod.OneDay(new DateOnly(2026, 3, 25)) };

        Assert.Equal(["last", "first"], await ReadAsync(filter.Select(default, vienna), true));
    }

    [Fact]
    public async Task ReadAsync_OddRecords_AreReadWithWhatTheyHave()
    {
        _table.Add(new()
        {
            ["Id"] = Records.Text("odd"),
            ["Day"] = Records.Text("2026-03-26"),
            ["Timestamp"] = Records.Text("just now"),
            ["Quality"] = Records.Text("35"),
            ["Approval"] = Records.Number(1),
        });
        _table.Add(Records.Item("no day", Records.Now).With("Day", null));

        List<ResultRow> rows = [];
        await foreach (ResultRow row in _store.ReadAsync(Records.Month(), true, null, ResultsStore.All, TestContext.Current.CancellationToken)) rows.Add(row);

        ResultRow odd = Assert.Single(rows);
        Assert.Equal(("just now", null, "35"), (odd.Timestamp, odd.Time, odd.Quality?.Text));
    }

    [Property(MaxTest = 50, Arbitrary = [typeof(Filters)])]
    public async Task ReadAsync_AnyFilter_GivesWhatTheSelectionMatches(ResultsFilter filter)
    {
        using FakeResultsTable table = new();
        List<ResultRow> all = [];
        int number = 0;
        foreach (string? action in ResultAction.All.Append("Odd").Append(null))
        {
            foreach (int quality in (int[])[0, 35, 50, 100])
            {
                foreach (AttributeValue? asked in (AttributeValue?[])[null, new() { BOOL = true }, new() { BOOL = false }, Records.Text("true")])
                {
                    Dictionary<string, AttributeValue> item = Records.Item($"r{number++:D3}", Records.Now.AddMinutes(-number), quality: quality)
                        .With("Approval", asked)
                        .With("Action", action is null ? null : Records.Text(action));
                    table.Add(item);
                    all.Add(ResultRowReader.Read(item));
                }
            }
        }
        ResultsSelection selection = Records.Month(filter);

        List<ResultRow> read = [];
        await foreach (ResultRow row in new ResultsStore(table, Records.Cloud).ReadAsync(selection, true, null, ResultsStore.All, TestContext.Current.CancellationToken)) read.Add(row);

        Assert.Equal(all.Where(selection.Matches).Select(row => row.Id), read.Select(row => row.Id));
    }

    [Fact]
    public async Task ReadAsync_OneDayFails_FailsAndLeavesNothingRunning()
    {
        // The third call is one of two that are under way at once.
        _table.FailureAfter = (2, new ProvisionedThroughputExceededException("Too many reads."));

        await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => ReadAsync(Records.Month(), true));
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Stops()
    {
        using CancellationTokenSource stop = new();
        _table.Gate = new TaskCompletionSource().Task;
        await using IAsyncEnumerator<ResultRow> rows = _store.ReadAsync(Records.Month(), true, null, ResultsStore.All, stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        ValueTask<bool> reading = rows.MoveNextAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
    }

    private static string Day(QueryRequest request) => request.ExpressionAttributeValues[":day"].S;

    private async Task<List<string>> ReadAsync(
        ResultsSelection selection, bool newestFirst, ResultsCursor? after = null, int take = ResultsStore.All)
    {
        List<string> ids = [];
        await foreach (ResultRow row in _store.ReadAsync(selection, newestFirst, after, take, TestContext.Current.CancellationToken))
        {
            ids.Add(row.Id);
            if (ids.Count == take) break;
        }
        return ids;
    }

    private static class Filters
    {
        public static Arbitrary<ResultsFilter> Filter()
        {
            Gen<int?> quality = Gen.Elements<int?>(null, 0, 35, 36, 50, 100);
            return (from actions in Gen.SubListOf<string>(ResultAction.All)
                    from asked in Gen.Elements<bool?>(null, true, false)
                    from least in quality
                    from most in quality
                    select new ResultsFilter(ResultsPeriod.Default, [.. actions], asked, least, most)).ToArbitrary();
        }
    }
}

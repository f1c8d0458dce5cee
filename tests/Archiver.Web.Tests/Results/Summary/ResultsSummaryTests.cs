using System.Threading.Channels;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Identity.Access;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Results.Summary;
using Archiver.Web.Tests.Results.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Results.Summary;

public sealed class ResultsSummaryTests : IAsyncDisposable
{
    private static readonly DateOnly Today = SomeRows.Today;

    private readonly FakeResultsTable _table = new();
    private readonly FakeTimeProvider _time = new(Records.Now);
    private readonly ResultsLive _live;
    private readonly ResultsClearer _clearer;
    private readonly ResultsSummary _summary;
    private readonly Channel<bool> _told = Channel.CreateUnbounded<bool>();

    public ResultsSummaryTests()
    {
        _live = new ResultsLive(new ResultsReader(new ResultsStore(_table, Records.Cloud)), _time, NullLogger<ResultsLive>.Instance);
        _clearer = new ResultsClearer(_table, Records.Cloud, _time);
        _summary = new ResultsSummary(new SummaryReader(_table, Records.Cloud, _time), _live, _clearer, _time, NullLogger<ResultsSummary>.Instance);
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _summary.DisposeAsync();
        _table.Dispose();
    }

    [Fact]
    public async Task Want_Days_AreReadOnceForAllViews()
    {
        for (int i = 0; i < 30; i++) _table.Add(Records.Item($"r{i}", Records.Now.AddHours(-i)));
        await using ResultsSummary.Watch one = Follow(3);
        SummaryPicture picture = await ReadAsync(one);
        Assert.Equal((3, 3, false), (picture.Read, picture.Wanted, picture.IsCut));
        Assert.Equal(30, Count(picture));
        Assert.Single(DayQueries(Today.AddDays(-1)));

        await using ResultsSummary.Watch two = Follow(2);

        Assert.Equal(2, two.Picture().Read);
        Assert.Single(DayQueries(Today.AddDays(-1)));
        Assert.NotNull(DayQueries(Today)[0].ProjectionExpression);
    }

    [Fact]
    public async Task Hear_NewResults_AreCountedOnce()
    {
        _table.Add(Records.Item("a", Records.Now.AddMinutes(-1)));
        await using ResultsSummary.Watch watch = Follow(1);
        await ReadAsync(watch);

        _table.Add(Records.Item("b", Records.Now));
        _live.Refresh();
        await UntilAsync(watch, picture => Count(picture) == 2);
        _table.Add(Records.Item("c", Records.Now.AddMilliseconds(1)));
        _live.Refresh();
        await UntilAsync(watch, picture => Count(picture) == 3);

        // Without another reading of the day.
        Assert.Single(DayQueries(Today));
    }

    [Fact]
    public async Task Clear_Results_AreForgottenAtOnce()
    {
        _table.Add(Records.Item("a", Records.Now.AddDays(-1)));
        await using ResultsSummary.Watch watch = Follow(2);
        Assert.Equal(1, Count(await ReadAsync(watch)));

        await _clearer.ClearAsync(Permits.For(Operation.ClearResults), new Progress<int>(), Test);

        await UntilAsync(watch, picture => picture.Read == 2 && Count(picture) == 0);
    }

    [Fact]
    public async Task Read_DaysOfThePast_AreReadAgainOnlyAfterHours()
    {
        await using ResultsSummary.Watch watch = Follow(3);
        await ReadAsync(watch);
        DateOnly settled = Today.AddDays(-2);

        _time.Advance(TimeSpan.FromHours(1));
        await UntilAsync(watch, _ => DayQueries(Today).Length >= 2);
        Assert.Single(DayQueries(settled));
        _time.Advance(TimeSpan.FromHours(12));
        await UntilAsync(watch, _ => DayQueries(settled).Length == 2);
    }

    [Fact]
    public async Task Read_TableDoesNotAnswer_SaysSoAndGoesOnAfterwards()
    {
        _table.Failure = new AmazonDynamoDBException("The table is away.");
        await using ResultsSummary.Watch watch = Follow(1);
        await UntilAsync(watch, picture => picture.Problem?.Message == "The table is away.");

        _table.Failure = null;
        _table.Add(Records.Item("a", Records.Now));

        // The pause before the next try begins at a moment of its own.
        while (watch.Picture() is not { Problem: null, Read: 1 })
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            Test.ThrowIfCancellationRequested();
        }
        Assert.Equal(1, Count(watch.Picture()));
    }

    [Fact]
    public async Task Dispose_LastViewLeaves_ReadsNoMore()
    {
        ResultsSummary.Watch watch = Follow(2);
        await ReadAsync(watch);

        await watch.DisposeAsync();
        int queries = _table.QueriesSoFar().Length;
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(queries, _table.QueriesSoFar().Length);
    }

    [Fact]
    public void Hear_WhileADayIsRead_CountsWhatTheReadingDoesNotHave()
    {
        DayState state = new(Today);
        ResultRow old = Records.Row("old", Records.Now.AddHours(-1)), known = Records.Row("known", Records.Now), late = Records.Row("late", Records.Now.AddSeconds(1));

        Assert.False(state.Hear([late, known]));
        state.Take(new DayReading(DayCube.Of(Today, [old, known]), ["known", "old"], ""), Records.Now, TimeSpan.Zero);
        Assert.Equal(3, Count(state));
        Assert.False(state.Hear([late, known, old]));
        Assert.True(state.Hear([Records.Row("later", Records.Now.AddSeconds(2))]));
        Assert.Equal(4, Count(state));

        // The next reading has them all.
        state.Take(new DayReading(DayCube.Of(Today, [old, known, late]), ["late", "known", "old"], ""), Records.Now, TimeSpan.Zero);
        Assert.Equal(4, Count(state));
    }

    [Fact]
    public void DueAt_ADayThatTakesLongToRead_IsReadSeldom()
    {
        DayState state = new(Today);
        Assert.Equal(DateTimeOffset.MinValue, state.DueAt);

        state.Take(new DayReading(DayCube.Of(Today, []), [], ""), Records.Now, TimeSpan.FromMinutes(2));
        Assert.Equal(Records.Now.AddMinutes(20), state.DueAt);
        state.Take(new DayReading(DayCube.Of(Today, []), [], ""), Records.Now, TimeSpan.FromSeconds(1));
        Assert.Equal(Records.Now.AddMinutes(5), state.DueAt);
        state.Miss();
        Assert.Equal(Records.Now.AddSeconds(10), state.DueAt);
    }

    private ResultsSummary.Watch Follow(int days)
    {
        ResultsSummary.Watch watch = _summary.Follow(() => _told.Writer.TryWrite(true));
        watch.Want([.. Enumerable.Range(0, days).Select(ago => Today.AddDays(-ago))]);
        return watch;
    }

    private Task<SummaryPicture> ReadAsync(ResultsSummary.Watch watch) => UntilAsync(watch, picture => picture.Read == picture.Wanted);

    private async Task<SummaryPicture> UntilAsync(ResultsSummary.Watch watch, Func<SummaryPicture, bool> isSo)
    {
        while (true)
        {
            SummaryPicture picture = watch.Picture();
            if (isSo(picture)) return picture;
            await _told.Reader.ReadAsync(Test);
        }
    }

    private static long Count(SummaryPicture picture) => picture.Cubes.Sum(Count);

    private static long Count(DayState state) => state.Cubes.Sum(Count);

    private static long Count(DayCube cube)
    {
        long count = 0;
        foreach (int one in cube.Counts) count += one;
        return count;
    }

    private QueryRequest[] DayQueries(DateOnly day) =>
        [.. _table.QueriesSoFar().Where(query => query.ProjectionExpression is not null && query.ExpressionAttributeValues[":day"].S == ResultsUrl.Text(day))];
}

using System.Threading.Channels;
using Amazon.DynamoDBv2;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Tests.Results.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Web.Tests.Results;

public sealed class ResultsLiveTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeResultsTable _table = new();
    private readonly SteppedTime _time = new(Records.Now);
    private readonly ResultsLive _live;

    public ResultsLiveTests() =>
        _live = new ResultsLive(new ResultsReader(new ResultsStore(_table, Records.Cloud)), _time, NullLogger<ResultsLive>.Instance);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _table.Dispose();
        _time.Dispose();
    }

    [Fact]
    public async Task Follow_ResultIsRecorded_IsToldWithinASecond()
    {
        _table.Add(Records.Item("a", Records.Now.AddMinutes(-1)));
        Channel<ResultsNews> news = Channel.CreateUnbounded<ResultsNews>();
        await using IAsyncDisposable following = _live.Follow(one => news.Writer.TryWrite(one));
        Assert.Equal(["a"], Ids(await news.Reader.ReadAsync(Test)));

        _table.Add(Records.Item("b", Records.Now));
        await _time.StepAsync(Second);

        ResultsNews told = await news.Reader.ReadAsync(Test);
        Assert.Equal(["b", "a"], Ids(told));
        Assert.False(told.IsFresh);
    }

    [Fact]
    public async Task Follow_SeveralViews_ShareOneReader()
    {
        Channel<ResultsNews> first = Channel.CreateUnbounded<ResultsNews>(), second = Channel.CreateUnbounded<ResultsNews>();
        await using IAsyncDisposable one = _live.Follow(news => first.Writer.TryWrite(news));
        await first.Reader.ReadAsync(Test);
        int queries = _table.Queries.Count;

        await using IAsyncDisposable two = _live.Follow(news => second.Writer.TryWrite(news));
        Assert.Empty(Ids(await second.Reader.ReadAsync(Test)));
        _table.Add(Records.Item("a", Records.Now));
        await _time.StepAsync(Second);

        Assert.Equal(["a"], Ids(await first.Reader.ReadAsync(Test)));
        Assert.Equal(["a"], Ids(await second.Reader.ReadAsync(Test)));
        // One more reading of today and yesterday, for both.
        Assert.Equal(queries + 2, _table.Queries.Count);
    }

    [Fact]
    public async Task Follow_NothingChanged_TellsNothing()
    {
        Channel<ResultsNews> news = Channel.CreateUnbounded<ResultsNews>();
        await using IAsyncDisposable following = _live.Follow(one => news.Writer.TryWrite(one));
        await news.Reader.ReadAsync(Test);

        await _time.StepAsync(Second);
        await _time.StepAsync(Second);
        _table.Add(Records.Item("a", Records.Now));
        await _time.StepAsync(Second);

        Assert.Equal(["a"], Ids(await news.Reader.ReadAsync(Test)));
    }

    [Fact]
    public async Task Follow_TableDoesNotAnswer_SaysSoAndGoesOnAfterwards()
    {
        _table.Failure = new AmazonDynamoDBException("The table is away.");
        Channel<ResultsNews> news = Channel.CreateUnbounded<ResultsNews>();
        await using IAsyncDisposable following = _live.Follow(one => news.Writer.TryWrite(one));

        ResultsNews failed = await news.Reader.ReadAsync(Test);
        _table.Failure = null;
        await _time.StepAsync(2 * Second);
        ResultsNews recovered = await news.Reader.ReadAsync(Test);

        Assert.Null(failed.Newest);
        Assert.Contains("The table is away.", failed.Problem, StringComparison.Ordinal);
        Assert.Equal((true, null), (recovered.IsFresh, recovered.Problem));
    }

    [Fact]
    public async Task Refresh_TableWasCleared_TellsAtOnceAndAllIsFresh()
    {
        Channel<ResultsNews> news = Channel.CreateUnbounded<ResultsNews>();
        await using IAsyncDisposable following = _live.Follow(one => news.Writer.TryWrite(one));
        await news.Reader.ReadAsync(Test);

        _live.Refresh();

        Assert.True((await news.Reader.ReadAsync(Test)).IsFresh);
    }

    [Fact]
    public async Task Follow_LastViewLeaves_ReadsNoMore()
    {
        Channel<ResultsNews> news = Channel.CreateUnbounded<ResultsNews>();
        IAsyncDisposable following = _live.Follow(one => news.Writer.TryWrite(one));
        await news.Reader.ReadAsync(Test);

        await following.DisposeAsync();
        int queries = _table.Queries.Count;
        await _time.StepAsync(Second);

        Assert.Equal(queries, _table.Queries.Count);
    }

    [Fact]
    public async Task Follow_JustAfterMidnight_StillSeesYesterday()
    {
        _table.Add(Records.Item("a", new DateTimeOffset(2026, 3, 25, 23, 59, 59, TimeSpan.Zero)));
        Channel<ResultsNews> news = Channel.CreateUnbounded<ResultsNews>();
        await using IAsyncDisposable following = _live.Follow(one => news.Writer.TryWrite(one));

        Assert.Equal(["a"], Ids(await news.Reader.ReadAsync(Test)));
    }

    private static IEnumerable<string> Ids(ResultsNews news)
    {
        Assert.NotNull(news.Newest);
        return news.Newest.Select(row => row.Id);
    }
}

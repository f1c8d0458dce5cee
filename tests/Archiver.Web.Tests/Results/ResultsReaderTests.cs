using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Tests.Results.Fakes;

namespace Archiver.Web.Tests.Results;

public sealed class ResultsReaderTests : IDisposable
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Records.Now.UtcDateTime);

    private readonly FakeResultsTable _table = new();
    private readonly ResultsReader _reader;

    public ResultsReaderTests() => _reader = new ResultsReader(new ResultsStore(_table, Records.Cloud));

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_PageByPage_ShowsEveryResultOnceAndComesBackTheSameWay(bool descending)
    {
        Fill(173, TimeSpan.FromHours(3));
        ResultsView first = ResultsView.Default with { Descending = descending };

        List<ResultsPage> forward = await WalkAsync(first, page => page.Next);
        List<ResultsPage> backward = await WalkAsync(forward[^1].Previous!, page => page.Previous);

        string[] ids = [.. forward.SelectMany(page => page.Rows).Select(row => row.Id)];
        Assert.Equal([50, 50, 50, 23], forward.Select(page => page.Rows.Count));
        Assert.Equal((descending ? Enumerable.Range(0, 173) : Enumerable.Range(0, 173).Reverse()).Select(index => $"r{index:D5}"), ids);
        Assert.Equal(
            forward.SkipLast(1).Reverse().Select(page => page.Rows[0].Id),
            backward.Select(page => page.Rows[0].Id));
        Assert.Null(forward[0].Previous);
        Assert.Null(backward[^1].Previous);
    }

    [Fact]
    public async Task ReadAsync_ExactlyOnePage_HasNoOther()
    {
        Fill(50, TimeSpan.FromMinutes(1));

        ResultsPage page = await ReadAsync(ResultsView.Default);

        Assert.Equal((50, null, null), (page.Rows.Count, page.Previous, page.Next));
    }

    [Fact]
    public async Task ReadAsync_FewerThanAPageBefore_IsTheFirstPageInFull()
    {
        Fill(60, TimeSpan.FromMinutes(1));
        ResultsCursor third = ResultsCursor.Of(Records.Row("r00003", Records.Now.AddMinutes(-3)))!;

        ResultsPage page = await ReadAsync(ResultsView.Default with { Place = new ResultsPlace.Before(third) });

        Assert.Equal(50, page.Rows.Count);
        Assert.Equal("r00000", page.Rows[0].Id);
        Assert.Null(page.Previous);
    }

    [Fact]
    public async Task ReadAsync_AfterTheLast_IsEmptyAndLeadsBackToTheFirst()
    {
        Fill(3, TimeSpan.FromMinutes(1));
        ResultsCursor last = ResultsCursor.Of(Records.Row("r00002", Records.Now.AddMinutes(-2)))!;

        ResultsPage page = await ReadAsync(ResultsView.Default with { Place = new ResultsPlace.After(last) });

        Assert.Empty(page.Rows);
        Assert.Equal(ResultsView.Default, page.Previous);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task ReadAsync_InAnotherOrder_SortsAllOfThemAndPagesByNumber()
    {
        for (int i = 0; i < 120; i++) _table.Add(Records.Item($"r{i:D3}", Records.Now.AddMinutes(-i), quality: i * 7 % 101));
        ResultsView view = ResultsView.Default.SortedBy(ResultsSort.Quality);

        List<ResultsPage> pages = await WalkAsync(view, page => page.Next);

        Assert.Equal(
            [new SortedRange(1, 120, false), new SortedRange(51, 120, false), new SortedRange(101, 120, false)],
            pages.Select(page => page.Sorted));
        decimal[] qualities = [.. pages.SelectMany(page => page.Rows).Select(row => row.Quality!.Value.Value!.Value)];
        Assert.Equal(120, qualities.Length);
        Assert.Equal(qualities.OrderDescending(), qualities);
        Assert.Equal(view, pages[1].Previous);
    }

    [Fact]
    public async Task ReadAsync_PageBeyondTheLast_IsTheLast()
    {
        Fill(60, TimeSpan.FromMinutes(1));

        ResultsPage page = await ReadAsync(ResultsView.Default.SortedBy(ResultsSort.Size) with { Place = new ResultsPlace.Page(9) });

        Assert.Equal((10, new SortedRange(51, 60, false), null), (page.Rows.Count, page.Sorted, page.Next));
    }

    [Fact]
    public async Task ReadAsync_MoreThanCanBeSorted_SortsTheNewestAndSaysSo()
    {
        Fill(ResultsReader.MostSorted + 1, TimeSpan.FromSeconds(2));

        ResultsPage page = await ReadAsync(ResultsView.Default.SortedBy(ResultsSort.File).SortedBy(ResultsSort.File));

        Assert.Equal(new SortedRange(1, ResultsReader.MostSorted, true), page.Sorted);
        Assert.Equal("r09999", page.Rows[0].Id);
    }

    [Fact]
    public async Task ReadNewestAsync_MoreThanAPage_IsAPageAndSaysSo()
    {
        Fill(51, TimeSpan.FromMinutes(1));

        (IReadOnlyList<ResultRow> rows, bool hasMore) = await _reader.ReadNewestAsync(Records.Month(), TestContext.Current.CancellationToken);

        Assert.Equal((50, true), (rows.Count, hasMore));
    }

    private void Fill(int count, TimeSpan apart)
    {
        for (int i = 0; i < count; i++) _table.Add(Records.Item($"r{i:D5}", Records.Now - (i * apart)));
    }

    private Task<ResultsPage> ReadAsync(ResultsView view) => _reader.ReadAsync(view, Today, TimeZoneInfo.Utc, TestContext.Current.CancellationToken);

    private async Task<List<ResultsPage>> WalkAsync(ResultsView first, Func<ResultsPage, ResultsView?> next)
    {
        List<ResultsPage> pages = [];
        for (ResultsView? view = first; view is not null && pages.Count < 100; view = next(pages[^1])) pages.Add(await ReadAsync(view));
        return pages;
    }
}

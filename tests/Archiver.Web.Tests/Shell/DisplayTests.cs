using Archiver.Web.Shell;
using Archiver.Web.Shell.Display;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Shell;

public sealed class DisplayTests
{
    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(192, "3 min 12 s")]
    [InlineData(3_600, "1 h")]
    [InlineData(7_265, "2 h 1 min")]
    [InlineData(187_200, "2 d 4 h")]
    [InlineData(86_401, "1 d")]
    public void Brief_ASpan_HasItsTwoLargestUnits(int seconds, string text) => Assert.Equal(text, Durations.Brief(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(-1, "0 ms")]
    [InlineData(0.0123, "12 ms")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(75, "1 min 15 s")]
    public void Precise_ARunsTime_IsExactWhenItIsShort(double seconds, string text) => Assert.Equal(text, Durations.Precise(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(17, "17 B")]
    [InlineData(1_073_741_824, "1 GB")]
    public void Text_OfASize_IsInBytes(long bytes, string text) => Assert.Equal(text, FileSize.Text(bytes));

    [Fact]
    public void Viewer_OfAnotherZone_ReadsTimesThere()
    {
        ViewerTime viewer = new(new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 22, 30, 0, TimeSpan.Zero)));
        int changes = 0;
        viewer.ZoneChanged += () => changes++;

        viewer.SetZone("Europe/Vienna");
        viewer.SetZone("Europe/Vienna");
        viewer.SetZone("No/Where");

        Assert.Equal("2026-07-02 00:30:00", viewer.Exact(new DateTimeOffset(2026, 7, 1, 22, 30, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2026, 7, 2), viewer.Today());
        Assert.Equal(1, changes);
    }

    [Fact]
    public void Ticker_WhileSomebodyListens_TicksOnceASecond()
    {
        FakeTimeProvider time = new();
        using SecondTicker ticker = new(time);
        int first = 0, second = 0;
        IDisposable one = ticker.Subscribe(() => first++), two = ticker.Subscribe(() => second++);

        time.Advance(TimeSpan.FromSeconds(2));
        one.Dispose();
        time.Advance(TimeSpan.FromSeconds(1));
        two.Dispose();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((2, 3), (first, second));
    }
}

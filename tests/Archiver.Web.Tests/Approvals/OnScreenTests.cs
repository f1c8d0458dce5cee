using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Approvals;

public sealed class OnScreenTests
{
    private readonly OnScreen _screen = new();

    [Fact]
    public void Show_OnTwoPages_StaysUntilBothAreGone()
    {
        OnScreen.View first = _screen.Show(["a", "b", "a"]);
        OnScreen.View second = _screen.Show(["b", "c"]);
        Assert.Equal(["a", "b", "c"], Shown());

        first.Dispose();
        first.Dispose();
        Assert.Equal(["b", "c"], Shown());

        second.Show(["d"]);
        Assert.Equal(["d"], Shown());

        second.Dispose();
        Assert.Empty(Shown());
    }

    [Fact]
    public void Show_OnlyWhatNobodyHadBefore_IsNews()
    {
        int added = 0;
        _screen.Added += () => added++;
        OnScreen.View first = _screen.Show(["a"]);
        Assert.Equal(1, added);

        _screen.Show(["a"]).Dispose();
        first.Show(["a"]);
        first.Show([]);
        Assert.Equal(1, added);

        first.Show(["a", "b"]);
        Assert.Equal(2, added);
    }

    private IEnumerable<string> Shown() => _screen.Ids().Order(StringComparer.Ordinal);
}

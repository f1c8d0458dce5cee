using Archiver.Web.Results;
using Archiver.Web.Tests.Results.Fakes;

namespace Archiver.Web.Tests.Results;

public sealed class ResultsOrderTests
{
    private static readonly ResultRow[] Rows =
    [
        Records.Row("d", Records.Now, "Denied", 50, name: "b.pdf", size: 3),
        Records.Row("c", Records.Now.AddMinutes(-1), "Archived", 90, name: "A.pdf", size: 1),
        Records.Row("b", Records.Now.AddMinutes(-2), "Archived", 50, name: "c.pdf", size: 2),
        Records.Row("a", Records.Now.AddMinutes(-3)) with { Action = null, Quality = new ResultValue<decimal>(null, "good"), Size = null, FileName = "d.pdf" },
    ];

    [Theory]
    [InlineData(ResultsSort.File, false, "c d b a")]
    [InlineData(ResultsSort.File, true, "a b d c")]
    [InlineData(ResultsSort.Action, false, "c b d a")]
    [InlineData(ResultsSort.Action, true, "d c b a")]
    [InlineData(ResultsSort.Quality, false, "d b c a")]
    [InlineData(ResultsSort.Quality, true, "c d b a")]
    [InlineData(ResultsSort.Size, false, "c b d a")]
    [InlineData(ResultsSort.Size, true, "d b c a")]
    [InlineData(ResultsSort.Time, false, "a b c d")]
    public void Sort_EitherWay_KeepsEqualsAndPutsWhatHasNoValueLast(ResultsSort sort, bool descending, string ids) =>
        Assert.Equal(ids, string.Join(' ', ResultsOrder.Sort(Rows, sort, descending).Select(row => row.Id)));
}

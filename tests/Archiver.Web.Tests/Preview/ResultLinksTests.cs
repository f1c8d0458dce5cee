using Archiver.Web.Results;
using Archiver.Web.Tests.Results.Fakes;

namespace Archiver.Web.Tests.Preview;

public sealed class ResultLinksTests
{
    [Theory]
    [InlineData("run-1", "/results/run-1")]
    [InlineData("a b?c#d%2F<é>", "/results/a%20b%3Fc%23d%252F%3C%C3%A9%3E")]
    [InlineData("", null)]
    [InlineData("..", null)]
    [InlineData("a/b", null)]
    [InlineData("a\\b", null)]
    [InlineData("Export.csv", null)]
    public void Page_Key_IsAnAddressWhereItCanBe(string id, string? address) => Assert.Equal(address, ResultLinks.Page(id));

    [Fact]
    public void Approval_OnlyWhereSomebodyWasAsked_IsLinked()
    {
        Assert.Equal("/results/r/approval", ResultLinks.Approval(Records.Row("r", Records.Now, asked: true)));
        Assert.Null(ResultLinks.Approval(Records.Row("r", Records.Now)));
        Assert.Null(ResultLinks.Approval(Records.Row("r", Records.Now, asked: true) with { ExecutionArn = null }));
        Assert.Equal("/runs/r", ResultLinks.Run(Records.Row("r", Records.Now)));
    }
}

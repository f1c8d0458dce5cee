using System.Buffers.Text;
using System.Text;
using Archiver.Web.Results;
using Archiver.Web.Tests.Results.Fakes;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Results;

public sealed class ResultsCursorTests
{
    [Property]
    public bool ToToken_AnyKeys_IsReadBackAndFitsAnAddress(NonEmptyString timestamp, NonEmptyString id)
    {
        // A lone surrogate is no text that DynamoDB could have given.
        ResultsCursor cursor = new("2026-03-26", WellFormed(timestamp.Get), WellFormed(id.Get));

        string token = cursor.ToToken();

        return ResultsCursor.TryParse(token, out ResultsCursor? read) && read == cursor && Uri.EscapeDataString(token) == token;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void TryParse_NoToken_IsRefused(string? token) => Assert.False(ResultsCursor.TryParse(token, out _));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""["2026-03-26","t"]""")]
    [InlineData("""["2026-03-26","t",null]""")]
    [InlineData("""["2026-03-26","","id"]""")]
    [InlineData("""["2026-03-26","t",""]""")]
    [InlineData("""["yesterday","t","id"]""")]
    [InlineData("""["2026-03-26","t","id","more"]""")]
    [InlineData("""[1,2,3]""")]
    public void TryParse_OtherJson_IsRefused(string json) =>
        Assert.False(ResultsCursor.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)), out _));

    [Fact]
    public void TryParse_LongerThanAKey_IsRefused()
    {
        Assert.True(ResultsCursor.TryParse(new ResultsCursor("2026-03-26", new string('é', 512), new string('i', 2048)).ToToken(), out _));
        Assert.False(ResultsCursor.TryParse(new ResultsCursor("2026-03-26", new string('t', 1025), "i").ToToken(), out _));
        Assert.False(ResultsCursor.TryParse(new ResultsCursor("2026-03-26", "t", new string('i', 2049)).ToToken(), out _));
        Assert.False(ResultsCursor.TryParse(new string('A', 100_000), out _));
    }

    [Fact]
    public void Of_RecordOutsideTheIndex_IsNothing()
    {
        ResultRow row = Records.Row("a", Records.Now);

        Assert.Equal(new ResultsCursor("2026-03-26", "2026-03-26T20:14:13.192Z", "a"), ResultsCursor.Of(row));
        Assert.Null(ResultsCursor.Of(row with { Day = "" }));
        Assert.Null(ResultsCursor.Of(row with { Timestamp = "" }));
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

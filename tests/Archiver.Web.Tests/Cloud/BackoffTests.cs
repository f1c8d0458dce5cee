using Archiver.Web.Cloud;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Cloud;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 400)]
    [InlineData(5, 3200)]
    [InlineData(8, 20_000)]
    [InlineData(1_000_000, 20_000)]
    public void Delay_AtItsCeiling_DoublesUpToTwentySeconds(int attempt, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Backoff.Delay(attempt, 1));

    [Property]
    public bool Delay_AnyAttempt_IsBetweenNothingAndItsCeiling(ushort attempt, byte random) =>
        Backoff.Delay(attempt + 1, random / 255d) is var delay && delay >= TimeSpan.Zero && delay <= Backoff.Delay(attempt + 1, 1);
}

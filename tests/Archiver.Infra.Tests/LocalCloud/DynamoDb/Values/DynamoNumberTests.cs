using System.Globalization;
using System.Numerics;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb.Values;

public sealed class DynamoNumberTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("0e500", "0")]
    [InlineData("1", "1")]
    [InlineData("+1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("007", "7")]
    [InlineData("1.50", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("100", "100")]
    [InlineData("1e3", "1000")]
    [InlineData("1E+3", "1000")]
    [InlineData("12.5e-3", "0.0125")]
    [InlineData("-1200e-2", "-12")]
    [InlineData("99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData("999999999999999999999999999999999999990000", "999999999999999999999999999999999999990000")]
    [InlineData("0.00000000000000000000000000000000000000000000000000001", "0.00000000000000000000000000000000000000000000000000001")]
    public void TryParse_ANumber_NormalisesIt(string text, string expected)
    {
        Assert.True(DynamoNumber.TryParse(text, out DynamoNumber number, out _));
        Assert.Equal(expected, number.ToString());
    }

    [Theory]
    [InlineData("", "The parameter cannot be converted to a numeric value")]
    [InlineData("x", "The parameter cannot be converted to a numeric value: x")]
    [InlineData("1x", "The parameter cannot be converted to a numeric value: 1x")]
    [InlineData("1 ", "The parameter cannot be converted to a numeric value: 1 ")]
    [InlineData(".", "The parameter cannot be converted to a numeric value: .")]
    [InlineData("-", "The parameter cannot be converted to a numeric value: -")]
    [InlineData("1.2.3", "The parameter cannot be converted to a numeric value: 1.2.3")]
    [InlineData("1e", "The parameter cannot be converted to a numeric value: 1e")]
    [InlineData("e5", "The parameter cannot be converted to a numeric value: e5")]
    [InlineData("1e+", "The parameter cannot be converted to a numeric value: 1e+")]
    [InlineData("NaN", "The parameter cannot be converted to a numeric value: NaN")]
    [InlineData("１", "The parameter cannot be converted to a numeric value: １")]
    [InlineData("123456789012345678901234567890123456789", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("1.23456789012345678901234567890123456789", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("-1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("1e99999999999999999999", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("9e-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    [InlineData("1e-99999999999999999999", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    public void TryParse_NoNumberOfDynamoDb_SaysWhy(string text, string expected)
    {
        Assert.False(DynamoNumber.TryParse(text, out _, out string? error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("9.9999999999999999999999999999999999999e125")]
    [InlineData("-9.9999999999999999999999999999999999999e125")]
    [InlineData("1e-130")]
    [InlineData("-1e-130")]
    public void TryParse_AtTheEndOfTheRange_IsTaken(string text) => Assert.True(DynamoNumber.TryParse(text, out _, out _));

    [Property(Arbitrary = [typeof(Numbers)], MaxTest = 2000)]
    public bool ToString_ParsedAgain_IsTheSameNumber(NumberText text) => Parse(Parse(text.Text).ToString()) == Parse(text.Text);

    [Property(Arbitrary = [typeof(Numbers)], MaxTest = 2000)]
    public bool ToOrderedBytes_DecodedAgain_IsTheSameNumber(NumberText text) =>
        DynamoNumber.FromOrderedBytes(Parse(text.Text).ToOrderedBytes()) == Parse(text.Text);

    [Property(Arbitrary = [typeof(Numbers)], MaxTest = 5000)]
    public bool ToOrderedBytes_OfTwoNumbers_OrdersAsTheNumbersDo(NumberText one, NumberText two)
    {
        DynamoNumber left = Parse(one.Text), right = Parse(two.Text);
        int expected = Exact(left).CompareTo(Exact(right));
        int bytes = left.ToOrderedBytes().AsSpan().SequenceCompareTo(right.ToOrderedBytes());
        return Math.Sign(bytes) == Math.Sign(expected) && Math.Sign(left.CompareTo(right)) == Math.Sign(expected);
    }

    [Property(MaxTest = 2000)]
    public bool ToOrderedBytes_OfNeighbours_OrdersAsTheNumbersDo(int left, short distance)
    {
        DynamoNumber one = Parse(left.ToString(CultureInfo.InvariantCulture));
        DynamoNumber two = Parse((left + (long)distance).ToString(CultureInfo.InvariantCulture));
        return Math.Sign(one.ToOrderedBytes().AsSpan().SequenceCompareTo(two.ToOrderedBytes())) == -Math.Sign(distance);
    }

    [Property(MaxTest = 1000)]
    public bool TryAdd_WholeNumbers_IsTheirSum(long left, long right)
    {
        DynamoNumber one = Parse(left.ToString(CultureInfo.InvariantCulture)), two = Parse(right.ToString(CultureInfo.InvariantCulture));
        return DynamoNumber.TryAdd(one, two, out DynamoNumber sum, out _)
            && sum.ToString() == ((BigInteger)left + right).ToString(CultureInfo.InvariantCulture)
            && DynamoNumber.TryAdd(sum, two.Negate(), out DynamoNumber back, out _) && back == one;
    }

    [Fact]
    public void TryAdd_MoreDigitsThanFit_SaysWhy()
    {
        Assert.False(DynamoNumber.TryAdd(Parse("1e100"), Parse("1"), out _, out string? error));
        Assert.Equal("Attempting to store more than 38 significant digits in a Number", error);
    }

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1700000000.9", 1700000000L)]
    [InlineData("-0.5", -1L)]
    [InlineData("-3", -3L)]
    [InlineData("1e18", 1000000000000000000L)]
    [InlineData("1e19", null)]
    public void Floor_OfANumber_IsTheWholeNumberBelow(string text, long? expected) => Assert.Equal(expected, Parse(text).Floor());

    private static DynamoNumber Parse(string text) =>
        DynamoNumber.TryParse(text, out DynamoNumber number, out string? error) ? number : throw new FormatException(error);

    /// <summary>The number without a fraction: all of the range is whole at 10^-170.</summary>
    private static BigInteger Exact(DynamoNumber number)
    {
        string[] parts = number.ToString().Split('.');
        string fraction = parts.ElementAtOrDefault(1) ?? "";
        return BigInteger.Parse(parts[0] + fraction.PadRight(170, '0'), CultureInfo.InvariantCulture);
    }

    /// <summary>A number of DynamoDB's, in digits.</summary>
    public sealed record NumberText(string Text);

    public static class Numbers
    {
        /// <summary>Numbers of all lengths and magnitudes, many of them close to each other.</summary>
        public static Arbitrary<NumberText> Arbitrary() => (
            from digits in Gen.Choose(1, 38)
            from text in Gen.Choose(0, 9).ListOf(digits)
            from exponent in Gen.OneOf(Gen.Choose(-2, 2), Gen.Choose(-130, 87))
            from negative in Gen.Elements("", "-")
            select $"{negative}{string.Concat(text)}E{exponent}")
            .Where(text => DynamoNumber.TryParse(text, out _, out _))
            .Select(text => new NumberText(text))
            .ToArbitrary();
    }
}

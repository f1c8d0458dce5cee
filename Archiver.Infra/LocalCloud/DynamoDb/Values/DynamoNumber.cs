using System.Globalization;
using System.Numerics;

namespace Archiver.Infra.LocalCloud.DynamoDb.Values;

/// <summary>
/// A number as DynamoDB has it: up to 38 significant digits, zero or a magnitude from 1E-130 to 9.99…E+125. Two notations of one value are equal.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
/// </summary>
internal readonly record struct DynamoNumber : IComparable<DynamoNumber>
{
    /// <summary>The most significant digits that a number may have.</summary>
    public const int MaxDigits = 38;

    private const int MaxMagnitude = 125;
    private const int MinMagnitude = -130;
    private const string NotNumeric = "The parameter cannot be converted to a numeric value";

    // The value is sign × coefficient × 10^exponent; the coefficient ends in no zero, so that equal values have equal fields.
    private readonly bool _negative;
    private readonly UInt128 _coefficient;
    private readonly short _exponent;

    private DynamoNumber(bool negative, UInt128 coefficient, int exponent)
    {
        _negative = negative;
        _coefficient = coefficient;
        _exponent = (short)exponent;
    }

    /// <summary>How many significant digits the number has; 1 for zero.</summary>
    public int Digits => DigitsOf(_coefficient).Length;

    /// <summary>Whether the number is below zero.</summary>
    public bool IsNegative => _negative;

    /// <summary>The power of ten of the first digit.</summary>
    private int Magnitude => _exponent + Digits - 1;

    /// <summary>Reads a number: digits with an optional sign, point and exponent.</summary>
    /// <param name="text">Such as <c>-12.50</c> or <c>1e3</c>.</param>
    /// <param name="number">The number, when there is no error.</param>
    /// <param name="error">What is wrong, in AWS's words, or nothing.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DynamoNumber number, out string? error)
    {
        number = default;
        int position = 0;
        bool negative = text is ['-', ..];
        if (text is ['-' or '+', ..])
            position++;

        // Digits before and after the point, without leading zeros; what comes after the 38th significant one may only be zeros.
        UInt128 coefficient = 0;
        int significant = 0, pendingZeros = 0, scale = 0, seen = 0;
        bool point = false, tooPrecise = false;
        for (; position < text.Length && (char.IsAsciiDigit(text[position]) || (text[position] == '.' && !point)); position++)
        {
            if (text[position] == '.')
            {
                point = true;
                continue;
            }
            seen++;
            if (point)
                scale--;
            int digit = text[position] - '0';
            if (digit == 0)
            {
                pendingZeros += significant > 0 ? 1 : 0;
                continue;
            }
            significant += pendingZeros + 1;
            tooPrecise |= significant > MaxDigits;
            if (!tooPrecise)
                coefficient = (coefficient * PowerOfTen(pendingZeros + 1)) + (UInt128)digit;
            pendingZeros = 0;
        }

        long exponent = 0;
        bool exponentIsGood = position == text.Length || (text[position] is 'e' or 'E' && TryParseExponent(text[(position + 1)..], out exponent));
        if (seen == 0 || !exponentIsGood)
        {
            error = text.IsEmpty ? NotNumeric : $"{NotNumeric}: {text}";
            return false;
        }
        error = null;
        if (significant == 0)
            return true;
        exponent += scale + pendingZeros;
        error = (exponent + significant - 1) switch
        {
            > MaxMagnitude => "Number overflow. Attempting to store a number with magnitude larger than supported range",
            < MinMagnitude => "Number underflow. Attempting to store a number with magnitude smaller than supported range",
            _ => tooPrecise ? "Attempting to store more than 38 significant digits in a Number" : null,
        };
        if (error is null)
            number = new DynamoNumber(negative, coefficient, (int)exponent);
        return error is null;
    }

    /// <summary>A whole number that is not negative.</summary>
    public static DynamoNumber From(int whole) =>
        TryParse(whole.ToString(CultureInfo.InvariantCulture), out DynamoNumber number, out _) ? number : throw new ArgumentOutOfRangeException(nameof(whole));

    /// <summary>The sum of two numbers, or what is wrong with it.</summary>
    public static bool TryAdd(DynamoNumber left, DynamoNumber right, out DynamoNumber sum, out string? error)
    {
        int exponent = Math.Min(left._exponent, right._exponent);
        BigInteger total = left.Scaled(exponent) + right.Scaled(exponent);
        return TryParse($"{total.ToString(CultureInfo.InvariantCulture)}E{exponent.ToString(CultureInfo.InvariantCulture)}", out sum, out error);
    }

    /// <summary>The number with its sign turned.</summary>
    public DynamoNumber Negate() => new(_coefficient != 0 && !_negative, _coefficient, _exponent);

    /// <inheritdoc/>
    public int CompareTo(DynamoNumber other)
    {
        int sign = Sign, otherSign = other.Sign;
        if (sign != otherSign || sign == 0)
            return sign.CompareTo(otherSign);
        int magnitude = Magnitude.CompareTo(other.Magnitude);
        if (magnitude == 0)
        {
            // Of one magnitude, so their exponents differ by less than 38 and both coefficients fit when aligned.
            int exponent = Math.Min(_exponent, other._exponent);
            UInt128 aligned = _coefficient * PowerOfTen(_exponent - exponent), otherAligned = other._coefficient * PowerOfTen(other._exponent - exponent);
            magnitude = aligned.CompareTo(otherAligned);
        }
        return sign * magnitude;
    }

    /// <summary>
    /// The number as bytes whose unsigned order is the numbers' order: a sign, the magnitude, and the digits by twos. A negative number's
    /// bytes are complemented and end in 0xFF, so that more digits sort lower.
    /// </summary>
    public byte[] ToOrderedBytes()
    {
        if (_coefficient == 0)
            return [0x80];
        string digits = DigitsOf(_coefficient);
        byte[] bytes = new byte[2 + ((digits.Length + 1) / 2) + (_negative ? 1 : 0)];
        bytes[0] = 0x81;
        bytes[1] = (byte)(Magnitude - MinMagnitude);
        for (int i = 0; i < digits.Length; i += 2)
            bytes[2 + (i / 2)] = (byte)(((digits[i] - '0') * 10) + (i + 1 < digits.Length ? digits[i + 1] - '0' : 0));
        if (_negative)
        {
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)~bytes[i];
        }
        return bytes;
    }

    /// <summary>The number that <see cref="ToOrderedBytes"/> gave.</summary>
    public static DynamoNumber FromOrderedBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0x80])
            return default;
        bool negative = bytes[0] < 0x80;
        ReadOnlySpan<byte> rest = negative ? bytes[1..^1] : bytes[1..];
        int magnitude = (negative ? (byte)~rest[0] : rest[0]) + MinMagnitude;
        UInt128 coefficient = 0;
        foreach (byte pair in rest[1..])
            coefficient = (coefficient * 100) + (negative ? (byte)~pair : pair);
        int exponent = magnitude - DigitsOf(coefficient).Length + 1;
        if (coefficient % 10 == 0)
            (coefficient, exponent) = (coefficient / 10, exponent + 1);
        return new DynamoNumber(negative, coefficient, exponent);
    }

    /// <summary>The number in plain digits, as DynamoDB gives it: no exponent, no needless zeros.</summary>
    public override string ToString()
    {
        string digits = DigitsOf(_coefficient);
        string sign = _negative ? "-" : "";
        if (_exponent >= 0)
            return sign + digits + new string('0', _exponent);
        int point = digits.Length + _exponent;
        return point > 0 ? $"{sign}{digits[..point]}.{digits[point..]}" : $"{sign}0.{new string('0', -point)}{digits}";
    }

    /// <summary>The largest whole number that is not above this one, or nothing where it does not fit.</summary>
    public long? Floor()
    {
        if (Magnitude > 18)
            return null;
        BigInteger whole = _exponent >= 0
            ? _coefficient * BigInteger.Pow(10, _exponent)
            : BigInteger.Divide(_coefficient, BigInteger.Pow(10, -_exponent));
        BigInteger floor = !_negative ? whole : -(whole + (_exponent < 0 ? 1 : 0));
        return floor >= long.MinValue && floor <= long.MaxValue ? (long)floor : null;
    }

    private int Sign => _coefficient == 0 ? 0 : _negative ? -1 : 1;

    private static string DigitsOf(UInt128 coefficient) => coefficient.ToString(CultureInfo.InvariantCulture);

    private static UInt128 PowerOfTen(int power)
    {
        UInt128 result = 1;
        for (int i = 0; i < power; i++)
            result *= 10;
        return result;
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, out long exponent)
    {
        exponent = 0;
        ReadOnlySpan<char> digits = text is ['-' or '+', ..] ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return false;
        // Far past the range, any value says the same; it must only not wrap.
        digits = digits.TrimStart('0');
        exponent = digits.Length > 9 ? 1_000_000_000 : digits.IsEmpty ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        if (text[0] == '-')
            exponent = -exponent;
        return true;
    }

    private BigInteger Scaled(int exponent) => (_negative ? -1 : 1) * ((BigInteger)_coefficient * BigInteger.Pow(10, _exponent - exponent));
}

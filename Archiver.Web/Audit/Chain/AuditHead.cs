using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Archiver.Web.Audit.Chain;

/// <summary>A place in the chain: an entry's number with its hash, which speaks for everything up to it.</summary>
/// <param name="Sequence">The entry's number, from 1; 0 is before the first.</param>
/// <param name="Hash">Its hash: 64 lower-case hexadecimal digits.</param>
internal sealed record AuditHead(long Sequence, string Hash)
{
    /// <summary>What the first entry follows: zeros.</summary>
    public static readonly AuditHead Start = new(0, new string('0', HashLength));

    /// <summary>The length of a hash as it is written, in characters.</summary>
    public const int HashLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>Whether a text is a hash as it is written here: one hash is written in one way only.</summary>
    public static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AuditHead? head)
    {
        head = null;
        if (text?.Split(':') is not [{ } sequence, { } hash] || !IsHash(hash)) return false;
        if (!long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number == 0) return false;
        head = new AuditHead(number, hash);
        return true;
    }

    /// <summary>The place as <c>N:HASH</c>, to be written down and held against the chain later.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");
}

using System.Text;
using Archiver.Web.Audit.Chain;

namespace Archiver.Web.Audit.Export;

/// <summary>
/// A line of an exported chain: <c>{"previous":"HEX","hash":"HEX","entry":{…}}</c>, where the entry stands byte for byte as it is
/// hashed. A line is written in one way only; anything else is not one.
/// </summary>
internal static class AuditLine
{
    /// <summary>The longest line, in bytes: an entry has bounds, and this is beyond them with every character escaped.</summary>
    public const int Longest = 128 * 1024;

    private static readonly byte[] BeforePrevious = "{\"previous\":\""u8.ToArray();
    private static readonly byte[] BeforeHash = "\",\"hash\":\""u8.ToArray();
    private static readonly byte[] BeforeEntry = "\",\"entry\":"u8.ToArray();

    /// <summary>Writes a link as a line, with its end.</summary>
    public static byte[] Write(AuditLink link) => Encoding.UTF8.GetBytes($"{{\"previous\":\"{link.Previous}\",\"hash\":\"{link.Hash}\",\"entry\":{link.Entry}}}\n");

    /// <summary>Reads a line, without its end; not one that is written in any other way.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out AuditLink link)
    {
        link = default;
        if (!Skip(ref line, BeforePrevious) || !Take(ref line, out string previous)
            || !Skip(ref line, BeforeHash) || !Take(ref line, out string hash)
            || !Skip(ref line, BeforeEntry) || line.Length < 2 || line[^1] != '}')
        {
            return false;
        }
        ReadOnlySpan<byte> entry = line[..^1];
        // All of an entry is ASCII: what is not would be read as a character that stands for many.
        if (!Ascii.IsValid(entry)) return false;
        link = new AuditLink(Encoding.ASCII.GetString(entry), previous, hash);
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> line, ReadOnlySpan<byte> expected)
    {
        if (!line.StartsWith(expected)) return false;
        line = line[expected.Length..];
        return true;
    }

    private static bool Take(ref ReadOnlySpan<byte> line, out string hash)
    {
        hash = "";
        if (line.Length < AuditHead.HashLength || !Ascii.IsValid(line[..AuditHead.HashLength])) return false;
        hash = Encoding.ASCII.GetString(line[..AuditHead.HashLength]);
        line = line[AuditHead.HashLength..];
        return true;
    }
}

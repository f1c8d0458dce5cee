using System.Globalization;
using System.Text;

namespace Archiver.Web.Preview.Content;

/// <summary>Bytes in hexadecimal, sixteen a line, with the characters that they would be beside them.</summary>
internal static class HexDump
{
    private const int Width = 16;

    /// <summary>Writes them.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        StringBuilder dump = new(bytes.Length * 5);
        for (int offset = 0; offset < bytes.Length; offset += Width)
        {
            ReadOnlySpan<byte> line = bytes.Slice(offset, Math.Min(Width, bytes.Length - offset));
            dump.Append(CultureInfo.InvariantCulture, $"{offset:x8}  ");
            for (int i = 0; i < Width; i++)
            {
                if (i < line.Length) dump.Append(CultureInfo.InvariantCulture, $"{line[i]:x2} ");
                else dump.Append("   ");
                if (i == (Width / 2) - 1) dump.Append(' ');
            }
            dump.Append(' ');
            foreach (byte octet in line) dump.Append(octet is >= 0x20 and < 0x7F ? (char)octet : '.');
            dump.Append('\n');
        }
        return dump.ToString();
    }
}

using System.Globalization;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>A part of a body.</summary>
/// <param name="First">The first byte's offset.</param>
/// <param name="Length">How many bytes; 0 only of an empty body.</param>
internal readonly record struct ByteRange(long First, long Length)
{
    /// <summary>The last byte's offset.</summary>
    public long Last => First + Length - 1;

    /// <summary>The part of a body that a Range header asks for.</summary>
    /// <param name="header">The header, such as <c>bytes=0-99</c>, <c>bytes=100-</c> or <c>bytes=-100</c>.</param>
    /// <param name="size">The body's size.</param>
    /// <returns>The range; nothing when the whole body is to be sent, because there is no header, it asks for several ranges
    /// (S3 serves none of those), or it is malformed, which RFC 9110 has ignored.</returns>
    /// <exception cref="Archiver.Infra.LocalCloud.Wire.AwsError"><c>InvalidRange</c>: there is no such part.</exception>
    public static ByteRange? Parse(string? header, long size)
    {
        if (header is null || !TrySplit(header, out long? first, out long? last))
            return null;
        if (first is null)
        {
            long suffix = Math.Min(last!.Value, size);
            return suffix > 0 ? new ByteRange(size - suffix, suffix) : throw S3Errors.InvalidRange(header, size);
        }
        if (last < first)
            return null;
        if (first >= size)
            throw S3Errors.InvalidRange(header, size);
        return new ByteRange(first.Value, Math.Min(last ?? size - 1, size - 1) - first.Value + 1);
    }

    /// <summary>The part of a source that UploadPartCopy asks for. Here the form is strict.</summary>
    /// <param name="header">The header <c>x-amz-copy-source-range</c>: <c>bytes=FIRST-LAST</c>.</param>
    /// <param name="size">The source's size.</param>
    /// <exception cref="Archiver.Infra.LocalCloud.Wire.AwsError"><c>InvalidArgument</c>: it is malformed or reaches past the source.</exception>
    public static ByteRange ParseStrict(string header, long size)
    {
        const string Name = "x-amz-copy-source-range";
        if (!TrySplit(header, out long? first, out long? last) || first is null || last is null || last < first)
        {
            throw S3Errors.InvalidArgument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
                Name, header);
        }
        return last < size
            ? new ByteRange(first.Value, last.Value - first.Value + 1)
            : throw S3Errors.InvalidArgument($"Range specified is not valid for source object of size: {size}", Name, header);
    }

    private static bool TrySplit(string header, out long? first, out long? last)
    {
        first = last = null;
        const string Unit = "bytes=";
        if (!header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            return false;
        ReadOnlySpan<char> range = header.AsSpan(Unit.Length).Trim();
        int hyphen = range.IndexOf('-');
        return hyphen >= 0
            && TryNumber(range[..hyphen], out first)
            && TryNumber(range[(hyphen + 1)..], out last)
            && (first is not null || last is not null);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long? number)
    {
        number = null;
        if (text.IsEmpty)
            return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed))
            return false;
        number = parsed;
        return true;
    }
}

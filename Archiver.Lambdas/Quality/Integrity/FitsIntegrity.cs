using System.Globalization;
using System.Text;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// FITS (FITS Standard 4.0, chapters 3 and 4): headers of 80-byte cards in blocks of 2,880 bytes, each followed by as many blocks of data as it says, to the end of the file.
/// </summary>
internal static class FitsIntegrity
{
    private const int Block = 2880;
    private const int Card = 80;

    // A header may have any number of cards; the ones that lengths are read from stand among the first.
    private const int MostBlocks = 2_000;
    private const int MostAxes = 999;

    public static async Task<string?> LookAsync(ContentReader content)
    {
        int units = 0;
        do
        {
            Header header = new();
            await TakeHeaderAsync(content, header, units);
            await content.SkipAsync(Blocks(header.DataLength(units)));
            units++;
            // Special records may follow the last unit; nothing is said of what they hold.
            if (!(await content.PeekAsync(8)).Span.StartsWith("XTENSION"u8)) break;
        }
        while (true);

        return units == 1 ? "The FITS file is whole: its header is complete, and so are its data." : $"The FITS file is whole: {units} headers are complete, and so are their data.";
    }

    private static async Task TakeHeaderAsync(ContentReader content, Header header, int unit)
    {
        bool first = true, ended = false;
        for (int block = 0; !ended; block++)
        {
            if (block == MostBlocks) throw new ContentLimitException();
            ReadOnlyMemory<byte> cards = await content.TakeAsync(Block);
            for (int at = 0; at < Block && !ended; at += Card)
            {
                string card = Encoding.Latin1.GetString(cards.Span.Slice(at, Card));
                if (card.Any(letter => letter is < ' ' or > '~'))
                    throw new InvalidDataException($"The FITS file's header {unit + 1} has a card that is not text, at byte {content.Position - Block + at}.");
                if (first && unit == 0 && Value(card) != "T") throw new InvalidDataException("The FITS file says of itself that it does not conform to the standard.");
                first = false;
                ended = card.TrimEnd() == "END";
                if (!ended) header.Take(card[..8].TrimEnd(), Value(card));
            }
        }
    }

    private static string? Value(string card) => card[8..10] == "= " ? card[10..].Split('/')[0].Trim() : null;

    private static long Blocks(long length)
    {
        long rest = length % Block;
        return rest == 0 ? length : checked(length + Block - rest);
    }

    /// <summary>What of a header says how long its data are.</summary>
    private sealed class Header
    {
        private readonly Dictionary<int, long> _axes = [];
        private long? _bits;
        private long? _axisCount;
        private long _parameters;
        private long _groups = 1;
        private bool _random;

        public void Take(string keyword, string? value)
        {
            if (keyword == "GROUPS") _random = value == "T";
            if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return;
            if (keyword == "BITPIX") _bits = number;
            else if (keyword == "NAXIS") _axisCount = number;
            else if (keyword == "PCOUNT") _parameters = number;
            else if (keyword == "GCOUNT") _groups = number;
            else if (keyword.StartsWith("NAXIS", StringComparison.Ordinal) && int.TryParse(keyword.AsSpan(5), out int axis) && axis is > 0 and <= MostAxes) _axes[axis] = number;
        }

        /// <summary>|BITPIX| × GCOUNT × (PCOUNT + NAXIS1 × …) bits; NAXIS1 is 0, and left out, in a structure of random groups.</summary>
        public long DataLength(int unit)
        {
            if (_bits is not (8 or 16 or 32 or 64 or -32 or -64)) throw Broken("no known BITPIX");
            if (_axisCount is not (>= 0 and <= MostAxes)) throw Broken("no NAXIS");
            long elements = _axisCount == 0 ? 0 : 1;
            for (int axis = 1; axis <= _axisCount; axis++)
            {
                if (!_axes.TryGetValue(axis, out long length) || length < 0) throw Broken($"no NAXIS{axis}");
                if (axis == 1 && length == 0 && _random) continue;
                elements = Product(elements, length);
            }

            if (_parameters < 0 || _groups < 0) throw Broken("a negative PCOUNT or GCOUNT");
            return Product(Product(Math.Abs(_bits.Value) / 8, _groups), Sum(_parameters, elements));

            long Product(long a, long b) => Math.BigMul(a, b, out long low) == 0 && low >= 0 ? low : throw Broken("impossible lengths");

            long Sum(long a, long b) => a <= long.MaxValue - Block - b ? a + b : throw Broken("impossible lengths");

            InvalidDataException Broken(string what) => new($"The FITS file's header {unit + 1} has {what}.");
        }
    }
}

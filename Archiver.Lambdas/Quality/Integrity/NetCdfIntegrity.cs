using System.Buffers.Binary;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// netCDF's classic formats (https://docs.unidata.ucar.edu/netcdf-c/current/file_format_specifications.html): the header with its dimensions, attributes and variables, and
/// that the file is long enough for them. The newer format is HDF5.
/// </summary>
internal static class NetCdfIntegrity
{
    private const int DimensionTag = 10, VariableTag = 11, AttributeTag = 12;
    private const int MostDimensions = 65_536;
    private static readonly int[] Widths = [1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8]; // of types 1 to 11

    public static async Task<string?> LookAsync(ContentReader content, IntegrityTarget target)
    {
        Reader reader = new(content, version: (await content.TakeAsync(4)).Span[3]);
        long records = await reader.CountAsync(mayBeUnknown: true);
        List<long> dimensions = [];
        for (long count = await reader.ListAsync(DimensionTag); count > 0; count--)
        {
            if (dimensions.Count == MostDimensions) throw new ContentLimitException();
            await reader.SkipNameAsync();
            dimensions.Add(await reader.CountAsync());
        }

        await reader.SkipAttributesAsync();
        long end = 0, recordsFrom = long.MaxValue, recordLength = 0, variables = await reader.ListAsync(VariableTag), recordVariables = 0, lastWidth = 0;
        for (long i = 0; i < variables; i++)
        {
            (long begin, long length, bool isRecord) = await reader.VariableAsync(dimensions);
            if (begin < content.Position - 4 || begin < 0) throw new InvalidDataException($"The netCDF file's variable {i + 1} begins within the header.");
            if (isRecord)
            {
                recordsFrom = Math.Min(recordsFrom, begin);
                recordLength = Reader.Sum(recordLength, Reader.Padded(length));
                (recordVariables, lastWidth) = (recordVariables + 1, length);
            }
            else
            {
                end = Math.Max(end, Reader.Sum(begin, length));
            }
        }

        if (recordVariables == 1) recordLength = lastWidth; // the only one is not filled up
        if (recordVariables > 0 && records > 0) end = Math.Max(end, Reader.Sum(recordsFrom, Reader.Product(records, recordLength)) - 3);
        if (end > target.Size) throw new InvalidDataException($"The netCDF file breaks off: it has {target.Size} bytes; its header says at least {end}.");
        return $"The netCDF file has a good header, and room for its {variables} variables.";
    }

    /// <summary>The parts of a header; each number has 4 bytes or, in version 5, 8, and addresses have 8 from version 2 on.</summary>
    private sealed class Reader(ContentReader content, int version)
    {
        public static long Padded(long length) => Sum(length, (4 - (length % 4)) % 4);

        public static long Sum(long a, long b) => b <= long.MaxValue - a ? a + b : throw Impossible();

        public static long Product(long a, long b) => Math.BigMul(a, b, out long low) == 0 && low >= 0 ? low : throw Impossible();

        /// <summary>A number that counts. The number of records is unknown, all bits set, in a file that is still being written.</summary>
        public async Task<long> CountAsync(bool mayBeUnknown = false)
        {
            long count = version == 5
                ? BinaryPrimitives.ReadInt64BigEndian((await content.TakeAsync(8)).Span)
                : BinaryPrimitives.ReadInt32BigEndian((await content.TakeAsync(4)).Span);
            if (count == -1 && mayBeUnknown) return 0;
            return count >= 0 ? count : throw new InvalidDataException($"The netCDF file's header has a negative number, before byte {content.Position}.");
        }

        /// <summary>The beginning of a list: its tag and its length, or twice nothing.</summary>
        public async Task<long> ListAsync(int tag)
        {
            int actual = BinaryPrimitives.ReadInt32BigEndian((await content.TakeAsync(4)).Span);
            long count = await CountAsync();
            if (actual == tag || (actual == 0 && count == 0)) return count;
            throw new InvalidDataException($"The netCDF file's header is broken before byte {content.Position}.");
        }

        public async Task SkipNameAsync() => await content.SkipAsync(Padded(await CountAsync()));

        public async Task SkipAttributesAsync()
        {
            for (long count = await ListAsync(AttributeTag); count > 0; count--)
            {
                await SkipNameAsync();
                int width = await WidthAsync();
                await content.SkipAsync(Padded(Product(width, await CountAsync())));
            }
        }

        /// <summary>A variable: where it begins, how long it is, or its part of a record, without what fills it up; and whether it has records.</summary>
        public async Task<(long Begin, long Length, bool IsRecord)> VariableAsync(List<long> dimensions)
        {
            await SkipNameAsync();
            long rank = await CountAsync();
            long elements = 1;
            bool isRecord = false;
            for (long i = 0; i < rank; i++)
            {
                long dimension = await CountAsync();
                if (dimension >= dimensions.Count) throw new InvalidDataException("The netCDF file's header has a variable with an unknown dimension.");
                if (dimensions[(int)dimension] == 0 && i == 0) isRecord = true;
                else elements = Product(elements, dimensions[(int)dimension]);
            }

            await SkipAttributesAsync();
            int width = await WidthAsync();
            await CountOrOverflowAsync();
            long begin = version == 1
                ? BinaryPrimitives.ReadInt32BigEndian((await content.TakeAsync(4)).Span)
                : BinaryPrimitives.ReadInt64BigEndian((await content.TakeAsync(8)).Span);
            return (begin, Product(elements, width), isRecord);
        }

        // The length is given also where it does not fit, and then means nothing.
        private Task CountOrOverflowAsync() => content.SkipAsync(version == 5 ? 8 : 4).AsTask();

        private async Task<int> WidthAsync()
        {
            int type = BinaryPrimitives.ReadInt32BigEndian((await content.TakeAsync(4)).Span);
            return type >= 1 && type <= Widths.Length ? Widths[type - 1] : throw new InvalidDataException($"The netCDF file's header has an unknown type, before byte {content.Position}.");
        }

        private static InvalidDataException Impossible() => new("The netCDF file's header has impossible lengths.");
    }
}

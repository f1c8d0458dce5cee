using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>PNG (https://www.w3.org/TR/png-3/#5DataRep): chunks, each with a checksum, from the header to the end mark.</summary>
internal static class PngIntegrity
{
    public static async Task<string?> LookAsync(ContentReader content)
    {
        await content.TakeAsync(8); // the signature, by which the kind was told
        bool hasData = false;
        (uint width, uint height) = (0, 0);
        for (int number = 0; ; number++)
        {
            ReadOnlyMemory<byte> head = await content.TakeAsync(8);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(head.Span);
            string type = Encoding.ASCII.GetString(head.Span[4..]);
            if (length > int.MaxValue || !type.All(char.IsAsciiLetter))
                throw new InvalidDataException($"The PNG image has no chunk where its chunk {number + 1} should begin, at byte {content.Position - 8}.");
            if (number == 0 && (type != "IHDR" || length != 13)) throw new InvalidDataException("The PNG image does not begin with its header.");

            Crc32 crc = new();
            crc.Append(head.Span[4..]);
            if (number == 0)
            {
                ReadOnlyMemory<byte> header = await content.TakeAsync(13);
                crc.Append(header.Span);
                (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(header.Span), BinaryPrimitives.ReadUInt32BigEndian(header.Span[4..]));
            }
            else
            {
                await content.SkipAsync(length, crc.Append);
            }

            if (BinaryPrimitives.ReadUInt32BigEndian((await content.TakeAsync(4)).Span) != crc.GetCurrentHashAsUInt32())
                throw new InvalidDataException($"The PNG image's chunk {number + 1}, “{type}”, does not have the checksum that is given for it.");
            hasData |= type == "IDAT";
            if (type == "IEND") break;
        }

        if (width == 0 || height == 0) throw new InvalidDataException("The PNG image has no pixels: its width or height is 0.");
        if (!hasData) throw new InvalidDataException("The PNG image has no image data.");
        return $"The PNG image is whole: {width} × {height} pixels, and every chunk has its checksum.";
    }
}

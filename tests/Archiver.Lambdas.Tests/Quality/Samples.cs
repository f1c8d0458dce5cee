using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Archiver.Lambdas.Quality.Integrity;

namespace Archiver.Lambdas.Tests.Quality;

/// <summary>A small, good file of each kind whose integrity is checked.</summary>
internal static class Samples
{
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["a.png"] = Png(),
        ["a.jpg"] = Jpeg(),
        ["a.zip"] = Zip(seekable: true),
        ["b.zip"] = Zip(seekable: false),
        ["a.gz"] = [.. Gzip("first"u8.ToArray()), .. Gzip("second"u8.ToArray())],
        ["a.tar"] = Tar(),
        ["a.pdf"] = Pdf(),
        ["a.json"] = """{"a": [1, 2.5e3, true, null, "é"], "b": {}}"""u8.ToArray(),
        ["a.jsonl"] = "{\"a\": 1}\n{\"a\": 2}\n"u8.ToArray(),
        ["a.xml"] = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a d="e">&b;<!-- f --><![CDATA[g]]></a>"""u8.ToArray(),
        ["a.svg"] = """<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>"""u8.ToArray(),
        ["a.csv"] = "name,note\r\n1,\"a \"\"b\"\"\r\nc\"\r\n2,d\r\n"u8.ToArray(),
        ["a.nc"] = NetCdf(),
        ["a.h5"] = Hdf5(),
        ["a.fits"] = Fits(),
        ["a.grib"] = [.. Grib(1), .. Grib(2)],
        ["a.parquet"] = Parquet(),
    };

    /// <summary>The MD5, which files still come with.</summary>
    public static byte[] Md5(byte[] content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    public static byte[] Png(params (string Type, byte[] Data)[] more)
    {
        using MemoryStream stream = new();
        stream.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 3, 8, 0, 0, 0, 0]);
        foreach ((string type, byte[] data) in more) Chunk(type, data);
        Chunk("IDAT", [1, 2, 3]);
        Chunk("IEND", []);
        return stream.ToArray();

        void Chunk(string type, byte[] data)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
            Write(stream, 4, data.Length);
            stream.Write(body);
            Write(stream, 4, Crc32.HashToUInt32(body));
        }
    }

    public static byte[] Jpeg() =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, // a segment
        0xFF, 0xC0, 0, 11, 8, 0, 3, 0, 2, 1, 1, 0x11, 0, // the frame: 2 × 3
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0, 0x34, 0xFF, 0xD0, 0x56, // a scan with a data byte FF and a restart
        0xFF, 0xD9, 7, 7, // the end, and what a camera adds
    ];

    public static byte[] Zip(bool seekable, params (string Name, byte[] Content)[] more)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(seekable ? stream : new ForwardOnly(stream), ZipArchiveMode.Create, leaveOpen: true))
        {
            (string Name, byte[] Content)[] entries = [("a.txt", Encoding.UTF8.GetBytes(new string('a', 5000))), ("empty", []), ("b.bin", [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))]), .. more];
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name, name.EndsWith(".bin", StringComparison.Ordinal) && seekable ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(content);
        return stream.ToArray();
    }

    public static byte[] Tar(params (string Name, byte[] Content)[] more)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in ((string, byte[])[])[("a.txt", new byte[700]), (new string('n', 200), [1]), .. more])
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "folder"));
        }

        return stream.ToArray();
    }

    public static byte[] Pdf(string before = "")
    {
        string body = "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + before;
        return Encoding.Latin1.GetBytes($"{body}xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n{body.Length}\n%%EOF\n");
    }

    /// <summary>Version 1: a dimension of 3, one of records, a fixed and a record variable, and two records.</summary>
    public static byte[] NetCdf()
    {
        using MemoryStream stream = new();
        stream.Write("CDF\x01"u8);
        Write(stream, 4, 2); // records
        Write(stream, 4, 10, 2, 1);
        stream.Write("x\0\0\0"u8);
        Write(stream, 4, 3, 1);
        stream.Write("t\0\0\0"u8);
        Write(stream, 4, 0, 12, 1, 5);
        stream.Write("title\0\0\0"u8);
        Write(stream, 4, 2, 2);
        stream.Write("ab\0\0"u8);
        Write(stream, 4, 11, 2, 1);
        stream.Write("v\0\0\0"u8);
        Write(stream, 4, 1, 0, 0, 0, 5, 12, 156); // rank 1 over x, no attributes, floats, 12 bytes from 156
        Write(stream, 4, 1);
        stream.Write("r\0\0\0"u8);
        Write(stream, 4, 2, 1, 0, 0, 0, 5, 12, 168); // over t and x
        if (stream.Length > 156) throw new InvalidOperationException($"The header has {stream.Length} bytes.");
        stream.SetLength(168 + 24);
        return stream.ToArray();
    }

    /// <summary>A superblock of version 2, and some data.</summary>
    public static byte[] Hdf5()
    {
        byte[] file = new byte[200];
        Convert.FromHexString("894844460D0A1A0A").CopyTo(file, 0);
        (file[8], file[9], file[10]) = (2, 8, 8);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(20), -1);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(28), file.Length);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(36), 48);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(44), Lookup3.Hash(file.AsSpan(0, 44)));
        return file;
    }

    public static byte[] Fits()
    {
        string[] primary = ["SIMPLE  =                    T / conforms", "BITPIX  =                   16", "NAXIS   =                    2", "NAXIS1  =                   40", "NAXIS2  =                   50", "END"];
        string[] extension = ["XTENSION= 'IMAGE   '", "BITPIX  =                    8", "NAXIS   =                    0", "PCOUNT  =                    0", "GCOUNT  =                    1", "END"];
        return [.. Cards(primary), .. new byte[2 * 2880], .. Cards(extension)];

        static byte[] Cards(string[] cards) => Encoding.ASCII.GetBytes(string.Concat(cards.Select(card => card.PadRight(80))).PadRight(2880));
    }

    public static byte[] Grib(int edition)
    {
        byte[] message = new byte[60];
        "GRIB"u8.CopyTo(message);
        message[7] = (byte)edition;
        if (edition == 1) message[6] = 60;
        else message[15] = 60;
        "7777"u8.CopyTo(message.AsSpan(56));
        return message;
    }

    public static byte[] Parquet() => [.. "PAR1"u8, 1, 2, 3, 0x15, 4, 5, 6, 4, 0, 0, 0, .. "PAR1"u8];

    private static void Write(MemoryStream stream, int width, params long[] numbers)
    {
        Span<byte> bytes = stackalloc byte[8];
        foreach (long number in numbers)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            stream.Write(bytes[(8 - width)..]);
        }
    }

    /// <summary>What cannot seek makes a writer of ZIP give the lengths after the data.</summary>
    private sealed class ForwardOnly(MemoryStream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}

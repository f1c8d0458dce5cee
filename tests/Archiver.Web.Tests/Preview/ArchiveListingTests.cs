using System.Formats.Tar;
using System.IO.Compression;
using Archiver.Web.Preview.Archives;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Preview;

/// <summary>Archives are listed as the runtime's own writers and others make them; what is broken or made to be endless is listed as far as it goes.</summary>
public sealed class ArchiveListingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Zip_OfFilesAndFolders_ListsThem()
    {
        using MemoryStream zip = Zip(("a.txt", 5), ("folder/", 0), ("folder/größe.bin", 100_000));

        ArchiveListing listing = await ZipListing.ReadAsync(zip, Cancel);

        Assert.Equal([new("a.txt", 5), new("folder/", 0, true), new("folder/größe.bin", 100_000)], listing.Entries);
        Assert.Equal((3L, null), (listing.Total, listing.Problem));
    }

    [Fact]
    public async Task Zip_OfManyFiles_ListsTheFirst()
    {
        using MemoryStream zip = Zip([.. Enumerable.Range(0, 700).Select(index => ($"{index}", 0))]);

        ArchiveListing listing = await ZipListing.ReadAsync(zip, Cancel);

        Assert.Equal((ArchiveListing.MostEntries, 700L, ArchiveListing.More), (listing.Entries.Count, listing.Total, listing.Problem));
    }

    [Fact]
    public async Task Zip_CutOff_SaysThatItIsBroken()
    {
        using MemoryStream zip = Zip(("a.txt", 5));
        using MemoryStream cut = new(zip.ToArray()[..^10]);

        Assert.Equal(ArchiveListing.Broken, (await ZipListing.ReadAsync(cut, Cancel)).Problem);
    }

    [Property]
    public bool Zip_AnyChange_ListsWithoutFailing(ushort offset, byte value, ushort cut)
    {
        byte[] zip = Zip(("a.txt", 5), ("b/c.txt", 50)).ToArray();
        zip[offset % zip.Length] = value;
        ArchiveListing listing = ZipListing.ReadAsync(new MemoryStream(zip[..(zip.Length - (cut % zip.Length))]), default).GetAwaiter().GetResult();
        return listing.Entries.Count <= 2 && (listing.Problem is not null || listing.Total == listing.Entries.Count);
    }

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public async Task Tar_OfEachFormat_ListsFilesFoldersAndLinks(TarEntryFormat format)
    {
        using MemoryStream tar = Tar(format, ("folder/", null), ("folder/a.txt", new byte[700]), ("empty", []));

        ArchiveListing listing = await TarListing.ReadAsync(tar, long.MaxValue, Cancel);

        Assert.Equal([new("folder/", null, true), new("folder/a.txt", 700), new("empty", 0), new("way", null, false, "link to ../../etc/passwd")], listing.Entries);
        Assert.Null(listing.Problem);
    }

    [Theory]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public async Task Tar_LongNames_AreWhole(TarEntryFormat format)
    {
        string name = string.Concat(Enumerable.Repeat("größe/", 60)) + "a";
        using MemoryStream tar = Tar(format, (name, []));

        Assert.Equal(name, (await TarListing.ReadAsync(tar, long.MaxValue, Cancel)).Entries[0].Name);
    }

    // A name of two gigabytes, as far as the archive says.
    [Fact]
    public async Task Tar_EndlessName_IsNotReadIntoMemory()
    {
        using MemoryStream tar = Tar(TarEntryFormat.Pax, (new string('x', 200), []));
        byte[] bytes = tar.ToArray();
        "17777777777\0"u8.CopyTo(bytes.AsSpan(124));
        Array.Fill(bytes, (byte)' ', 148, 8);
        int sum = bytes.AsSpan(0, 512).ToArray().Sum(octet => octet);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(bytes, 148);

        long before = GC.GetAllocatedBytesForCurrentThread();
        ArchiveListing listing = await TarListing.ReadAsync(new MemoryStream(bytes), long.MaxValue, Cancel);

        Assert.Equal(ArchiveListing.Broken, listing.Problem);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Property]
    public bool Tar_AnyChange_ListsWithoutFailing(ushort offset, byte value, ushort cut)
    {
        byte[] tar = Tar(TarEntryFormat.Pax, ("a", new byte[10]), (new string('x', 200), new byte[600])).ToArray();
        tar[offset % tar.Length] = value;
        return TarListing.ReadAsync(new MemoryStream(tar[..(tar.Length - (cut % tar.Length))]), long.MaxValue, default).GetAwaiter().GetResult().Entries.Count <= 4;
    }

    [Fact]
    public async Task Gzip_OfATar_ListsWhatTheTarHas()
    {
        byte[] packed = Gzip(Tar(TarEntryFormat.Pax, ("a.txt", new byte[100_000]), ("b.txt", [1])).ToArray());

        ArchiveListing listing = await GzipListing.ReadAsync(packed, new MemoryStream(packed), "x.tar.gz", Cancel);

        Assert.Equal(["a.txt", "b.txt", "way"], listing.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public async Task Gzip_OfAFile_NamesIt()
    {
        byte[] packed = Gzip("hello"u8.ToArray());
        byte[] named = [.. packed[..3], 8, .. packed[4..10], .. "inner.txt\0"u8, .. packed[10..]];

        Assert.Equal([new("report", null)], (await GzipListing.ReadAsync(packed, new MemoryStream(packed), "report.gz", Cancel)).Entries);
        Assert.Equal([new("inner.txt", null)], (await GzipListing.ReadAsync(named, new MemoryStream(named), "report.gz", Cancel)).Entries);
    }

    [Fact]
    public async Task Gzip_ThatUnpacksToGigabytes_EndsAtItsBound()
    {
        byte[] tar = Tar(TarEntryFormat.Pax, ("bomb", [])).ToArray();
        "37777777777\0"u8.CopyTo(tar.AsSpan(124)); // 4 GB, of the entry itself
        Array.Fill(tar, (byte)' ', 148, 8);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(tar.AsSpan(0, 512).ToArray().Sum(octet => octet), 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        byte[] packed = Gzip(tar[..512]);

        ArchiveListing listing = await GzipListing.ReadAsync(packed, new MemoryStream(packed), "x.tgz", Cancel);

        Assert.NotNull(listing.Problem);
    }

    private static MemoryStream Zip(params (string Name, int Size)[] files)
    {
        MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, int size) in files)
            {
                using Stream content = archive.CreateEntry(name).Open();
                content.Write(new byte[size]);
            }
        }
        zip.Position = 0;
        return zip;
    }

    private static MemoryStream Tar(TarEntryFormat format, params (string Name, byte[]? Content)[] files)
    {
        MemoryStream tar = new();
        using (TarWriter writer = new(tar, format, leaveOpen: true))
        {
            foreach ((string name, byte[]? content) in files)
            {
                TarEntry entry = Entry(format, content is null ? TarEntryType.Directory : format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile, name);
                if (content is { Length: > 0 }) entry.DataStream = new MemoryStream(content);
                writer.WriteEntry(entry);
            }
            TarEntry link = Entry(format, TarEntryType.SymbolicLink, "way");
            link.LinkName = "../../etc/passwd";
            writer.WriteEntry(link);
        }
        tar.Position = 0;
        return tar;
    }

    private static TarEntry Entry(TarEntryFormat format, TarEntryType type, string name) => format switch
    {
        TarEntryFormat.V7 => new V7TarEntry(type, name),
        TarEntryFormat.Ustar => new UstarTarEntry(type, name),
        TarEntryFormat.Gnu => new GnuTarEntry(type, name),
        _ => new PaxTarEntry(type, name),
    };

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }
}

using Archiver.Web.Preview.Archives;
using Archiver.Web.Preview.Content;
using Archiver.Web.Preview.Files;
using Archiver.Web.Preview.Pdf;
using Archiver.Web.Shell.Display;
using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview;

/// <summary>Reads of a file what is shown of it: by its content, within bounds, of exactly the version that is asked for.</summary>
internal sealed class PreviewReader(FileStore files, PdfPreviews documents, TimeProvider time)
{
    /// <summary>How much of a text is shown, in bytes.</summary>
    public const int TextBytes = 256 * 1024;

    /// <summary>The largest picture that is shown, in bytes.</summary>
    public const long LargestPicture = 32L * 1024 * 1024;

    // Indented, JSON grows.
    private const int FormattedBytes = 4 * TextBytes;

    private const int BinaryBytes = 2048;

    // 16 MB of an archive, in the order in which its listing needs them.
    private const int ListingWindows = 128;

    private static readonly TimeSpan ListingLimit = TimeSpan.FromSeconds(15);

    /// <summary>Reads it.</summary>
    /// <exception cref="Exception">S3 did not answer as it should: <see cref="Cloud.CloudFailure"/>.</exception>
    public async Task<PreviewContent> ReadAsync(FileRef file, CancellationToken cancellationToken)
    {
        byte[] head;
        long size;
        string etag;
        switch (await files.OpenHeadAsync(file, TextBytes, cancellationToken))
        {
            case FileOpening.Opened { File: var part }:
                using (part)
                {
                    head = new byte[part.Length];
                    await part.Content.ReadExactlyAsync(head, cancellationToken);
                    (size, etag) = (part.Size, part.ETag);
                }
                break;
            case FileOpening.Absent absent:
                return new PreviewContent.Absent(absent);
            default:
                throw new InvalidOperationException("A file opens or it does not.");
        }

        // What more is read of it is of the same content, whatever happens meanwhile.
        FileRef exact = file with { ETag = etag };
        PreviewType type = PreviewTypes.Of(head, isWhole: head.Length == size);
        return type.Kind switch
        {
            PreviewKind.Empty => new PreviewContent.NotShown(type.Label, size, L["There is nothing in this file."]),
            PreviewKind.Image or PreviewKind.Svg => size <= LargestPicture
                ? new PreviewContent.Picture(type.Label, size)
                : new PreviewContent.NotShown(type.Label, size, L["Pictures are shown up to {0}. Download it to look at it.", FileSize.Text(LargestPicture)]),
            PreviewKind.Pdf => await documents.GetAsync(exact, cancellationToken) switch
            {
                PdfPreview.Shown { Removed: var removed } => new PreviewContent.Document(type.Label, size, removed),
                PdfPreview.NotShown { Problem: var problem } => new PreviewContent.NotShown(type.Label, size, PdfText.Of(problem)),
                PdfPreview.Absent { Why: var why } => new PreviewContent.Absent(why),
                _ => throw new InvalidOperationException("A document is shown or it is not."),
            },
            PreviewKind.Zip or PreviewKind.Gzip or PreviewKind.Tar => await ListAsync(exact, type, head, size, cancellationToken),
            PreviewKind.Text => Text(head, size),
            _ => new PreviewContent.Text(type.Label, size, HexDump.Of(head.AsSpan(0, Math.Min(head.Length, BinaryBytes))), size > BinaryBytes ? BinaryBytes : null, IsHex: true),
        };
    }

    private static PreviewContent Text(byte[] head, long size)
    {
        bool isWhole = head.Length == size;
        DecodedText text = TextContent.Decode(head, isWhole)!;
        if (isWhole && JsonText.Format(text.Text, FormattedBytes) is { } json) return new PreviewContent.Text(L["JSON, indented ({0})", text.Encoding], size, VisibleText.Of(json), null);
        if (CsvTable.Read(text.Text, isWhole) is { } table) return new PreviewContent.Table(L["table ({0})", text.Encoding], size, table);
        return new PreviewContent.Text(L["text ({0})", text.Encoding], size, VisibleText.Of(text.Text), isWhole ? null : head.Length);
    }

    private async Task<PreviewContent> ListAsync(FileRef file, PreviewType type, byte[] head, long size, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(ListingLimit, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using RangedStream content = new(files, file, size, ListingWindows);
        try
        {
            return new PreviewContent.Listing(type.Label, size, type.Kind switch
            {
                PreviewKind.Zip => await ZipListing.ReadAsync(content, both.Token),
                PreviewKind.Tar => await TarListing.ReadAsync(content, long.MaxValue, both.Token),
                _ => await GzipListing.ReadAsync(head, content, file.Name, both.Token),
            });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PreviewContent.NotShown(type.Label, size, L["It takes too long to list what is in it. Download it to look into it."]);
        }
    }
}

using Archiver.Web.Preview.Archives;
using Archiver.Web.Preview.Content;
using Archiver.Web.Preview.Files;
using Archiver.Web.Preview.Pdf;

namespace Archiver.Web.Preview;

/// <summary>What is shown of a file.</summary>
internal abstract record PreviewContent
{
    private PreviewContent() { }

    /// <summary>The file is not to be had.</summary>
    public sealed record Absent(FileOpening.Absent Why) : PreviewContent;

    /// <summary>It is there, and not shown.</summary>
    /// <param name="Label">What it is.</param>
    /// <param name="Size">Its size in bytes.</param>
    /// <param name="Reason">Why, a sentence.</param>
    public sealed record NotShown(string Label, long Size, string Reason) : PreviewContent;

    /// <summary>A picture, which the browser asks for.</summary>
    public sealed record Picture(string Label, long Size) : PreviewContent;

    /// <summary>A document for the browser's viewer, which asks for it.</summary>
    /// <param name="Label">What it is.</param>
    /// <param name="Size">The file's size in bytes.</param>
    /// <param name="Removed">What the file has that is not shown.</param>
    public sealed record Document(string Label, long Size, IReadOnlyList<PdfPart> Removed) : PreviewContent;

    /// <summary>Text, shown as it is.</summary>
    /// <param name="Label">What it is.</param>
    /// <param name="Size">The file's size in bytes.</param>
    /// <param name="Body">The text.</param>
    /// <param name="Cut">How many bytes of the file are shown where that is not all.</param>
    /// <param name="IsHex">Whether its lines are columns, which are not to be broken.</param>
    public sealed record Text(string Label, long Size, string Body, long? Cut, bool IsHex = false) : PreviewContent;

    /// <summary>A table.</summary>
    public sealed record Table(string Label, long Size, CsvTable Rows) : PreviewContent;

    /// <summary>What an archive has in it.</summary>
    public sealed record Listing(string Label, long Size, ArchiveListing Entries) : PreviewContent;
}

using Archiver.Web.Preview.Files;
using Microsoft.Extensions.Caching.Memory;

namespace Archiver.Web.Preview.Pdf;

/// <summary>A document as it may be shown.</summary>
internal abstract record PdfPreview
{
    private PdfPreview() { }

    /// <summary>It may.</summary>
    /// <param name="Document">The disarmed document.</param>
    /// <param name="Removed">What the file has that this has not.</param>
    public sealed record Shown(byte[] Document, IReadOnlyList<PdfPart> Removed) : PdfPreview;

    /// <summary>It may not.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record NotShown(PdfProblem Problem) : PdfPreview;

    /// <summary>The file is not to be had.</summary>
    public sealed record Absent(FileOpening.Absent Why) : PdfPreview;
}

/// <summary>
/// Documents disarmed for the browser's viewer, which runs in no sandbox. One that was disarmed is kept for a while, since the page asks
/// whether it can be shown, and then the browser asks for it.
/// </summary>
internal sealed class PdfPreviews(FileStore files, IPdfWorker worker) : IDisposable
{
    /// <summary>The largest document that is shown, in bytes.</summary>
    public const long Largest = 16L * 1024 * 1024;

    private const long MostKept = 64L * 1024 * 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();

    /// <summary>Gives a document as it may be shown. That the file is still there is asked each time.</summary>
    public async Task<PdfPreview> GetAsync(FileRef file, CancellationToken cancellationToken)
    {
        FileOpening opening = await files.OpenAsync(file, null, cancellationToken);
        if (opening is not FileOpening.Opened { File: var open }) return new PdfPreview.Absent((FileOpening.Absent)opening);
        using (open)
        {
            FileRef exact = file with { Name = "", ETag = open.ETag };
            if (_kept.TryGetValue(exact, out PdfPreview? kept)) return kept!;
            if (open.Size > Largest) return new PdfPreview.NotShown(PdfProblem.TooLarge);
            byte[] content = new byte[open.Size];
            await open.Content.ReadExactlyAsync(content, cancellationToken);
            DisarmedPdf disarmed = await worker.DisarmAsync(content, cancellationToken);
            PdfPreview preview = disarmed.Document is { } document ? new PdfPreview.Shown(document, disarmed.Removed) : new PdfPreview.NotShown(disarmed.Problem!.Value);
            return _kept.Set(exact, preview, new MemoryCacheEntryOptions { Size = 1024 + (disarmed.Document?.Length ?? 0), SlidingExpiration = Kept });
        }
    }
}

using System.Text;
using Archiver.Web.Preview.Pdf;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Logging.Abstractions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Archiver.Web.Tests.Preview;

/// <summary>Documents are copied without what acts, and what can't be read is not shown.</summary>
public sealed class PdfDisarmerTests
{
    private static readonly string[] Acting =
        ["/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/URI", "/SubmitForm", "/EmbeddedFile", "/Filespec", "/AcroForm", "/XFA", "/Names", "/Widget", "/Link", "/A <<", "hacked", "elsewhere", "calc"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Disarm_DocumentThatActs_KeepsWhatItShowsAndNothingThatActs()
    {
        DisarmedPdf disarmed = PdfDisarmer.Disarm(HostileFiles.Pdf);

        Assert.Null(disarmed.Problem);
        string text = Encoding.Latin1.GetString(disarmed.Document!);
        Assert.All(Acting, name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
        Assert.Equal(["JavaScript", "a form", "actions", "an XFA form", "an action on opening", "embedded files", "links", "media"], disarmed.Removed.Select(PdfText.Of));
        using PdfDocument shown = PdfDocument.Open(disarmed.Document!);
        Page page = Assert.Single(shown.GetPages());
        Assert.Equal("Quarterly report", string.Join(' ', page.GetWords().Select(word => word.Text)));
        Assert.Equal((420, 200), (page.Width, page.Height));
        // What a form shows is drawn as before.
        Assert.Contains("(Total 42) Tj", text, StringComparison.Ordinal);
        Assert.Contains("/Stamp", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Disarm_DocumentThatOnlyShows_HasNothingRemoved()
    {
        DisarmedPdf disarmed = PdfDisarmer.Disarm(HostileFiles.PlainPdf);

        Assert.Null(disarmed.Problem);
        Assert.Empty(disarmed.Removed);
        using PdfDocument shown = PdfDocument.Open(disarmed.Document!);
        Assert.Equal((200, 100), (shown.GetPage(1).Width, shown.GetPage(1).Height));
    }

    // A form's drawing that refers to a script, and resources that lead back to a page that has one.
    [Fact]
    public void Disarm_ActionsWhereNoneBelong_AreNotCopied()
    {
        byte[] content = HostileFiles.Document(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> /Properties << /P 3 0 R /Q 6 0 R /R << /S /Launch /F (calc.exe) >> >> >> /AA << /O 6 0 R >> >>",
            HostileFiles.Stream("", "/X Do"),
            HostileFiles.Stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /OPI 6 0 R /AF [6 0 R] /Deep << /Deeper [6 0 R] >>", "0 0 9 9 re f"),
            "<< /S /JavaScript /JS (hacked) >>");

        DisarmedPdf disarmed = PdfDisarmer.Disarm(content);

        string text = Encoding.Latin1.GetString(disarmed.Document!);
        Assert.All(Acting, name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
        Assert.Contains("0 0 9 9 re f", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-1.7\n")]
    [InlineData("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF")]
    [InlineData("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF")]
    public void Disarm_NoPages_SaysSo(string content)
    {
        DisarmedPdf disarmed = PdfDisarmer.Disarm(Encoding.Latin1.GetBytes(content));

        Assert.Null(disarmed.Document);
        Assert.Contains(disarmed.Problem, (PdfProblem?[])[PdfProblem.Broken, PdfProblem.NoPages]);
    }

    // Any part of a document, with any bytes of it changed: it is shown harmless, or it is not shown.
    [Property(MaxTest = 150)]
    public Property Disarm_BrokenDocument_NeverActs() => Prop.ForAll(
        Gen.Choose(0, HostileFiles.Pdf.Length).Zip(Gen.Choose(0, HostileFiles.Pdf.Length - 1).Zip(Gen.Choose(0, 255)).ListOf()).ToArbitrary(),
        broken =>
        {
            byte[] content = [.. HostileFiles.Pdf];
            foreach ((int offset, int value) in broken.Item2) content[offset] = (byte)value;
            DisarmedPdf disarmed = PdfDisarmer.Disarm(content[..broken.Item1]);
            string text = Encoding.Latin1.GetString(disarmed.Document ?? []);
            return disarmed.Document is null == disarmed.Problem is not null && !text.Contains("/JS", StringComparison.Ordinal) && !text.Contains("/OpenAction", StringComparison.Ordinal);
        });

    [Fact]
    public async Task Worker_Document_IsDisarmedInAProcessOfItsOwn()
    {
        using PdfWorker worker = new(TimeProvider.System, NullLogger<PdfWorker>.Instance);

        DisarmedPdf disarmed = await worker.DisarmAsync(HostileFiles.Pdf, Cancel);
        DisarmedPdf refused = await worker.DisarmAsync("%PDF-1.7 and no more"u8.ToArray(), Cancel);

        Assert.Null(disarmed.Problem);
        Assert.Equal(Objects(PdfDisarmer.Disarm(HostileFiles.Pdf)), Objects(disarmed));
        Assert.Contains(PdfPart.JavaScript, disarmed.Removed);
        Assert.NotNull(refused.Problem);
        Assert.Null(refused.Document);
    }

    // Objects that unpack to a gigabyte: the process that reads them has a bound, and this one notices nothing.
    [Fact]
    public async Task Worker_DocumentThatUnpacksWithoutEnd_IsNotShown()
    {
        using PdfWorker worker = new(TimeProvider.System, NullLogger<PdfWorker>.Instance);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        DisarmedPdf disarmed = await worker.DisarmAsync(Bomb(), Cancel);

        Assert.Null(disarmed.Document);
        Assert.NotNull(disarmed.Problem);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64L * 1024 * 1024);
    }

    // All but the trailer, which has an id of its own each time.
    private static string Objects(DisarmedPdf disarmed) => Encoding.Latin1.GetString(disarmed.Document!).Split("trailer")[0];

    // A cross-reference stream of 1 GB of zeros, which nothing can be found without.
    private static byte[] Bomb()
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.ZLibStream zeros = new(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] some = new byte[1024 * 1024];
            for (int i = 0; i < 1024; i++) zeros.Write(some);
        }
        string stream = Encoding.Latin1.GetString(packed.ToArray());
        string head = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 3 0 R >>\nendobj\n";
        return Encoding.Latin1.GetBytes($"{head}2 0 obj\n<< /Type /XRef /Size 4 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode /Length {packed.Length} >>\nstream\n{stream}\nendstream\nendobj\nstartxref\n{head.Length}\n%%EOF\n");
    }
}

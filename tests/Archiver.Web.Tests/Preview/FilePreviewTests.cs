using System.IO.Compression;
using System.Text;
using Amazon.S3.Model;
using AngleSharp.Dom;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Pages;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Preview;
using Archiver.Web.Preview.Files;
using Archiver.Web.Results.Pages;
using Archiver.Web.Runs;
using Archiver.Web.Tests.Shell.Language;
using Bunit;

namespace Archiver.Web.Tests.Preview;

/// <summary>What is on the page for each kind of file, and where results and approvals lead.</summary>
public sealed class FilePreviewTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Show_Picture_IsAnImageElement()
    {
        IRenderedComponent<FilePreview> preview = await ShowAsync("a.bin", HostileFiles.Png(3, 3));

        IElement image = preview.Find("img");
        Assert.Equal(("/approvals/a%2Fb/picture", "a.bin"), (image.GetAttribute("src"), image.GetAttribute("alt")));
        Assert.StartsWith("PNG image", preview.Find(".head .muted").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Svg_IsAnImageElementAndNoMarkup()
    {
        IRenderedComponent<FilePreview> preview = await ShowAsync("a.svg", HostileFiles.Svg);

        Assert.Equal("/approvals/a%2Fb/picture", preview.Find("img").GetAttribute("src"));
        Assert.DoesNotContain("circle", preview.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Html_IsText()
    {
        IRenderedComponent<FilePreview> preview = await ShowAsync("a.html", HostileFiles.Html);

        Assert.Equal(Encoding.UTF8.GetString(HostileFiles.Html), preview.Find("pre").TextContent);
        Assert.Empty(preview.FindAll("script, iframe, img"));
    }

    [Fact]
    public async Task Show_Json_IsIndented()
    {
        IRenderedComponent<FilePreview> preview = await ShowAsync("a", """{"a":[1,2]}"""u8.ToArray());

        Assert.Equal("{\n  \"a\": [\n    1,\n    2\n  ]\n}", preview.Find("pre").TextContent.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Show_Csv_IsATableOfText()
    {
        IRenderedComponent<FilePreview> preview = await ShowAsync("a.csv", HostileFiles.Csv);

        Assert.Equal(["name", "total"], preview.FindAll("th").Select(cell => cell.TextContent));
        Assert.StartsWith("=HYPERLINK(", preview.FindAll("td")[0].TextContent, StringComparison.Ordinal);
        Assert.Empty(preview.FindAll("td a, script"));
    }

    [Fact]
    public async Task Show_Pdf_IsAFrameAndSaysWhatIsLeftOut()
    {
        IRenderedComponent<FilePreview> preview = await ShowAsync("a.pdf", HostileFiles.Pdf);

        Assert.Equal("/approvals/a%2Fb/document", preview.Find("iframe").GetAttribute("src"));
        Assert.Contains("JavaScript", preview.Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_PdfThatAnotherViewerSawInEnglish_IsDescribedInGerman()
    {
        FileRef file = await Cloud.StoreAsync("a.pdf", HostileFiles.Pdf);
        Assert.Contains("a form", (await ShowAsync(file)).Find(".note").TextContent, StringComparison.Ordinal);

        using InLanguage german = InLanguage.German();
        IRenderedComponent<FilePreview> preview = await ShowAsync(file);

        Assert.StartsWith("PDF-Dokument", preview.Find(".head .muted").TextContent, StringComparison.Ordinal);
        Assert.Contains("ein Formular", preview.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("a form", preview.Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_PdfThatCantBeDisarmed_IsNotShown()
    {
        IRenderedComponent<FilePreview> preview = await ShowAsync("a.pdf", "%PDF-1.7 and no more"u8.ToArray());

        Assert.Empty(preview.FindAll("iframe"));
        Assert.Contains("download it", preview.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.Contains(preview.FindAll("a[download]"), link => link.TextContent.Trim() == "Download");
    }

    [Fact]
    public async Task Show_Zip_ListsIt()
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("../<b>evil</b>\u202Egpj.exe");
            using Stream large = archive.CreateEntry("large.bin", CompressionLevel.NoCompression).Open();
            large.Write(new byte[600_000]);
        }

        IRenderedComponent<FilePreview> preview = await ShowAsync("a.zip", zip.ToArray());

        Assert.Equal(["../<b>evil</b>[U+202E]gpj.exe", "large.bin"], preview.FindAll("tbody td:first-child").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("2 entries", preview.Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OtherBytes_AreInHexadecimal()
    {
        IRenderedComponent<FilePreview> preview = await ShowAsync("a.txt", [0, 1, 2, .. new byte[5000]]);

        Assert.StartsWith("00000000  00 01 02", preview.Find("pre").TextContent, StringComparison.Ordinal);
        Assert.Equal(128, preview.Find("pre").TextContent.Trim().Split('\n').Length);
        Assert.Contains("first 2 KB", preview.Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_LargeText_IsItsBeginning()
    {
        IRenderedComponent<FilePreview> preview = await ShowAsync("a.txt", Encoding.UTF8.GetBytes(new string('é', 300_000)));

        Assert.Equal(PreviewReader.TextBytes / 2, preview.Find("pre").TextContent.Length);
        Assert.Contains("first 256 KB", preview.Find(".note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_EmptyFile_SaysSo() => Assert.Contains("nothing in this file", (await ShowAsync("a", [])).Find(".note").TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task Show_FileThatIsGone_SaysSoAndOffersNoDownload()
    {
        FileRef file = await Cloud.StoreAsync("a.txt", "x"u8.ToArray());
        await Cloud.S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = file.Bucket, Key = file.Key, VersionId = file.VersionId }, Cancel);

        IRenderedComponent<FilePreview> preview = await ShowAsync(file);

        Assert.Contains("The file is gone.", preview.Markup, StringComparison.Ordinal);
        Assert.Empty(preview.FindAll("a[download]"));
    }

    [Fact]
    public async Task Show_FileOfAnOtherVersion_IsTheOneThatWasNamed()
    {
        FileRef file = await Cloud.StoreAsync("a.txt", "first"u8.ToArray());
        await Cloud.StoreAsync("a.txt", "second"u8.ToArray(), key: file.Key);

        Assert.Equal("first", (await ShowAsync(file)).Find("pre").TextContent);
        Assert.Contains("The file has changed.", (await ShowAsync(file with { VersionId = null })).Markup, StringComparison.Ordinal);
        IRenderedComponent<FilePreview> now = await ShowAsync(file with { VersionId = null, ETag = null });
        Assert.Equal("second", now.Find("pre").TextContent);
        Assert.Contains("what is there now", now.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_ToSomebodyWithoutARole_ShowsNothing()
    {
        FileRef file = await Cloud.StoreAsync("a.txt", "secret"u8.ToArray());
        Get<Caller>().Become(new Person("test|Nora", "Nora", new HashSet<Role>()), null);

        IRenderedComponent<FilePreview> preview = Render<FilePreview>(parameters => parameters.Add(one => one.File, file).Add(one => one.Owner, FileOwner.Approval).Add(one => one.Id, "a"));

        Assert.Equal("", preview.Markup.Trim());
    }

    [Fact]
    public async Task ApprovalPage_OfAFile_ShowsIt()
    {
        Approval approval = await PreviewFiles.AskAsync(Services, await Cloud.StoreAsync("a.txt", "to be decided"u8.ToArray()));

        IRenderedComponent<ApprovalPage> page = Render<ApprovalPage>(parameters => parameters.Add(one => one.Id, approval.Id));

        await page.WaitForAssertionAsync(() => Assert.Equal("to be decided", page.Find(".preview pre").TextContent));
    }

    [Fact]
    public async Task ApprovalPage_OfAFileThatWasMoved_LeadsToItsResult()
    {
        FileRef moved = await Cloud.StoreAsync("a.txt", "archived"u8.ToArray());
        string result = await Cloud.RecordAsync(moved, asked: true);
        Approval approval = await PreviewFiles.AskAsync(Services, moved with { Key = "gone", VersionId = null }, Cloud.Run(result), ApprovalStatus.Delivered);

        IRenderedComponent<ApprovalPage> page = Render<ApprovalPage>(parameters => parameters.Add(one => one.Id, approval.Id));

        await page.WaitForAssertionAsync(() => Assert.Equal($"/results/{result}", page.Find(".preview a").GetAttribute("href")));
        Assert.Contains(page.FindAll(".facts a"), link => link.GetAttribute("href") == $"/results/{result}");
    }

    [Fact]
    public async Task ResultPage_OfAnApprovedFile_LeadsToRunFileAndApproval()
    {
        FileRef file = await Cloud.StoreAsync("a.txt", "archived"u8.ToArray());
        PutObjectResponse copy = await Cloud.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = Cloud.Resources.ArchiveBucket, Key = file.Key, ContentBody = "archived", Metadata = { ["archiver-reviewer"] = "J%C3%B6rg", ["archiver-action"] = "Archived", ["other"] = "x" } }, Cancel);
        string result = await Cloud.RecordAsync(new FileRef("a.txt", Cloud.Resources.ArchiveBucket, file.Key, copy.VersionId), asked: true);
        Approval approval = await PreviewFiles.AskAsync(Services, file, Cloud.Run(result), ApprovalStatus.Delivered);

        IRenderedComponent<ResultPage> page = Render<ResultPage>(parameters => parameters.Add(one => one.Id, result));

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".record li")));
        await page.WaitForAssertionAsync(() => Assert.Equal("archived", page.Find(".preview pre").TextContent));
        string?[] links = [.. page.FindAll("a").Select(link => link.GetAttribute("href"))];
        Assert.Contains($"/runs/{result}", links);
        Assert.Contains($"/approvals/{approval.Id}", links);
        Assert.Contains($"/results/{result}/file", links);
        string[] facts = [.. page.FindAll(".list div").Select(fact => $"{fact.QuerySelector("dt")!.TextContent}: {fact.QuerySelector("dd")!.TextContent}")];
        Assert.Contains($"Bucket: {Cloud.Resources.ArchiveBucket}", facts);
        Assert.Contains($"Version: {copy.VersionId}", facts);
        Assert.Contains("Reviewer: Jörg", facts);
        Assert.DoesNotContain("other: x", facts);
    }

    [Fact]
    public async Task ResultPage_OfASimulatedFile_SaysThatItIsNowhere()
    {
        IRenderedComponent<ResultPage> page = Render<ResultPage>(parameters => parameters.Add(one => one.Id, "none"));
        await page.WaitForAssertionAsync(() => Assert.Contains("There is no such result", page.Markup, StringComparison.Ordinal));
        string result = await Cloud.RecordAsync(null);

        page.Render(parameters => parameters.Add(one => one.Id, result));

        await page.WaitForAssertionAsync(() => Assert.Contains("this file was simulated", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".preview"));
    }

    [Fact]
    public async Task RunLinks_OfARunThatEnded_LeadToWhatItAskedAndItsResult()
    {
        FileRef file = await Cloud.StoreAsync("a.txt", "x"u8.ToArray());
        string result = await Cloud.RecordAsync(file, asked: true);
        Approval approval = await PreviewFiles.AskAsync(Services, file, Cloud.Run(result), ApprovalStatus.Delivered);

        IRenderedComponent<RunLinks> links = Render<RunLinks>(parameters => parameters.Add(one => one.Arn, Cloud.Run(result)).Add(one => one.HasEnded, false));
        Assert.Empty(links.FindAll("a"));
        links.Render(parameters => parameters.Add(one => one.HasEnded, true));

        await links.WaitForAssertionAsync(() => Assert.Equal(
            [$"/approvals/{approval.Id}", $"/results/{result}"], links.FindAll("a").Select(link => link.GetAttribute("href"))));
    }

    private async Task<IRenderedComponent<FilePreview>> ShowAsync(string name, byte[] content) => await ShowAsync(await Cloud.StoreAsync(name, content, "text/html"));

    private async Task<IRenderedComponent<FilePreview>> ShowAsync(FileRef file)
    {
        IRenderedComponent<FilePreview> preview = Render<FilePreview>(parameters => parameters.Add(one => one.File, file).Add(one => one.Owner, FileOwner.Approval).Add(one => one.Id, "a/b"));
        await preview.WaitForAssertionAsync(() => Assert.Empty(preview.FindAll(".mud-skeleton")));
        return preview;
    }
}

using System.Text;
using Amazon.S3.Model;
using Amazon.StepFunctions.Model;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Welcome;
using Bunit;
using UglyToad.PdfPig;
using WelcomeView = Archiver.Web.Shell.Welcome.Welcome;

namespace Archiver.Web.Tests.Shell.Welcome;

/// <summary>The welcome, each time over a cloud in which nothing has happened yet.</summary>
public sealed class WelcomeTests : IAsyncLifetime
{
    private const string Below = "<p>Nothing here</p>";

    private readonly CloudFixture _cloud = new();
    private Fresh _context = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _cloud.InitializeAsync();
        _context = new Fresh(_cloud);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Welcome_NothingHappenedYet_StartsTenRunsAndIsOver()
    {
        IRenderedComponent<WelcomeView> welcome = Render();
        await welcome.WaitForAssertionAsync(() => Assert.Contains("Welcome to Archiver", welcome.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Nothing here", welcome.Markup, StringComparison.Ordinal);

        await welcome.FindAll("button").Single(button => button.TextContent.Trim() == "Start ten simulated runs").ClickAsync();

        await welcome.WaitForAssertionAsync(() => Assert.EndsWith("/runs", _context.Get<BunitNavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Equal("10 runs started.", Assert.Single(_context.Heard));
        Assert.Equal(10, (await _cloud.StepFunctions.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = _cloud.Resources.StateMachineArn }, Cancel)).Executions.Count);
        Assert.False(await _context.Get<FirstStart>().IsNowAsync(Cancel));
        IRenderedComponent<WelcomeView> next = Render();
        await next.WaitForAssertionAsync(() => Assert.Contains("Nothing here", next.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Welcome_TheSampleFile_IsUploadedOnRecordAndItsRunAsksAPerson()
    {
        IRenderedComponent<WelcomeView> welcome = Render();
        await welcome.WaitForAssertionAsync(() => Assert.Contains("Welcome to Archiver", welcome.Markup, StringComparison.Ordinal));

        await welcome.FindAll("button").Single(button => button.TextContent.Trim() == "Try it with a sample file").ClickAsync();

        await welcome.WaitForAssertionAsync(() => Assert.EndsWith("/approvals", _context.Get<BunitNavigationManager>().Uri, StringComparison.Ordinal));
        ListObjectsV2Response stored = await _cloud.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _cloud.Resources.InboxBucket }, Cancel);
        Assert.EndsWith("/Sample letter.pdf", Assert.Single(stored.S3Objects).Key, StringComparison.Ordinal);
        ExecutionListItem run = Assert.Single((await _cloud.StepFunctions.ListExecutionsAsync(
            new ListExecutionsRequest { StateMachineArn = _cloud.Resources.StateMachineArn }, Cancel)).Executions);
        DescribeExecutionResponse described = await _cloud.StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = run.ExecutionArn }, Cancel);
        Assert.Contains("\"approval_needed\":true", described.Input, StringComparison.Ordinal);
        Assert.Equal([Operation.StartRun, Operation.UploadFile], _context.Recorded.Select(entry => entry.Operation).Distinct().Order().Reverse());
    }

    [Fact]
    public async Task Welcome_PutAwayInThisBrowser_LeavesThePageItsOwn()
    {
        _context.JSInterop.SetupModule("./Shell/Welcome/Welcome.razor.js").Setup<bool>("isPutAway").SetResult(true);

        IRenderedComponent<WelcomeView> welcome = Render();

        await welcome.WaitForAssertionAsync(() => Assert.Contains("Nothing here", welcome.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Welcome", welcome.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void SampleFile_OfEveryDashboard_IsADocumentThatCanBeRead()
    {
        byte[] file = SampleFile.Create();

        using PdfDocument document = PdfDocument.Open(file);
        Assert.Equal(1, document.NumberOfPages);
        Assert.Contains("Dear reader,", document.GetPage(1).Text, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(file), StringComparison.Ordinal);
    }

    private IRenderedComponent<WelcomeView> Render() => _context.Render<WelcomeView>(parameters => parameters.AddChildContent(Below));

    private sealed class Fresh(CloudFixture cloud) : DashboardContext(cloud)
    {
        public IReadOnlyList<string> Heard => Said;

        public IReadOnlyList<Archiver.Web.Audit.AuditEntry> Recorded => [.. Trail.Entries];

        public new T Get<T>() where T : notnull => base.Get<T>();
    }
}

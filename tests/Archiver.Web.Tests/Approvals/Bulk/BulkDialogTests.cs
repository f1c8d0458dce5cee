using System.Globalization;
using AngleSharp.Dom;
using Archiver.Web.Approvals.Bulk;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Bunit;
using MudBlazor;

namespace Archiver.Web.Tests.Approvals.Bulk;

/// <summary>The dialog that decides on many, over the real table.</summary>
public sealed class BulkDialogTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_AFew_AsksForNoNumberAndSaysWhatBecameOfEach()
    {
        IReadOnlyList<Approval> seen = await AskAsync(3);
        await Get<ApprovalsStore>().DecideAsync(seen[1], Samples.Settle(false, "Bob", "no", Start), Cancel); // which this dashboard has not heard of
        IRenderedComponent<MudDialogProvider> dialogs = await OpenAsync(seen);
        Assert.Equal("Decide on 3 files", dialogs.Find("h2").TextContent);
        Assert.Empty(dialogs.FindAll(".confirm"));

        await Button(dialogs, "Approve 3").ClickAsync();

        await dialogs.WaitForAssertionAsync(() => Assert.Equal("Done: 3 of 3", dialogs.Find(".progress [role=status]").TextContent));
        Assert.Equal(["All 3", "Approved 2", "Decided before 1"], dialogs.FindAll(".filters button").Select(button => button.TextContent));
        Assert.Equal("Undo 2", Button(dialogs, "Undo 2").TextContent.Trim());
        await dialogs.FindAll(".filters button")[2].ClickAsync();
        IElement row = Assert.Single(dialogs.FindAll(".items tbody tr"), one => one.QuerySelector(".name") is not null);
        Assert.StartsWith("Denied by Bob at ", row.QuerySelector(".muted")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [ApprovalStatus.Decided, ApprovalStatus.Decided, ApprovalStatus.Decided],
            await Task.WhenAll(seen.Select(async one => (await Get<ApprovalsStore>().GetAsync(one.Id, Cancel))!.Status)));
        Assert.Equal(3, Trail.Entries.Count(entry => entry is { Operation: Operation.Decide, Phase: AuditPhase.Attempted }));
        Assert.Equal(2, Trail.Entries.Count(entry => entry is { Operation: Operation.Decide, Phase: AuditPhase.Done }));
        Assert.Single(Trail.Entries, entry => entry is { Operation: Operation.Decide, Phase: AuditPhase.NotDone });

        await Button(dialogs, "Undo 2").ClickAsync();

        await dialogs.WaitForAssertionAsync(() => Assert.Contains(dialogs.FindAll(".filters button"), button => button.TextContent == "Taken back 2"));
        Assert.Equal(ApprovalStatus.Pending, (await Get<ApprovalsStore>().GetAsync(seen[0].Id, Cancel))!.Status);
        await Button(dialogs, "Close").ClickAsync();
        Assert.Null(Get<BulkRuns>().Current);
    }

    [Fact]
    public async Task Deny_More_NeedsAReasonAndTheNumber()
    {
        IReadOnlyList<Approval> seen = await AskAsync(26);
        IRenderedComponent<MudDialogProvider> dialogs = await OpenAsync(seen);

        await dialogs.FindAll("input[type=radio]")[1].ChangeAsync(true);
        await Button(dialogs, "Deny 26").ClickAsync();
        Assert.Null(Get<BulkRuns>().Current);
        Assert.Contains("Say why: it is recorded with each result.", dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("Type the number, so that it is not decided by mistake.", dialogs.Markup, StringComparison.Ordinal);
        await dialogs.Find("textarea").InputAsync("blurred");
        await dialogs.Find(".confirm input").InputAsync("25");
        await Button(dialogs, "Deny 26").ClickAsync();
        Assert.Null(Get<BulkRuns>().Current);
        await dialogs.Find(".confirm input").InputAsync("26");
        await Button(dialogs, "Deny 26").ClickAsync();

        await dialogs.WaitForAssertionAsync(() => Assert.Equal("Done: 26 of 26", dialogs.Find(".progress [role=status]").TextContent));
        Assert.Equal("blurred", (await Get<ApprovalsStore>().GetAsync(seen[25].Id, Cancel))!.Decision!.Comment);
    }

    [Fact]
    public async Task Retry_AfterTheRecordFailed_DecidesThose()
    {
        IReadOnlyList<Approval> seen = await AskAsync(2);
        IRenderedComponent<MudDialogProvider> dialogs = await OpenAsync(seen);
        Trail.Failure = new IOException("The disk is full.");
        await Button(dialogs, "Approve 2").ClickAsync();
        await dialogs.WaitForAssertionAsync(() => Assert.Contains("It could not be put on record, and so was not done: The disk is full.", dialogs.Markup, StringComparison.Ordinal));
        Trail.Failure = null;

        await Button(dialogs, "Retry 2").ClickAsync();

        await dialogs.WaitForAssertionAsync(() => Assert.Equal(["All 2", "Approved 2"], dialogs.FindAll(".filters button").Select(button => button.TextContent)));
    }

    [Fact]
    public async Task Close_WhileItIsUnderWay_AsksFirst()
    {
        IReadOnlyList<Approval> seen = await AskAsync(1);
        TaskCompletionSource<BulkEnd> end = new();
        BulkRuns runs = Get<BulkRuns>();
        FakeWork work = new() { End = (_, _) => end.Task };
        runs.Show(new BulkRun(seen, new BulkDecision(true, null), work));
        Task deciding = runs.Current!.DecideAsync();
        IRenderedComponent<MudDialogProvider> dialogs = await OpenAsync([]);
        Assert.Equal("Approving: 0 of 1", dialogs.Find(".progress [role=status]").TextContent);

        await Button(dialogs, "Close").ClickAsync();
        Assert.Contains("This is under way.", dialogs.Markup, StringComparison.Ordinal);
        await Button(dialogs, "Close, and let it go on").ClickAsync();
        await dialogs.WaitForAssertionAsync(() => Assert.Empty(dialogs.FindAll(".mud-dialog")));
        Assert.True(runs.Current!.Progress.IsRunning);

        IRenderedComponent<BulkStatus> status = Render<BulkStatus>();
        Assert.Equal("Approving: 0 of 1", status.Find("button").TextContent);
        end.SetResult(BulkEnd.Decided);
        await deciding;
        Assert.Equal(1, runs.Current.Count(BulkEnd.Decided));
    }

    [Fact]
    public async Task Open_WithSomethingElseChosen_ShowsWhatIsUnderWayAndNotWhatIsOver()
    {
        IReadOnlyList<Approval> seen = await AskAsync(2);
        TaskCompletionSource<BulkEnd> end = new();
        FakeWork work = new() { End = (_, _) => end.Task };
        Get<BulkRuns>().Show(new BulkRun([Samples.Pending("before")], new BulkDecision(false, "no"), work));
        Task deciding = Get<BulkRuns>().Current!.DecideAsync();

        IRenderedComponent<MudDialogProvider> dialogs = await OpenAsync(seen);
        Assert.Contains("This was begun before.", dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal("Denying: 0 of 1", dialogs.Find(".progress [role=status]").TextContent);
        await Button(dialogs, "Close").ClickAsync();
        await Button(dialogs, "Close, and let it go on").ClickAsync();
        await dialogs.WaitForAssertionAsync(() => Assert.Empty(dialogs.FindAll(".mud-dialog")));
        end.SetResult(BulkEnd.Decided);
        await deciding;

        await dialogs.InvokeAsync(() => BulkDialog.ShowAsync(Get<IDialogService>(), seen));
        await dialogs.WaitForAssertionAsync(() => Assert.Equal("Decide on 2 files", dialogs.Find("h2").TextContent));
    }

    [Fact]
    public async Task Open_ForWhoMayNotDecide_RefusesEach()
    {
        IReadOnlyList<Approval> seen = await AskAsync(1);
        IRenderedComponent<MudDialogProvider> dialogs = await OpenAsync(seen);
        Get<Caller>().Become(Permits.Someone("Vi", Role.Viewer), null); // the role went while the dialog was open

        await Button(dialogs, "Approve 1").ClickAsync();

        await dialogs.WaitForAssertionAsync(() => Assert.Contains("This takes the role Reviewer, which you don't have.", dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal(ApprovalStatus.Pending, (await Get<ApprovalsStore>().GetAsync(seen[0].Id, Cancel))!.Status);
    }

    [Fact]
    public async Task Csv_OfTheResults_HasEachWithWhatBecameOfIt()
    {
        FakeWork work = new() { End = (id, _) => Task.FromResult(id == "0" ? BulkEnd.Decided : BulkEnd.Failed) };
        using BulkRun run = new([Samples.Pending("0", "=1+1.pdf"), Samples.Pending("1", "b.pdf")], new BulkDecision(true, null), work);
        await run.DecideAsync();
        using MemoryStream body = new();

        await BulkCsv.WriteAsync(run.Items, item => item.Outcome!.End == BulkEnd.Failed ? "why, \"so\"" : null, body, Cancel);

        string[] lines = System.Text.Encoding.UTF8.GetString(body.ToArray()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Name,Outcome,Detail,Reviewer,DecidedAt,Id,Version,ExecutionArn", lines[0]);
        Assert.DoesNotMatch("^\"?=", lines[1]); // a spreadsheet would run it
        Assert.Equal("b.pdf,Failed,\"why, \"\"so\"\"\",,,1,1,", lines[2]);
    }

    private static IElement Button(IRenderedComponent<MudDialogProvider> dialogs, string text) => dialogs.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(IReadOnlyList<Approval> seen)
    {
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        await dialogs.InvokeAsync(() => BulkDialog.ShowAsync(Get<IDialogService>(), seen));
        await dialogs.WaitForAssertionAsync(() => Assert.NotEmpty(dialogs.FindAll(".mud-dialog-actions button")));
        return dialogs;
    }

    private async Task<IReadOnlyList<Approval>> AskAsync(int count)
    {
        Approval[] approvals = [.. Enumerable.Range(0, count).Select(number =>
            Samples.Pending(Guid.NewGuid().ToString("N"), string.Create(CultureInfo.InvariantCulture, $"{number}.pdf")))];
        foreach (Approval approval in approvals)
        {
            await Get<ApprovalsStore>().AddAsync(approval, "a token", Cancel);
            Get<ApprovalsFeed>().Publish(approval);
        }
        return approvals;
    }
}

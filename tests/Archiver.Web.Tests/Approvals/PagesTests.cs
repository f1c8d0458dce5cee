using AngleSharp.Dom;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Approvals.Pages;
using Archiver.Web.Identity;
using Archiver.Web.Shell.Welcome;
using Bunit;
using MudBlazor;
using ApprovalsPage = Archiver.Web.Approvals.Pages.Approvals;

namespace Archiver.Web.Tests.Approvals;

public sealed class PagesTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inbox_Empty_SaysWhatToDoNext()
    {
        // Something waited before: whoever comes now is not new here.
        Approval before = Samples.Pending();
        Get<ApprovalsFeed>().Publish(before);
        Assert.False(await Get<FirstStart>().IsNowAsync(Cancel));
        Get<ApprovalsFeed>().Publish(before with { Status = ApprovalStatus.Delivered, Version = before.Version + 1 });

        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains("Nothing waits for you", page.Markup, StringComparison.Ordinal));
        Assert.Contains("/runs", page.Find(".empty-state a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_OneApproval_ShowsEverythingThatAReviewerDecidesBy()
    {
        Get<ApprovalsFeed>().Publish(Samples.Pending() with { ExpiresAt = Start.AddHours(3) });

        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        string row = (await page.WaitForElementAsync("tr.approval")).TextContent;
        Assert.Contains("ledger.pdf", row, StringComparison.Ordinal);
        Assert.Contains("MB", row, StringComparison.Ordinal);
        Assert.Contains("Yes", row, StringComparison.Ordinal);
        Assert.Contains("35 / 50", row, StringComparison.Ordinal);
        Assert.Contains("Reject: quality", row, StringComparison.Ordinal);
        Assert.Contains("The extension .pdf disagrees with the content.", row, StringComparison.Ordinal);
        Assert.Contains("2 min", row, StringComparison.Ordinal);
        Assert.Contains("3 h", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_NameWithMarkup_IsShownAsText()
    {
        Get<ApprovalsFeed>().Publish(Samples.Pending(name: "<script>alert(1)</script>\"../.pdf"));

        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        await page.WaitForElementAsync("tr.approval");
        Assert.Empty(page.FindAll("script"));
        Assert.Equal("<script>alert(1)</script>\"../.pdf", page.Find("tr.approval a.name").TextContent);
    }

    [Fact]
    public async Task Inbox_ANewApproval_ComesWithoutAReload()
    {
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        Get<ApprovalsFeed>().Publish(Samples.Pending(name: "late.pdf"));

        await page.WaitForAssertionAsync(() => Assert.Equal("late.pdf", page.Find("tr.approval a.name").TextContent));
    }

    [Fact]
    public async Task Inbox_OrderInTheUrl_IsTheOrderOfTheRows()
    {
        Get<ApprovalsFeed>().Publish(Samples.Pending("1", "old.pdf", Samples.Asked.AddHours(-1)));
        Get<ApprovalsFeed>().Publish(Samples.Pending("2", "new.pdf"));
        Get<BunitNavigationManager>().NavigateTo("/approvals?order=oldest");

        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(["old.pdf", "new.pdf"], page.FindAll("tr.approval a.name").Select(name => name.TextContent)));
    }

    [Fact]
    public async Task Approve_OneClick_DecidesUnderTheReviewersName()
    {
        Get<Caller>().Become(Permits.Someone("Ann"), null);
        Approval approval = await PutAsync("click.pdf");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        await (await page.WaitForElementAsync("button[aria-label='Approve click.pdf']")).ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("button[aria-label='Undo click.pdf']")));
        Assert.Empty(page.FindAll("button[aria-label='Approve click.pdf']"));
        Approval decided = (await Get<ApprovalsStore>().GetAsync(approval.Id, Cancel))!;
        Assert.True(decided.Decision!.Approved);
        Assert.Equal("Ann", decided.Decision.Reviewer);
        Assert.Equal(Start, decided.Decision.DecidedAt);
        Assert.Contains("Approved click.pdf.", Said);
        Assert.Contains("Approved", page.Find("tr.decided .decide").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_WhatSomebodyElseDecided_TellsWhoAndWhen()
    {
        Approval approval = await PutAsync("late.pdf");
        // The other reviewer's decision is in the table, and the news of it has not come here yet.
        await Get<ApprovalsStore>().DecideAsync(approval, Samples.Settle(false, "Bob", "no", Start), Cancel);
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        await (await page.WaitForElementAsync("button[aria-label='Approve late.pdf']")).ClickAsync();

        await SaidAsync(said => said.StartsWith("late.pdf was decided before you. Denied by Bob at ", StringComparison.Ordinal));
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("button[aria-label='Approve late.pdf']")));
        Assert.Empty(page.FindAll("button[aria-label='Undo late.pdf']")); // that is Bob's to do
    }

    [Fact]
    public async Task Undo_WithinTheTime_PutsTheApprovalBack()
    {
        Get<Caller>().Become(Permits.Someone("Ann"), null);
        Approval approval = await PutAsync("back.pdf");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        await (await page.WaitForElementAsync("button[aria-label='Approve back.pdf']")).ClickAsync();
        IElement undo = await page.WaitForElementAsync("button[aria-label='Undo back.pdf']");
        Assert.Contains("Is sent in 5 s.", page.Markup, StringComparison.Ordinal);

        await undo.ClickAsync();

        // The page draws ten times a second at most, by this clock.
        while (page.FindAll("button[aria-label='Approve back.pdf']").Count == 0)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
        Assert.Contains("Taken back: back.pdf waits again.", Said);
        ApprovalRecord record = (await Get<ApprovalsStore>().GetRecordAsync(approval.Id, Cancel))!;
        Assert.Equal(ApprovalStatus.Pending, record.Approval.Status);
        Assert.Null(record.Approval.Decision);
        Assert.Equal([ApprovalEventKind.Asked, ApprovalEventKind.Approved, ApprovalEventKind.Undone], record.Events.Select(line => line.Kind));
    }

    [Fact]
    public async Task Undo_AfterTheTime_IsNotOffered()
    {
        Get<Caller>().Become(Permits.Someone("Ann"), null);
        await PutAsync("sent.pdf");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        await (await page.WaitForElementAsync("button[aria-label='Approve sent.pdf']")).ClickAsync();
        await page.WaitForElementAsync("button[aria-label='Undo sent.pdf']");

        Time.Advance(TimeSpan.FromSeconds(6));

        await page.WaitForAssertionAsync(() => Assert.Contains("Is being sent.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button[aria-label='Undo sent.pdf']"));
    }

    [Fact]
    public async Task Deny_WithoutAReason_AsksForOne()
    {
        Approval approval = await PutAsync("deny.pdf");
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        IRenderedComponent<DecisionButtons> buttons = Render<DecisionButtons>(parameters => parameters.Add(one => one.Approval, approval));

        buttons.Find("button[aria-label='Deny deny.pdf']").Click(); // its task ends with the dialog
        await dialogs.WaitForAssertionAsync(() => Assert.NotNull(DialogButton(dialogs, "Deny")));
        await DialogButton(dialogs, "Deny").ClickAsync();
        Assert.Contains("Say why", dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal(ApprovalStatus.Pending, (await Get<ApprovalsStore>().GetAsync(approval.Id, Cancel))!.Status);

        await dialogs.Find("textarea").InputAsync("Not the final version");
        await DialogButton(dialogs, "Deny").ClickAsync();

        await SaidAsync("Denied deny.pdf.");
        Assert.Equal("Not the final version", (await Get<ApprovalsStore>().GetAsync(approval.Id, Cancel))!.Decision!.Comment);
    }

    [Fact]
    public async Task ApprovalPage_Pending_ShowsTheFileAndTurnsWhenItIsSettled()
    {
        Approval approval = await PutAsync("detail.pdf");
        IRenderedComponent<ApprovalPage> page = Render<ApprovalPage>(parameters => parameters.Add(one => one.Id, approval.Id));
        await page.WaitForAssertionAsync(() => Assert.Contains("detail.pdf", page.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll(".file li").Count);

        Get<ApprovalsFeed>().Publish(Samples.Denied(approval, "Bob"));

        await page.WaitForAssertionAsync(() => Assert.Contains("Denied by Bob", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button[aria-label^='Approve']"));
    }

    [Fact]
    public async Task ApprovalPage_NoSuchApproval_SaysSo()
    {
        IRenderedComponent<ApprovalPage> page = Render<ApprovalPage>(parameters => parameters.Add(one => one.Id, "nothing"));

        await page.WaitForAssertionAsync(() => Assert.Contains("There is no such approval", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Outcome_EveryKind_IsSaidInWords()
    {
        Approval seen = Samples.Pending();
        Approval closed = seen with { Status = ApprovalStatus.Closed, Closing = new Closing(ClosedReason.RunStopped) };
        Archiver.Web.Shell.ViewerTime viewer = Get<Archiver.Web.Shell.ViewerTime>();

        Assert.Equal("Denied ledger.pdf.", Archiver.Web.Approvals.ApprovalText.Outcome(seen, false, new DecisionOutcome.Accepted(seen, TimeSpan.Zero), viewer).Message);
        Assert.Equal(
            "ledger.pdf is no longer waiting. The run was stopped.",
            Archiver.Web.Approvals.ApprovalText.Outcome(seen, true, new DecisionOutcome.NoLongerWaiting(closed), viewer).Message);
        Assert.Equal(Severity.Info, Archiver.Web.Approvals.ApprovalText.Outcome(seen, true, new DecisionOutcome.Unknown(), viewer).Severity);
    }

    private static IElement DialogButton(IRenderedComponent<MudDialogProvider> dialogs, string text) =>
        dialogs.FindAll(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == text);

    private async Task<Approval> PutAsync(string name)
    {
        Approval approval = Samples.Pending(Guid.NewGuid().ToString("N"), name);
        await Get<ApprovalsStore>().AddAsync(approval, "a token", Cancel);
        Get<ApprovalsFeed>().Publish(approval);
        return approval;
    }
}

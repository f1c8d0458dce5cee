using System.Globalization;
using AngleSharp.Dom;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Pages;
using Archiver.Web.Approvals.Review;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using ApprovalsPage = Archiver.Web.Approvals.Pages.Approvals;

namespace Archiver.Web.Tests.Approvals.Review;

/// <summary>The inbox's page less its script: what it shows, what it counts, and what it does when the script tells it of a key.</summary>
public sealed class ReviewPageTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Count_InTheTitleOnTheNavigationAndAboveTheList_IsTheSameThroughABurst()
    {
        IRenderedComponent<ApprovalsBadge> badge = Render<ApprovalsBadge>();
        IRenderedComponent<HeadOutlet> head = Render<HeadOutlet>();
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        Approval[] all = [.. Enumerable.Range(0, 60).Select(id => Inboxes.Of(id, 1))];
        HashSet<int> seen = [];

        // The changes come from elsewhere, as fast as they can; the page draws them by its own clock.
        Task burst = Task.Run(() =>
        {
            foreach (Approval approval in all) Get<ApprovalsFeed>().Publish(approval);
            foreach (Approval approval in all[..40]) Get<ApprovalsFeed>().Publish(Samples.Denied(approval));
        }, Cancel);
        int last = 0;
        while (!burst.IsCompleted || last != 20)
        {
            // Between two things that the circuit does: what a browser is sent.
            await page.InvokeAsync(() =>
            {
                (last, int title, int list) = Counts(badge, head, page);
                Assert.Equal((last, last), (title, list));
                seen.Add(last);
            });
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
        await burst;

        Assert.Equal(20, Get<ApprovalsFeed>().Count);
        Assert.Equal("21", page.Find("table").GetAttribute("aria-rowcount"));
        Assert.NotEmpty(seen);
    }

    [Fact]
    public async Task Filter_InTheAddress_IsTheList()
    {
        Publish("a.pdf", "b.png");
        Go("/approvals?q=PNG&item=000000000001");

        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(["b.png"], Names(page)));
        Assert.Equal("2 wait", page.Find(".count").TextContent);
        Assert.Equal(", 1 of them is like that", page.Find(".matching").TextContent);
        Assert.Equal("b.png", page.Find(".pane h2").TextContent);
        Assert.Equal("PNG", page.Find("input[type=search]").GetAttribute("value"));

        await page.InvokeAsync(() => Go("/approvals"));
        await page.WaitForAssertionAsync(() => Assert.Equal(2, Names(page).Length));
        Assert.Empty(page.FindAll(".matching"));
    }

    [Fact]
    public async Task Filter_ThatNothingIsLike_SaysSoAndLeadsBack()
    {
        Publish("a.pdf");
        Go("/approvals?archive=no&sort=colour");

        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains("Nothing that waits is like that", page.Markup, StringComparison.Ordinal));
        Assert.Equal("/approvals", page.Find(".empty-state a").GetAttribute("href"));
        Assert.Contains("sort is 'colour'", page.Find(".mud-alert").TextContent, StringComparison.Ordinal);
        Assert.Contains("Filters (1)", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_ByAge_FollowsTheTime()
    {
        Publish("a.pdf");
        Get<ApprovalsFeed>().Publish(Samples.Pending("old", "old.pdf", Start.AddMinutes(-59)));
        Go("/approvals?older=1h");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        Assert.Empty(Names(page));

        Time.Advance(TimeSpan.FromMinutes(1));

        await page.WaitForAssertionAsync(() => Assert.Equal(["old.pdf"], Names(page)));
    }

    [Fact]
    public async Task Search_ATypedText_IsInTheAddressAfterAPause()
    {
        Publish("a.pdf", "b.png");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        Task typing = page.Find("input[type=search]").InputAsync("b.p");
        Assert.Equal(2, Names(page).Length);
        Time.Advance(TimeSpan.FromMilliseconds(150));
        await typing;

        await page.WaitForAssertionAsync(() => Assert.Equal(["b.png"], Names(page)));
        Assert.Equal("/approvals?q=b.p", new Uri(Get<NavigationManager>().Uri).PathAndQuery);
    }

    [Fact]
    public async Task Sort_Chosen_IsTheOrderOfTheRows()
    {
        Publish("b.pdf", "c.pdf", "a.pdf");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        await page.FindAll("select").Single(select => select.InnerHtml.Contains("By name, from A", StringComparison.Ordinal)).ChangeAsync("name");

        await page.WaitForAssertionAsync(() => Assert.Equal(["a.pdf", "b.pdf", "c.pdf"], Names(page)));
        Assert.Equal("/approvals?sort=name", new Uri(Get<NavigationManager>().Uri).PathAndQuery);
    }

    [Fact]
    public async Task FilterPanel_AChoice_NarrowsAndKeepsTheRest()
    {
        Publish("b.pdf", "c.pdf");
        Go("/approvals?sort=name");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        await page.Find("button.more").ClickAsync();

        await page.FindAll(".filters label").Single(label => label.TextContent.Contains("Archive flag", StringComparison.Ordinal)).QuerySelector("select")!.ChangeAsync("no");

        Assert.Equal("/approvals?archive=no&sort=name", new Uri(Get<NavigationManager>().Uri).PathAndQuery);
    }

    [Fact]
    public async Task Select_OneARangeAndAll_IsCounted()
    {
        Publish("a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf");
        Go("/approvals?sort=name");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        Assert.Empty(page.FindAll("[aria-label='Selection']"));

        await Pick(page, "b.pdf").ClickAsync();
        Assert.Equal("1 selected", page.Find("[aria-label='Selection'] strong").TextContent);
        Assert.Equal("true", page.FindAll("tr.approval")[1].GetAttribute("aria-selected"));

        await Pick(page, "d.pdf").ClickAsync(new MouseEventArgs { ShiftKey = true });
        Assert.Equal("3 selected", page.Find("[aria-label='Selection'] strong").TextContent);

        await page.Find("[aria-label='Selection'] button").ClickAsync();
        Assert.Equal("5 selected", page.Find("[aria-label='Selection'] strong").TextContent);
        await Pick(page, "a.pdf").ClickAsync();
        Assert.Equal("4 selected", page.Find("[aria-label='Selection'] strong").TextContent);

        await page.InvokeAsync(page.Instance.UnselectAsync);
        Assert.Empty(page.FindAll("[aria-label='Selection']"));
    }

    [Fact]
    public async Task Decide_WhatIsSelected_OpensTheDialogWithExactlyThese()
    {
        Publish("a.pdf", "b.pdf", "c.pdf");
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        await Pick(page, "a.pdf").ClickAsync();
        await Pick(page, "c.pdf").ClickAsync();

        page.Find("[aria-label='Selection'] button.decide").Click(); // its task ends with the dialog

        await dialogs.WaitForAssertionAsync(() => Assert.Contains("Decide on 2 files", dialogs.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Undo_Key_TakesTheLastDecisionBack()
    {
        Approval first = await PutAsync("first.pdf"), second = await PutAsync("second.pdf");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        foreach (Approval approval in (Approval[])[first, second])
            await page.InvokeAsync(() => Get<DecisionCommands>().DecideAsync(approval, true, null));

        await page.InvokeAsync(page.Instance.UndoAsync);
        Assert.Contains("Taken back: second.pdf waits again.", Said);

        await page.InvokeAsync(page.Instance.UndoAsync);
        Assert.Contains("Taken back: first.pdf waits again.", Said);

        await page.InvokeAsync(page.Instance.UndoAsync);
        Assert.Contains("There is no decision of yours that can still be taken back.", Said);
    }

    [Fact]
    public async Task Undo_Key_AfterTheTime_TakesNothingBack()
    {
        Approval approval = await PutAsync("sent.pdf");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        await page.InvokeAsync(() => Get<DecisionCommands>().DecideAsync(approval, true, null));

        Time.Advance(TimeSpan.FromSeconds(5));
        await page.InvokeAsync(page.Instance.UndoAsync);

        Assert.Contains("There is no decision of yours that can still be taken back.", Said);
        Assert.Equal(ApprovalStatus.Decided, (await Get<ApprovalsStore>().GetAsync(approval.Id, Cancel))!.Status);
    }

    [Fact]
    public async Task Pane_TheItemInFocus_IsShownAtOnceAndReadWhenItRests()
    {
        Approval approval = await PutAsync("detail.pdf");
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();
        Assert.Contains("Choose an approval", page.Find(".pane").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Instance.LookAtAsync(approval.Id));

        Assert.Equal("detail.pdf", page.Find(".pane h2").TextContent);
        Assert.Equal(["Claim", "Approve", "Deny"], page.FindAll(".pane .decision button").Select(button => button.GetAttribute("aria-label")));
        Assert.Empty(page.FindAll(".pane .record"));
        Time.Advance(TimeSpan.FromMilliseconds(200));
        await page.WaitForElementAsync(".pane .record");
    }

    [Fact]
    public async Task Help_Key_ShowsTheKeysAndTurnsThemOff()
    {
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        IRenderedComponent<ApprovalsPage> page = Render<ApprovalsPage>();

        await page.InvokeAsync(page.Instance.HelpAsync);

        await dialogs.WaitForAssertionAsync(() => Assert.Contains("Take the last decision back", dialogs.Markup, StringComparison.Ordinal));
        Assert.True(dialogs.Find("input[type=checkbox]").HasAttribute("checked"));
        await dialogs.Find("input[type=checkbox]").ChangeAsync(false);
        Assert.False(dialogs.Find("input[type=checkbox]").HasAttribute("checked"));
    }

    [Fact]
    public async Task Deny_APreset_IsTheReason()
    {
        Approval approval = await PutAsync("deny.pdf");
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        IRenderedComponent<DecisionButtons> buttons = Render<DecisionButtons>(parameters => parameters.Add(one => one.Approval, approval));
        buttons.Find("button[aria-label='Deny deny.pdf']").Click(); // its task ends with the dialog
        await dialogs.WaitForElementAsync(".preset");

        await dialogs.FindAll(".preset")[1].ClickAsync();
        Assert.Equal("true", dialogs.FindAll(".preset")[1].GetAttribute("aria-pressed"));
        await dialogs.FindAll(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == "Deny").ClickAsync();

        await SaidAsync("Denied deny.pdf.");
        Assert.Equal("The wrong file", (await Get<ApprovalsStore>().GetAsync(approval.Id, Cancel))!.Decision!.Comment);
    }

    private static (int Badge, int Title, int List) Counts(IRenderedComponent<ApprovalsBadge> badge, IRenderedComponent<HeadOutlet> head, IRenderedComponent<ApprovalsPage> page) => (
        badge.FindAll(".badge") is [var shown] ? Number(shown.TextContent) : 0, Number(head.Find("title").TextContent), Number(page.Find(".count").TextContent));

    private static int Number(string text) =>
        string.Concat(text.Where(char.IsAsciiDigit)) is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    private static string[] Names(IRenderedComponent<ApprovalsPage> page) => [.. page.FindAll("tr.approval a.name").Select(name => name.TextContent)];

    private static IElement Pick(IRenderedComponent<ApprovalsPage> page, string name) => page.Find($"input[aria-label='Select {name}']");

    private void Go(string address) => Get<BunitNavigationManager>().NavigateTo(address);

    private void Publish(params string[] names)
    {
        for (int i = 0; i < names.Length; i++) Get<ApprovalsFeed>().Publish(Samples.Pending($"{i:x12}", names[i], Start.AddMinutes(-i)));
    }

    private async Task<Approval> PutAsync(string name)
    {
        Approval approval = Samples.Pending(Guid.NewGuid().ToString("N"), name);
        await Get<ApprovalsStore>().AddAsync(approval, "a token", Cancel);
        Get<ApprovalsFeed>().Publish(approval);
        return approval;
    }
}

using AngleSharp.Dom;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Pages;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Bunit;
using MudBlazor;

namespace Archiver.Web.Tests.Approvals.FourEyes;

/// <summary>What the rules of four eyes look like to each of several people.</summary>
public sealed class FourEyesPagesTests(CloudFixture cloud) : DashboardContext(
    cloud, null, ("Approvals:FourEyes:StarterMayNotDecide", "true"), ("Approvals:FourEyes:Rules:0:Approvals", "2"))
{
    private string _id = "";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Buttons_NobodyHasApproved_SayHowManyItTakes()
    {
        IRenderedComponent<DecisionButtons> buttons = Show(await AskAsync());

        Assert.Equal("0 of 2 approvals", Note(buttons));
        Assert.Equal(["Claim a.pdf", "Approve a.pdf", "Deny a.pdf"], Names(buttons));
    }

    [Fact]
    public async Task Buttons_OwnApprovalIsThere_OfferToTakeItBackAndSayWhoseAreThere()
    {
        IRenderedComponent<DecisionButtons> buttons = Show(await AskAsync());

        await buttons.Find("button[aria-label='Approve a.pdf']").ClickAsync();

        Assert.Contains("Approved a.pdf. That is 1 of 2 approvals; it takes one more person.", Said);
        Show(buttons, await NowAsync());
        Assert.Equal("You approved · 1 of 2 approvals: Ann", Note(buttons));
        Assert.Equal(["Undo a.pdf"], Names(buttons));

        await buttons.Find("button[aria-label='Undo a.pdf']").ClickAsync();

        Assert.Contains("Taken back: your approval of a.pdf does not count any more.", Said);
        Show(buttons, await NowAsync());
        Assert.Equal(["Claim a.pdf", "Approve a.pdf", "Deny a.pdf"], Names(buttons));
    }

    [Fact]
    public async Task Buttons_ForWhoStartedTheRun_AreNoneAndSayWhy()
    {
        Approval approval = await AskAsync() with { StartedBy = new Starter(Permits.Someone("Ann").Id, "Ann") };

        IRenderedComponent<DecisionButtons> buttons = Show(approval);

        Assert.Empty(Names(buttons));
        Assert.Equal("You started this run: somebody else decides · 0 of 2 approvals", Note(buttons));
        await buttons.InvokeAsync(() => Get<Caller>().Become(Permits.Someone("Bob"), null));
        await buttons.WaitForAssertionAsync(() => Assert.Equal(["Claim a.pdf", "Approve a.pdf", "Deny a.pdf"], Names(buttons)));
        Assert.Equal("0 of 2 approvals", Note(buttons));
    }

    [Fact]
    public async Task Claim_OneClick_IsShownToAllAndLeavesTheButtonsToWhoIsOnIt()
    {
        IRenderedComponent<DecisionButtons> buttons = Show(await AskAsync());

        await buttons.Find("button[aria-label='Claim a.pdf']").ClickAsync();

        Assert.Contains("You are on a.pdf.", Said);
        Show(buttons, await NowAsync());
        Assert.Equal(["Release a.pdf", "Approve a.pdf", "Deny a.pdf"], Names(buttons));
        Assert.Contains("You are on it since ", Note(buttons), StringComparison.Ordinal);
        Become("Bob", Role.Reviewer);
        await buttons.WaitForAssertionAsync(() => Assert.Empty(Names(buttons)));
        Assert.Contains("Ann is on it since ", Note(buttons), StringComparison.Ordinal);
        Become("Vi", Role.Viewer);
        await buttons.WaitForAssertionAsync(() => Assert.Contains("Ann is on it since ", Note(buttons), StringComparison.Ordinal));
        Assert.Empty(Names(buttons));
        Become("Olga", Role.Operator);
        await buttons.WaitForAssertionAsync(() => Assert.Equal(["Reassign a.pdf"], Names(buttons)));

        Become("Ann");
        await buttons.WaitForAssertionAsync(() => Assert.Contains("Release a.pdf", Names(buttons)));
        await buttons.Find("button[aria-label='Release a.pdf']").ClickAsync();
        Assert.Contains("Nobody is on a.pdf now.", Said);
    }

    [Fact]
    public async Task Claim_LookedAtUntilItLapses_LetsGoByItself()
    {
        Approval approval = await AskAsync() with { Claim = new ApprovalClaim("test|Bob", "Bob", Start) };
        IRenderedComponent<DecisionButtons> buttons = Show(approval);
        Assert.Equal(["Reassign a.pdf"], Names(buttons)); // Ann has every role

        Time.Advance(TimeSpan.FromMinutes(60));

        await buttons.WaitForAssertionAsync(() => Assert.Equal(["Claim a.pdf", "Approve a.pdf", "Deny a.pdf"], Names(buttons)));
        Assert.Equal("0 of 2 approvals", Note(buttons));
    }

    [Fact]
    public async Task Approve_WhatSomebodyIsOnSinceAMoment_TellsWhoAndSinceWhen()
    {
        Approval approval = await AskAsync();
        IRenderedComponent<DecisionButtons> buttons = Show(approval);
        await Get<ApprovalClaims>().ClaimAsync(Permits.For(Operation.ClaimApproval, "Bob"), approval, Cancel);

        await buttons.Find("button[aria-label='Approve a.pdf']").ClickAsync();

        await SaidAsync(said => said.StartsWith("Bob is on a.pdf since ", StringComparison.Ordinal)
            && said.EndsWith("They can release it, and an operator can give it to somebody else.", StringComparison.Ordinal));
        Assert.Empty((await NowAsync()).Votes);
    }

    [Fact]
    public async Task Reassign_ToSomebodyWhomTheInboxKnows_PutsThemOnIt()
    {
        Approval approval = await AskAsync(), other = await AskAsync("b.pdf");
        await Get<ApprovalDecisions>().DecideAsync(Permits.Decide("Cy"), other, true, null, Cancel);
        await Get<ApprovalClaims>().ClaimAsync(Permits.For(Operation.ClaimApproval, "Bob"), approval, Cancel);
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        IRenderedComponent<DecisionButtons> buttons = Show((await Get<ApprovalsStore>().GetAsync(approval.Id, Cancel))!);

        buttons.Find("button[aria-label='Reassign a.pdf']").Click(); // its task ends with the dialog
        await dialogs.WaitForAssertionAsync(() => Assert.Equal(
            ["Nobody: whoever comes first", "Cy"], dialogs.FindAll("select option").Select(option => option.TextContent)));
        await dialogs.Find("select").ChangeAsync("test|Cy");
        await dialogs.FindAll(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == "Reassign").ClickAsync();

        await SaidAsync("Cy is on a.pdf now.");
        Assert.Equal("test|Cy", (await Get<ApprovalsStore>().GetAsync(approval.Id, Cancel))!.Claim!.PersonId);
    }

    [Fact]
    public async Task Page_OfAnApproval_SaysWhoStartedItAndWhoApproved()
    {
        Approval approval = await AskAsync(starter: new Starter("issuer|secretive", "<b>Sue</b>"));
        await Get<ApprovalDecisions>().DecideAsync(Permits.Decide("Bob"), approval, true, "fine", Cancel);

        IRenderedComponent<ApprovalPage> page = Render<ApprovalPage>(parameters => parameters.Add(one => one.Id, approval.Id));

        await page.WaitForAssertionAsync(() => Assert.Equal("<b>Sue</b>", Fact(page, "Started by")));
        Assert.Equal("1 of 2 approvals: Bob", Fact(page, "Approvals"));
        Assert.DoesNotContain("issuer|", page.Markup, StringComparison.Ordinal);
        Assert.Contains("1 of 2: fine", page.Find(".record").TextContent, StringComparison.Ordinal);
    }

    private static string? Fact(IRenderedComponent<ApprovalPage> page, string title) =>
        page.FindAll(".facts dt").SingleOrDefault(term => term.TextContent == title)?.NextElementSibling?.TextContent.Trim();

    private static string Note(IRenderedComponent<DecisionButtons> buttons) => buttons.FindAll(".note").SingleOrDefault()?.TextContent ?? "";

    private static IEnumerable<string?> Names(IRenderedComponent<DecisionButtons> buttons) => buttons.FindAll("button").Select(button => button.GetAttribute("aria-label"));

    private static void Show(IRenderedComponent<DecisionButtons> buttons, Approval approval) =>
        buttons.Render(parameters => parameters.Add(one => one.Approval, approval));

    private IRenderedComponent<DecisionButtons> Show(Approval approval)
    {
        Become("Ann");
        return Render<DecisionButtons>(parameters => parameters.Add(one => one.Approval, approval));
    }

    private void Become(string name, params Role[] roles) => Get<Caller>().Become(Permits.Someone(name, roles), null);

    private async Task<Approval> AskAsync(string name = "a.pdf", Starter? starter = null)
    {
        Approval approval = Samples.Pending(Guid.NewGuid().ToString("N"), name) with { StartedBy = starter };
        await Get<ApprovalsStore>().AddAsync(approval, "a token", Cancel);
        Get<ApprovalsFeed>().Publish(approval);
        _id = approval.Id;
        return approval;
    }

    private async Task<Approval> NowAsync() => (await Get<ApprovalsStore>().GetAsync(_id, Cancel))!;
}

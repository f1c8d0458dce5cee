using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Notices;
using Bunit;

namespace Archiver.Web.Tests.Approvals.Notices;

/// <summary>The button for the browser's notifications, and what they say.</summary>
public sealed class NoticesToggleTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private const string Module = "./Approvals/Notices/NoticesToggle.razor.js";

    [Fact]
    public async Task Toggle_Pressed_AsksTheBrowserAndTellsOfEachBurstOnce()
    {
        BunitJSModuleInterop script = JSInterop.SetupModule(Module);
        script.Setup<string>("state").SetResult("off");
        script.Setup<string>("toggle").SetResult("on");
        JSRuntimeInvocationHandler tell = script.SetupVoid("tell", _ => true).SetVoidResult();
        IRenderedComponent<NoticesToggle> toggle = Render<NoticesToggle>();
        await toggle.WaitForAssertionAsync(() => Assert.Equal("false", toggle.Find("button").GetAttribute("aria-pressed")));
        Arrive("before it is on");

        await toggle.Find("button").ClickAsync();
        Assert.Equal("true", toggle.Find("button").GetAttribute("aria-pressed"));
        Approval first = Arrive("one");
        Arrive("two");
        Arrive("three");
        Get<ApprovalsFeed>().Publish(Samples.Denied(first)); // meanwhile
        await AdvanceUntilAsync(toggle, () => tell.Invocations.Count == 1);

        Assert.Equal("2 files wait for you", Assert.Single(tell.Invocations).Arguments[0]);

        Get<ApprovalsFeed>().Publish(Samples.Pending("two") with { Version = 3, Reopened = 1 }); // waits again, and is no news
        Arrive("four");
        await AdvanceUntilAsync(toggle, () => tell.Invocations.Count == 2);
        Assert.Equal("1 file waits for you", tell.Invocations.Last().Arguments[0]);
    }

    [Theory]
    [InlineData("denied", "This browser denies notifications for this site. Its site settings can allow them.")]
    [InlineData("none", "This browser shows no notifications.")]
    public async Task Toggle_BrowserShowsNone_SaysSoWhenAsked(string state, string said)
    {
        BunitJSModuleInterop script = JSInterop.SetupModule(Module);
        script.Setup<string>("state").SetResult(state);
        script.Setup<string>("toggle").SetResult(state);
        IRenderedComponent<NoticesToggle> toggle = Render<NoticesToggle>();
        await toggle.WaitForAssertionAsync(() => Assert.Empty(toggle.Find("[role=status]").TextContent));

        await toggle.Find("button").ClickAsync();

        Assert.Equal(said, toggle.Find("[role=status]").TextContent);
        Assert.Equal("false", toggle.Find("button").GetAttribute("aria-pressed"));
    }

    private Approval Arrive(string id)
    {
        Approval approval = Samples.Pending(id);
        Get<ApprovalsFeed>().Publish(approval);
        return approval;
    }

    // The burst's end is a timer of the clock, set on the component's own time.
    private async Task AdvanceUntilAsync(IRenderedComponent<NoticesToggle> toggle, Func<bool> told)
    {
        while (!told())
        {
            Time.Advance(NoticesToggle.Burst);
            await toggle.InvokeAsync(async () => await Task.Yield());
        }
    }
}

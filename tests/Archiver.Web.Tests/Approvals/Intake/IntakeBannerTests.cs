using Archiver.Web.Approvals.Intake;
using Archiver.Web.Approvals.Pages;
using Bunit;

namespace Archiver.Web.Tests.Approvals.Intake;

public sealed class IntakeBannerTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static readonly IntakePart Receiver = new(IntakeWork.Receiver, 1);

    private IntakeStatus Intake => Get<IntakeStatus>();

    [Fact]
    public void Banner_AllWell_ShowsNothing()
    {
        IRenderedComponent<IntakeBanner> banner = Render<IntakeBanner>();

        Intake.Started(4);
        Intake.Counted(1_000, 40, 0);

        Assert.Empty(banner.FindAll(".mud-alert"));
    }

    [Fact]
    public void Banner_Failing_SaysSinceWhenAndWhy()
    {
        IRenderedComponent<IntakeBanner> banner = Render<IntakeBanner>();

        Intake.Started(1);
        Intake.Failed(Receiver, "The queue does not answer.");

        banner.WaitForAssertion(() =>
        {
            Assert.Contains("Nothing new comes in", banner.Markup, StringComparison.Ordinal);
            Assert.Contains("The queue does not answer.", banner.Markup, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Banner_OneReceiverOfFourFails_SaysHowMany()
    {
        IRenderedComponent<IntakeBanner> banner = Render<IntakeBanner>();

        Intake.Started(4);
        Intake.Failed(Receiver, "The queue does not answer.");

        banner.WaitForAssertion(() => Assert.Contains("1 of 4 receivers", banner.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Banner_Paused_SaysThatNoneIsLost()
    {
        IRenderedComponent<IntakeBanner> banner = Render<IntakeBanner>();

        Intake.Paused(Receiver, "<b>The table</b> is down.");
        banner.WaitForAssertion(() => Assert.Contains("None is lost", banner.Markup, StringComparison.Ordinal));
        Assert.Empty(banner.FindAll("b"));

        Intake.Resumed(Receiver);
        banner.WaitForAssertion(() => Assert.Empty(banner.FindAll(".mud-alert")));
    }

    [Fact]
    public void Banner_Behind_SaysByHowMuch()
    {
        IRenderedComponent<IntakeBanner> banner = Render<IntakeBanner>();

        Intake.Received(TimeSpan.FromSeconds(75));
        Intake.Counted(1_234, 0, 0);

        banner.WaitForAssertion(() => Assert.Contains("1 min 15 s", banner.Markup, StringComparison.Ordinal));
        Assert.Contains("messages wait", banner.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Banner_MessagesKeptOut_CountsThem()
    {
        IRenderedComponent<IntakeBanner> banner = Render<IntakeBanner>();

        Intake.Rejected("m1", "It has no TaskToken.");
        Intake.Rejected("m2", "It is not a JSON object.");

        banner.WaitForAssertion(() =>
        {
            Assert.Contains("2 messages", banner.Markup, StringComparison.Ordinal);
            Assert.Contains("It is not a JSON object.", banner.Markup, StringComparison.Ordinal);
        });
        Assert.Empty(banner.FindAll("a"));
    }

    [Fact]
    public void Banner_DeadLetters_LinksToThem()
    {
        IRenderedComponent<IntakeBanner> banner = Render<IntakeBanner>();

        Intake.Counted(0, 0, 3);

        banner.WaitForAssertion(() => Assert.Equal("/approvals/dead-letters", banner.Find("a").GetAttribute("href")));
    }
}

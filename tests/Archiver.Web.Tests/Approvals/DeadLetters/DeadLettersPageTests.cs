using Archiver.Web.Approvals.DeadLetters;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Tests.Approvals.Intake;
using Bunit;

namespace Archiver.Web.Tests.Approvals.DeadLetters;

public sealed class DeadLettersPageTests : DashboardContext, IAsyncLifetime
{
    private readonly string _name;

    public DeadLettersPageTests(CloudFixture cloud) : this(cloud, $"letters-{Guid.NewGuid():N}")
    {
    }

    private DeadLettersPageTests(CloudFixture cloud, string name) : base(cloud, cloud.Resources with
    {
        // A queue's address ends in its name.
        HumanQueueUrl = new Uri(new Uri(cloud.Resources.HumanQueueUrl), name).ToString(),
        DeadLetterQueueUrl = new Uri(new Uri(cloud.Resources.HumanQueueUrl), name + "-dead").ToString(),
    }) => _name = name;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Human { get; set; } = "";

    private string Dead { get; set; } = "";

    public async ValueTask InitializeAsync() => (Human, Dead) = await IntakeHarness.CreateQueuesAsync(Cloud, _name, maxReceives: 5);

    [Fact]
    public async Task Page_NothingThere_SaysSo()
    {
        IRenderedComponent<DeadLettersPage> page = Render<DeadLettersPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains("No message lies here", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Send all back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_AMessage_ShowsWhatItIsAsTextAndNoToken()
    {
        string id = await SendAsync("""{"Note":"<script>alert(1)</script>","TaskToken":7}""");

        IRenderedComponent<DeadLettersPage> page = Render<DeadLettersPage>();

        string letter = (await page.WaitForElementAsync(".letters li")).TextContent;
        Assert.Contains("It has no TaskToken.", letter, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", letter, StringComparison.Ordinal);
        Assert.Contains("(task token, hidden)", letter, StringComparison.Ordinal);
        Assert.Contains("Received once", letter, StringComparison.Ordinal);
        Assert.Contains(id, letter, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("script"));
        Assert.Equal("1 message", page.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task SendBack_OneMessage_SaysHowItWentAndTakesItOffThePage()
    {
        string id = await SendAsync("moo");
        string other = await SendAsync("moo too");
        IRenderedComponent<DeadLettersPage> page = Render<DeadLettersPage>();

        await (await page.WaitForElementAsync($"button[aria-label='Send back {id}']")).ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll($"button[aria-label='Send back {id}']")));
        Assert.Contains("Sent 1 message back to the human queue.", Said);
        Assert.NotEmpty(page.FindAll($"button[aria-label='Send back {other}']"));
        Assert.Equal(1, (await CountAsync(Human)).Visible);
    }

    [Fact]
    public async Task SendBack_WhatSomebodyElseSentBack_SaysSo()
    {
        string id = await SendAsync("moo");
        IRenderedComponent<DeadLettersPage> page = Render<DeadLettersPage>();
        AngleSharp.Dom.IElement button = await page.WaitForElementAsync($"button[aria-label='Send back {id}']");
        await Cloud.Sqs.PurgeQueueAsync(Dead, Cancel);

        await button.ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("No message lies here", page.Markup, StringComparison.Ordinal));
        Assert.Contains("It is not among the dead letters any more, or somebody else has it in hand.", Said);
    }

    [Fact]
    public async Task SendAllBack_SomeMessages_EmptiesThePage()
    {
        for (int i = 0; i < 3; i++) await SendAsync($"moo {i}");
        IRenderedComponent<DeadLettersPage> page = Render<DeadLettersPage>();
        await page.WaitForElementAsync(".letters li");

        await page.FindAll("button").Single(button => button.TextContent.Contains("Send all back", StringComparison.Ordinal)).ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("No message lies here", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Sent 3 messages back to the human queue.", Said);
        Assert.Equal(3, (await CountAsync(Human)).Visible);
    }

    [Fact]
    public async Task Page_AnotherMessageIsCounted_LooksAgain()
    {
        IRenderedComponent<DeadLettersPage> page = Render<DeadLettersPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("No message lies here", page.Markup, StringComparison.Ordinal));

        await SendAsync("moo");
        await Get<ApprovalIntake>().CountAsync(Cancel);

        await page.WaitForAssertionAsync(() => Assert.Equal("moo", page.Find("pre").TextContent));
    }

    private async Task<string> SendAsync(string body) => (await Cloud.Sqs.SendMessageAsync(Dead, body, Cancel)).MessageId;

    private async Task<QueueCount> CountAsync(string queue) => await new MessageQueue(Cloud.Sqs, queue, TimeProvider.System).CountAsync(Cancel);
}

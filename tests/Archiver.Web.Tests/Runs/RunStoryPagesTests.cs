using System.Text.Json;
using AngleSharp.Dom;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Runs;
using Archiver.Web.Runs.Again;
using Archiver.Web.Runs.Events;
using Archiver.Web.Runs.Graph;
using Archiver.Web.Runs.Graph.Definition;
using Archiver.Web.Runs.Overview;
using Archiver.Web.Runs.Story;
using Archiver.Web.Runs.Timeline;
using Archiver.Web.Shell.Secrets;
using Archiver.Web.Tests.Runs.Graph;
using Archiver.Web.Tests.Runs.Story;
using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Archiver.Web.Tests.Runs;

public sealed class RunStoryPagesTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunPage_ARunThatSucceeded_DrawsItsMachineWithThePathItTook()
    {
        string name = await StartAsync("""{"simulate":{"archive":true,"quality":91}}""");
        await EndedAsync(name);

        IRenderedComponent<RunPage> page = Page(name);

        await page.WaitForAssertionAsync(() => Assert.Contains("Succeeded", State(page, "Archive").GetAttribute("aria-label"), StringComparison.Ordinal));
        Assert.Contains("Not entered", State(page, "Deny").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("QualityAcceptable? → Archive", page.FindAll(".is-taken title").Select(title => title.TextContent.Split(':')[0]));
        Assert.DoesNotContain("Approved? → Archive", page.FindAll(".is-taken title").Select(title => title.TextContent.Split(':')[0]));
        Assert.Equal(["ReadMetadata", "ApprovalNeeded?", "Archivable?", "QualityAcceptable?", "Archive", "RecordResult"], page.FindAll(".timeline tbody button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task RunPage_AStateThatIsChosen_ShowsWhatWentInAndOut()
    {
        string name = await StartAsync("""{"simulate":{"archive":true,"quality":91}}""");
        await EndedAsync(name);
        IRenderedComponent<RunPage> page = Page(name);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("rect.hit")));

        await State(page, "RecordResult").ClickAsync();

        Assert.EndsWith("?state=RecordResult", Get<BunitNavigationManager>().Uri, StringComparison.Ordinal);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("section[aria-label='State RecordResult']")));
        IElement details = page.Find("section[aria-label='State RecordResult']");
        Assert.Contains("putItem", details.TextContent, StringComparison.Ordinal);
        Assert.Contains("Retries", details.TextContent, StringComparison.Ordinal);
        Assert.Single(details.QuerySelectorAll(".attempts tbody tr"));
        Assert.NotNull(details.QuerySelector("section[aria-label='State input']"));
        Assert.NotNull(details.QuerySelector("section[aria-label='State output']"));
        Assert.Equal("true", State(page, "RecordResult").GetAttribute("aria-pressed"));
    }

    [Fact]
    public async Task RunPage_ARunThatWaits_IsLiveAndShowsNoToken()
    {
        string name = await StartAsync("""{"approval_needed":true}""");
        IRenderedComponent<RunPage> page = Page(name);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("rect.hit")));
        string token = await AskedAsync((await DescribeAsync(name)).ExecutionArn);
        Get<RunWatch>().Refresh(name);
        await page.WaitForAssertionAsync(() => Assert.Contains("Waiting", State(page, "RequestApproval").GetAttribute("aria-label"), StringComparison.Ordinal));

        await State(page, "RequestApproval").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("Waiting", page.Find("section[aria-label='State RequestApproval']").TextContent, StringComparison.Ordinal));

        Assert.DoesNotContain(token, page.Markup, StringComparison.Ordinal);

        await Cloud.StepFunctions.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = """{"approved":false}""" }, Cancel);
        await EndedAsync(name);
        Get<RunWatch>().Refresh(name);
        await page.WaitForAssertionAsync(() => Assert.Contains("Succeeded", State(page, "Deny").GetAttribute("aria-label"), StringComparison.Ordinal));
        Assert.DoesNotContain(token, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAgain_WithAnEditedInput_StartsARunOnRecord()
    {
        string name = await StartAsync("""{"simulate":{"archive":true,"quality":91}}""");
        await EndedAsync(name);
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        IRenderedComponent<RunPage> page = Page(name);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".page-head button")));

        Button(page, "Start again").Click(); // its task ends with the dialog
        await dialogs.WaitForAssertionAsync(() => Assert.Contains("91", dialogs.Find("textarea").GetAttribute("value"), StringComparison.Ordinal));
        await dialogs.Find("textarea").InputAsync("{\"simulate\": ");
        Assert.True(Button(dialogs, "Start").HasAttribute("disabled"));
        await dialogs.Find("textarea").InputAsync("""{"simulate":{"archive":false,"quality":12}}""");
        await Button(dialogs, "Start").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.DoesNotContain(name, Get<BunitNavigationManager>().Uri, StringComparison.Ordinal));
        string started = Get<BunitNavigationManager>().Uri.Split('/')[^1];
        JsonElement input = JsonDocument.Parse((await DescribeAsync(started)).Input).RootElement;
        Assert.Equal(12, input.GetProperty("simulate").GetProperty("quality").GetInt32());
        Assert.Equal("Ann", input.GetProperty(RunStarter.StartedBy).GetProperty("name").GetString());
        Assert.Contains(Trail.Entries, entry => entry.Operation == Operation.StartRun && entry.On.Name == $"{name}, again");
    }

    [Fact]
    public void Offer_OfAnInput_LeavesOutWhoStartedAndHidesTokens()
    {
        AgainInput plain = RunAgain.Offer("""{"bucket":"b","startedBy":{"id":"x","name":"Ann"}}"""), secret = RunAgain.Offer("""{"TaskToken":"secret"}"""), odd = RunAgain.Offer("[1]");

        Assert.Null(plain.WhyFixed);
        Assert.DoesNotContain("startedBy", plain.Text, StringComparison.Ordinal);
        Assert.Equal(WhyFixed.HasToken, secret.WhyFixed);
        Assert.Contains(SecretText.Hidden, secret.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret\"", secret.Text, StringComparison.Ordinal);
        Assert.Equal("{}", odd.Text);
    }

    [Fact]
    public void Offer_OfAnInputTooLongToEdit_SaysSo() => Assert.Equal(WhyFixed.IsTooLong, RunAgain.Offer($$"""{"a":"{{new string(' ', 9000)}}"}""").WhyFixed);

    [Fact]
    public async Task StartAgain_OfARunThatIsGone_SaysWhy() =>
        Assert.Contains("gone", (await Get<RunAgain>().StartAsync(Permits.For(Operation.StartRun), "0123456789ab", "never", null, Cancel))!(), StringComparison.Ordinal);

    [Fact]
    public void Graph_OfBranchesAndItems_ShowsWhereEachStands()
    {
        MachineDrawing drawing = MachineDrawing.Of(DefinitionReader.Read(Machines.Nested)!)!;
        History history = new History().Add("ExecutionStarted").Task("Prepare").Add("ParallelStateEntered", "Both").Add("ParallelStateStarted");
        long both = history.Last;
        history.Pass("Left", after: both).Add("MapStateEntered", "Each", both).Add("MapStateStarted", null, null, ("Length", "2"));
        long each = history.Last;
        history.Add("MapIterationStarted", "Each", each, ("Index", "0")).Add("TaskStateEntered", "One item").Add("MapIterationStarted", "Each", each, ("Index", "1")).Add("TaskStateEntered", "One item");
        string? chosen = null;

        IRenderedComponent<RunGraph> graph = Render<RunGraph>(parameters => parameters
            .Add(one => one.Drawing, drawing).Add(one => one.Story, history.Read()).Add(one => one.FileName, "run").Add(one => one.SelectedChanged, state => chosen = state));

        Assert.Equal("One item, Task, Running, entered 2 times", graph.FindAll("rect.hit").Single(state => state.GetAttribute("aria-label")!.StartsWith("One item", StringComparison.Ordinal)).GetAttribute("aria-label"));
        Assert.Equal(3, graph.FindAll(".branch").Count);
        Assert.Equal(drawing.Edges.Count, graph.FindAll("path.head").Count);
        Assert.NotEmpty(graph.FindAll("path.way.caught"));
        graph.FindAll("rect.hit")[0].Click();
        Assert.Equal("Prepare", chosen);
    }

    [Fact]
    public void Details_OfAStateWithSeveralVisits_ShowsTheLatestAndTheOthersWhenAsked()
    {
        History history = new History().Add("ExecutionStarted").Task("Work").Add("TaskStateEntered", "Work").Add("TaskScheduled", "invoke").Add("TaskFailed", "invoke", null, ("Error", "Broken"), ("Cause", "why"))
            .Add("ExecutionFailed");
        IRenderedComponent<StateDetails> details = Render<StateDetails>(parameters => parameters
            .Add(one => one.Name, "Work").Add(one => one.Story, history.Read()).Add(one => one.StartedAt, History.Start));
        Assert.Contains("Visit 2 of 2", details.Markup, StringComparison.Ordinal);
        Assert.Contains("Broken", details.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("why", details.Find("section[aria-label='Cause']").TextContent, StringComparison.Ordinal);

        details.Find("button[aria-label='Earlier visit']").Click();

        Assert.Contains("Visit 1 of 2", details.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Broken", details.Markup, StringComparison.Ordinal);
        details.FindAll(".visits button").Single(button => button.TextContent.StartsWith("Next with an error", StringComparison.Ordinal)).Click();
        Assert.Contains("Visit 2 of 2", details.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Timeline_OfARun_SaysHowLongEachStateTook()
    {
        string? chosen = null;
        IRenderedComponent<RunTimeline> timeline = Render<RunTimeline>(parameters => parameters
            .Add(one => one.Story, new History().Add("ExecutionStarted").Task("Work").Pass("Ok?", "Choice").Read()).Add(one => one.StartedAt, History.Start)
            .Add(one => one.EndedAt, History.Start.AddSeconds(10)).Add(one => one.SelectedChanged, state => chosen = state));

        Assert.Equal(["4.0 s", "1.0 s"], timeline.FindAll("td.num-right").Select(cell => cell.TextContent));
        Assert.Equal(["10%", "40%"], timeline.FindAll("rect.bar").Take(1).SelectMany(bar => new[] { bar.GetAttribute("x"), bar.GetAttribute("width") }));
        timeline.FindAll("tbody button")[1].Click();
        Assert.Equal("Ok?", chosen);
    }

    [Fact]
    public void Events_Filtered_ShowsThoseOnly()
    {
        History history = new History().Add("ExecutionStarted").Task("Work").Add("TaskStateEntered", "Other").Add("TaskFailed", "invoke", null, ("Cause", "a needle"));
        IRenderedComponent<RunEvents> events = Render<RunEvents>(parameters => parameters.Add(one => one.Events, history.Events).Add(one => one.StartedAt, History.Start));
        Assert.Equal("8 events", events.Find("[role=status]").TextContent);

        events.Find("select").Change(nameof(EventKind.States));
        Assert.Equal("3 of 8 events", events.Find("[role=status]").TextContent);
        events.Find("select").Change(nameof(EventKind.Failures));
        Assert.Equal("1 of 8 events", events.Find("[role=status]").TextContent);
        events.Find("select").Change(nameof(EventKind.All));
        events.Find("input").Input("NEEDLE");
        Assert.Equal("1 of 8 events", events.Find("[role=status]").TextContent);
        events.Find("input").Input("absent");
        events.Find(".none button").Click();
        Assert.Equal("8 events", events.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Overview_AfterSomeRuns_CountsThemAndSaysWhyTheyFailed()
    {
        string good = await StartAsync("{}"), bad = await StartAsync("""{"approval_needed":"maybe"}""");
        await EndedAsync(good);
        await EndedAsync(bad);
        Time.SetUtcNow(DateTimeOffset.UtcNow.AddSeconds(5)); // the cloud's runs start by the real clock

        IRenderedComponent<RunsOverview> overview = Render<RunsOverview>(parameters => parameters.Add(one => one.Window, OverviewWindow.All[0]));

        await overview.WaitForAssertionAsync(() => Assert.NotEmpty(overview.FindAll(".failures li")));
        Assert.NotEqual("0", overview.FindAll(".counts .num")[1].TextContent);
        Assert.NotEmpty(overview.FindAll(".durations tr"));
        Assert.NotEmpty(overview.FindAll(".chart rect"));
        Assert.Contains(overview.FindAll("details tbody tr"), row => row.TextContent.Length > 0);
    }

    [Fact]
    public async Task RunPage_SomebodyWhoMayOnlyRead_SeesNoButtonToStartAgain()
    {
        string name = await StartAsync("{}");
        Get<Caller>().Become(Permits.Someone("Vic", Role.Viewer), "127.0.0.1");

        IRenderedComponent<RunPage> page = Page(name);

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("rect.hit")));
        Assert.Empty(page.FindAll(".page-head button"));
    }

    private IRenderedComponent<RunPage> Page(string name) => Render<RunPage>(parameters => parameters.Add(one => one.Name, name));

    private static IElement State(IRenderedComponent<RunPage> page, string name) =>
        page.FindAll("rect.hit").Single(state => state.GetAttribute("aria-label")!.StartsWith(name + ",", StringComparison.Ordinal));

    private static IElement Button<T>(IRenderedComponent<T> component, string text) where T : IComponent =>
        component.FindAll("button").First(button => button.TextContent.Trim() == text);

    private async Task<string> StartAsync(string input)
    {
        string name = Guid.NewGuid().ToString("N");
        await Cloud.StepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = Cloud.Resources.StateMachineArn, Name = name, Input = input }, Cancel);
        return name;
    }

    private Task<DescribeExecutionResponse> DescribeAsync(string name) => Cloud.StepFunctions.DescribeExecutionAsync(
        new DescribeExecutionRequest { ExecutionArn = $"{Cloud.Resources.StateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}" }, Cancel);

    /// <summary>Waits until the run has asked, and gives the token that it asked with.</summary>
    private async Task<string> AskedAsync(string arn)
    {
        while (true)
        {
            List<HistoryEvent> events = (await Cloud.StepFunctions.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = arn, IncludeExecutionData = true }, Cancel)).Events;
            if (events.Exists(one => one.Type == HistoryEventType.TaskSubmitted))
            {
                string asked = events.Select(one => one.TaskScheduledEventDetails).OfType<TaskScheduledEventDetails>().Single(task => task.ResourceType == "sqs").Parameters;
                return JsonDocument.Parse(asked).RootElement.GetProperty("MessageBody").GetProperty("TaskToken").GetString()!;
            }
            await Task.Yield();
        }
    }

    private async Task EndedAsync(string name)
    {
        while ((await DescribeAsync(name)).Status == ExecutionStatus.RUNNING) await Task.Yield();
    }
}

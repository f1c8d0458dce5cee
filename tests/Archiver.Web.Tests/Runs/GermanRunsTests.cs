using Amazon.StepFunctions.Model;
using Archiver.Web.Runs;
using Archiver.Web.Runs.Events;
using Archiver.Web.Runs.Graph;
using Archiver.Web.Runs.Graph.Definition;
using Archiver.Web.Runs.Overview;
using Archiver.Web.Runs.Story;
using Archiver.Web.Runs.Timeline;
using Archiver.Web.Tests.Runs.Graph;
using Archiver.Web.Tests.Runs.Story;
using Archiver.Web.Tests.Shell.Language;
using Bunit;
using MudBlazor;

namespace Archiver.Web.Tests.Runs;

/// <summary>The runs for somebody who speaks German, also where another viewer's reader gives the news.</summary>
public sealed class GermanRunsTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static readonly History Failing = new History().Add("ExecutionStarted").Task("Work").Add("TaskStateEntered", "Work").Add("TaskScheduled", "invoke")
        .Add("TaskFailed", "invoke", null, ("Error", "Broken")).Add("ExecutionFailed");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunPage_OfARunThatAnEnglishViewerFollows_IsGermanAlsoWhenItIsNews()
    {
        string name = Guid.NewGuid().ToString("N");
        await Cloud.StepFunctions.StartExecutionAsync(
            new StartExecutionRequest { StateMachineArn = Cloud.Resources.StateMachineArn, Name = name, Input = """{"approval_needed":true}""" }, Cancel);
        await using IAsyncDisposable english = Get<RunWatch>().Follow(name, _ => { });
        using InLanguage german = InLanguage.German();

        IRenderedComponent<RunPage> page = Render<RunPage>(parameters => parameters.Add(one => one.Name, name));
        await page.WaitForAssertionAsync(() => Assert.Contains("Läuft", page.Find(".page-head").TextContent, StringComparison.Ordinal));
        await Cloud.StepFunctions.StopExecutionAsync(
            new StopExecutionRequest { ExecutionArn = $"{Cloud.Resources.StateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}" }, Cancel);
        Get<RunWatch>().Refresh(name);

        await page.WaitForAssertionAsync(() => Assert.Contains("Angehalten", page.Find(".page-head").TextContent, StringComparison.Ordinal));
        Assert.Equal("Erneut starten", page.Find(".page-head button:last-of-type").TextContent.Trim());
        Assert.Contains(page.FindAll(".edge title"), title => title.TextContent.Contains("gleich", StringComparison.Ordinal));
        Assert.NotNull(page.Find("section[aria-label='Zeitlicher Ablauf']"));
    }

    [Fact]
    public async Task Runs_AndItsOverview_AreGerman()
    {
        using InLanguage german = InLanguage.German();

        IRenderedComponent<Web.Runs.Runs> page = Render<Web.Runs.Runs>();

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".overview .counts")));
        Assert.Equal("Läufe", page.Find("h1").TextContent);
        Assert.Equal(["Alle", "Läuft", "Erfolgreich", "Fehlgeschlagen", "Zeit abgelaufen", "Angehalten"], page.FindAll("nav.filters a").Select(link => link.TextContent));
        Assert.Equal(OverviewWindow.All.Select(window => window.Text), page.FindAll(".windows a").Select(link => link.TextContent));
        Assert.Equal("24 Stunden", OverviewWindow.Usual.Text);
        Assert.Contains("im Zeitraum von", page.Find("svg.chart").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dialog_StartingTwoRuns_SaysSoInGermanAndIsOnRecordInEnglish()
    {
        using InLanguage german = InLanguage.German();
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        await dialogs.InvokeAsync(() => Get<IDialogService>().ShowAsync<StartRunDialog>());
        Assert.Contains("Archivkennzeichen", dialogs.Find(".hint").TextContent, StringComparison.Ordinal);

        await dialogs.Find("input[type=text], input[type=number], input[inputmode]").InputAsync("2");
        await dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Start").ClickAsync();

        await SaidAsync("2 Läufe gestartet.");
        Assert.Equal("2 runs started.", Trail.Entries[^1].Detail);
    }

    [Fact]
    public void Details_OfAStateThatFailed_AreGerman()
    {
        using InLanguage german = InLanguage.German();

        IRenderedComponent<StateDetails> details = Render<StateDetails>(parameters => parameters
            .Add(one => one.Name, "Work").Add(one => one.Story, Failing.Read()).Add(one => one.StartedAt, History.Start)
            .Add(one => one.State, new MachineState("Work", "Task") { Retries = [new MachineRetry("States.ALL", 1)], Transitions = [new("Rest", TransitionKind.Catch, "Broken")] }));

        Assert.NotNull(details.Find("section[aria-label='Zustand Work']"));
        Assert.Contains("Durchgang 2 von 2", details.Markup, StringComparison.Ordinal);
        Assert.Contains("Fehlgeschlagen", details.Find(".head").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Wiederholt bei States.ALL: höchstens 1 weiterer Versuch", "Bei Broken: Rest"], details.FindAll(".ways li").Select(way => way.TextContent));
    }

    [Fact]
    public void EventsTimelineAndGraph_OfARun_AreGerman()
    {
        using InLanguage german = InLanguage.German();

        IRenderedComponent<RunEvents> events = Render<RunEvents>(parameters => parameters.Add(one => one.Events, Failing.Events).Add(one => one.StartedAt, History.Start));
        IRenderedComponent<RunTimeline> timeline = Render<RunTimeline>(parameters => parameters
            .Add(one => one.Story, Failing.Read()).Add(one => one.StartedAt, History.Start).Add(one => one.EndedAt, History.Start.AddSeconds(10)));
        IRenderedComponent<RunGraph> graph = Render<RunGraph>(parameters => parameters
            .Add(one => one.Drawing, MachineDrawing.Of(DefinitionReader.Read(Machines.Nested)!)!).Add(one => one.Story, RunStory.Empty).Add(one => one.FileName, "run"));

        Assert.Equal("10 Ereignisse", events.Find("[role=status]").TextContent);
        Assert.Equal("Fehlgeschlagen, 2 Durchgänge", timeline.Find("span.word").TextContent);
        Assert.Contains("Für jedes Element", graph.FindAll("text.branch-name").Select(text => text.TextContent));
        Assert.Contains("Enough? → Done: $.count mindestens 3; nicht ($.more ist vorhanden)", graph.FindAll(".edge title").Select(title => title.TextContent));
        Assert.All(graph.FindAll("rect.hit"), state => Assert.EndsWith("Nicht erreicht", state.GetAttribute("aria-label"), StringComparison.Ordinal));
    }
}

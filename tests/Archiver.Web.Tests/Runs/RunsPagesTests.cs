using Archiver.Web.Identity.Access;
using AngleSharp.Dom;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Results.Store;
using Archiver.Web.Runs;
using Bunit;
using MudBlazor;
using RunsPage = Archiver.Web.Runs.Runs;

namespace Archiver.Web.Tests.Runs;

public sealed class RunsPagesTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_AfterAStart_ShowsTheRunAndWhatBecameOfIt()
    {
        string name = await StartAsync("{}");
        await EndedAsync(name);

        IRenderedComponent<RunsPage> page = Render<RunsPage>();

        await page.WaitForAssertionAsync(() =>
            Assert.Contains("Succeeded", page.Find($"a[href='/runs/{name}']").Closest("tr")!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_FilterInTheUrl_ShowsThatStatusOnly()
    {
        string ended = await StartAsync("{}"), waiting = await StartAsync("""{"approval_needed":true}""");
        await EndedAsync(ended);
        Get<BunitNavigationManager>().NavigateTo("/runs?status=running");

        IRenderedComponent<RunsPage> page = Render<RunsPage>();

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll($"a[href='/runs/{waiting}']")));
        Assert.Empty(page.FindAll($"a[href='/runs/{ended}']"));
        Assert.Equal("Running", page.Find("nav a[aria-current]").TextContent);
    }

    [Fact]
    public async Task Dialog_TenSimulatedRuns_StartsTenOfThem()
    {
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        await dialogs.InvokeAsync(() => Get<IDialogService>().ShowAsync<StartRunDialog>("Start run"));

        await dialogs.Find("input[type=text], input[type=number], input[inputmode]").InputAsync("10");
        await Button(dialogs, "Start").ClickAsync();

        await dialogs.WaitForAssertionAsync(() => Assert.Contains("10 runs started.", Said), TimeSpan.FromSeconds(10));
        await dialogs.WaitForAssertionAsync(() => Assert.Empty(dialogs.FindAll(".mud-dialog")));
    }

    [Fact]
    public async Task RunPage_ARunThatWaits_ShowsItsEventsAndIsStopped()
    {
        string name = await StartAsync("""{"approval_needed":true}""");
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        IRenderedComponent<RunPage> page = Render<RunPage>(parameters => parameters.Add(one => one.Name, name));
        await page.WaitForAssertionAsync(() => Assert.Contains("ExecutionStarted", page.Markup, StringComparison.Ordinal));
        Assert.Contains("approval_needed", page.Markup, StringComparison.Ordinal);

        Button(page, "Stop run").Click(); // its task ends with the dialog
        await dialogs.WaitForAssertionAsync(() => Assert.NotEmpty(dialogs.FindAll(".mud-dialog")));
        await Button(dialogs, "Stop run").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("Stopped", page.Find(".page-head").TextContent, StringComparison.Ordinal));
        DescribeExecutionResponse run = await DescribeAsync(name);
        Assert.Equal(ExecutionStatus.ABORTED, run.Status);
        Assert.Contains("in the dashboard", run.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunPage_AnApprovalNeededThatIsNoBoolean_FailedWithTheReason()
    {
        string name = await StartAsync("""{"approval_needed":"maybe"}""");
        await EndedAsync(name);

        IRenderedComponent<RunPage> page = Render<RunPage>(parameters => parameters.Add(one => one.Name, name));

        await page.WaitForAssertionAsync(() => Assert.Contains("Failed", page.Find(".page-head").TextContent, StringComparison.Ordinal));
        Assert.Contains("approval_needed", page.Find("section[aria-label='Cause']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunPage_NoSuchRun_SaysSo()
    {
        IRenderedComponent<RunPage> page = Render<RunPage>(parameters => parameters.Add(one => one.Name, "never"));

        await page.WaitForAssertionAsync(() => Assert.Contains("There is no such run", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunPage_AnExpressRun_ShowsItsResultAndSaysWhyThereIsNoHistory()
    {
        string name = $"express-{Guid.NewGuid():N}";
        await Cloud.StepFunctions.StartExecutionAsync(
            new StartExecutionRequest { StateMachineArn = Cloud.Resources.ExpressStateMachineArn, Name = name, Input = """{"simulate":{"archive":true,"quality":35}}""" }, Cancel);
        while (await Get<ResultsStore>().GetAsync(name, Cancel) is null) await Task.Yield();

        IRenderedComponent<RunPage> page = Render<RunPage>(parameters => parameters.Add(one => one.Name, name));

        await page.WaitForAssertionAsync(() => Assert.Contains("Step Functions keeps no history of it", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Quality_Fail", page.Find("dl.facts").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/results/{name}", page.Find("dl.facts a").GetAttribute("href"));
    }

    [Fact]
    public async Task Dialog_Express_StartsExpressRunsAndExcludesAnApproval()
    {
        IRenderedComponent<MudDialogProvider> dialogs = RenderProviders();
        await dialogs.InvokeAsync(() => Get<IDialogService>().ShowAsync<StartRunDialog>("Start run"));
        IElement[] switches = [.. dialogs.FindAll("input[type=checkbox]")];
        Assert.Equal(2, switches.Length);

        switches[1].Change(true);
        Assert.True(dialogs.FindAll("input[type=checkbox]")[0].HasAttribute("disabled"));
        Assert.Contains("Its result shows under Results", dialogs.Markup, StringComparison.Ordinal);
        await Button(dialogs, "Start").ClickAsync();

        await dialogs.WaitForAssertionAsync(() => Assert.Contains("One run started.", Said), TimeSpan.FromSeconds(10));
        Assert.Contains(Trail.Entries, entry => entry.On.Name == "1 simulated, express");
    }

    [Fact]
    public async Task Events_AfterAKnownOne_AreTheNewOnesInOrder()
    {
        string name = await StartAsync("{}");
        await EndedAsync(name);
        string arn = (await DescribeAsync(name)).ExecutionArn;

        IReadOnlyList<RunEvent> all = await Get<RunsClient>().EventsAsync(arn, 0, Cancel), rest = await Get<RunsClient>().EventsAsync(arn, 5, Cancel);

        Assert.Equal(Enumerable.Range(1, all.Count).Select(id => (long)id), all.Select(one => one.Id));
        Assert.Equal(all.Skip(5).Select(one => one.Id), rest.Select(one => one.Id));
        Assert.Equal("ExecutionSucceeded", all[^1].Type);
    }

    [Fact]
    public async Task StartSimulated_TheSameClickAgain_StartsNothingTwice()
    {
        string click = Guid.NewGuid().ToString("N")[..12];

        StartOutcome first = await Get<RunStarter>().StartSimulatedAsync(Permits.For(Operation.StartRun), click, 3, RunKind.WithApproval, null, Cancel);
        StartOutcome again = await Get<RunStarter>().StartSimulatedAsync(Permits.For(Operation.StartRun), click, 3, RunKind.WithApproval, null, Cancel);

        Assert.Equal(3, first.Started.Count);
        Assert.Equal(first.Started, again.Started);
        ListExecutionsResponse runs = await Cloud.StepFunctions.ListExecutionsAsync(
            new ListExecutionsRequest { StateMachineArn = Cloud.Resources.StateMachineArn, MaxResults = 1000 }, Cancel);
        Assert.Equal(3, runs.Executions.Count(run => run.Name.StartsWith(click, StringComparison.Ordinal)));
    }

    private static IElement Button<T>(IRenderedComponent<T> component, string text) where T : Microsoft.AspNetCore.Components.IComponent =>
        component.FindAll("button").First(button => button.TextContent.Trim() == text);

    private async Task<string> StartAsync(string input)
    {
        string name = Guid.NewGuid().ToString("N");
        await Cloud.StepFunctions.StartExecutionAsync(
            new StartExecutionRequest { StateMachineArn = Cloud.Resources.StateMachineArn, Name = name, Input = input }, Cancel);
        return name;
    }

    private Task<DescribeExecutionResponse> DescribeAsync(string name) => Cloud.StepFunctions.DescribeExecutionAsync(
        new DescribeExecutionRequest
        {
            ExecutionArn = $"{Cloud.Resources.StateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}",
        },
        Cancel);

    private async Task EndedAsync(string name)
    {
        while ((await DescribeAsync(name)).Status == ExecutionStatus.RUNNING) await Task.Yield();
    }
}

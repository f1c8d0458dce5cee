using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Pages;
using Archiver.Web.Tests.Approvals;
using Archiver.Web.Tests.Approvals.Fate;
using Bunit;

namespace Archiver.Web.Tests.Faults;

/// <summary>
/// What a run does between the page's drawing and the click: the reviewer's decision is taken down, the run no longer waits for
/// it, and page, row and record say why.
/// </summary>
public sealed class StaleTokenTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_AfterTheRunWasStopped_SaysWhoStoppedIt()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(Cloud);
        (string arn, IRenderedComponent<ApprovalPage> page) = await DrawAsync(runs);

        await Cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn, Cause = "Stopped by Bob." }, Cancel);
        Approval closed = await ApproveAsync(page);

        AssertClosed(page, closed, ClosedReason.RunStopped, "The run was stopped at ");
        Assert.Equal("Stopped by Bob.", closed.Closing!.Detail);
    }

    [Fact]
    public async Task Approve_AfterTheTimeRanOut_SaysThatItRanOut()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(Cloud, """ "TimeoutSeconds":1, """);
        (string arn, IRenderedComponent<ApprovalPage> page) = await DrawAsync(runs);

        Assert.Equal(ExecutionStatus.FAILED, await runs.EndAsync(arn));
        Approval closed = await ApproveAsync(page);

        AssertClosed(page, closed, ClosedReason.TimedOut, "the time ran out at ");
    }

    [Fact]
    public async Task Approve_AfterTheRunWasRedriven_SaysThatItAsksAnewAndAnswersOnlyWhatWasSeen()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(Cloud);
        (string arn, IRenderedComponent<ApprovalPage> page) = await DrawAsync(runs);

        await Cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn }, Cancel);
        await Cloud.StepFunctions.RedriveExecutionAsync(new RedriveExecutionRequest { ExecutionArn = arn }, Cancel);
        string second = await runs.NextTokenAsync();
        Approval closed = await ApproveAsync(page);

        AssertClosed(page, closed, ClosedReason.Superseded, "The workflow asked again at ");
        // The new token is another approval's, and waits.
        DescribeExecutionResponse run = await Cloud.StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = arn }, Cancel);
        Assert.Equal(ExecutionStatus.RUNNING, run.Status);
        await Cloud.StepFunctions.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = second, Output = "{}" }, Cancel);
        Assert.Equal(ExecutionStatus.SUCCEEDED, await runs.EndAsync(arn));
    }

    [Fact]
    public async Task Approve_AfterTheAwsClientAnswered_SaysThatItWasAnsweredElsewhereAndHow()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(Cloud);
        (string arn, string token) = await runs.StartAsync();
        IRenderedComponent<ApprovalPage> page = await DrawAsync(arn, token);

        await AwsClient.RunAsync(Cloud, "stepfunctions", "send-task-success", "--task-token", token, "--task-output", """{"approved": false}""");
        Approval closed = await ApproveAsync(page);

        AssertClosed(page, closed, ClosedReason.AnsweredElsewhere, "It was answered past the dashboard at ");
        Assert.Equal(ExecutionStatus.SUCCEEDED, await runs.EndAsync(arn));
    }

    private async Task<(string ExecutionArn, IRenderedComponent<ApprovalPage> Page)> DrawAsync(WaitingRuns runs)
    {
        (string arn, string token) = await runs.StartAsync();
        return (arn, await DrawAsync(arn, token));
    }

    private async Task<IRenderedComponent<ApprovalPage>> DrawAsync(string arn, string token)
    {
        Approval approval = Samples.Pending(TaskTokenHash.Of(token), "stale.pdf") with { ExecutionArn = arn };
        await Get<ApprovalsStore>().AddAsync(approval, token, Cancel);
        Get<ApprovalsFeed>().Publish(approval);
        IRenderedComponent<ApprovalPage> page = Render<ApprovalPage>(parameters => parameters.Add(one => one.Id, approval.Id));
        await page.WaitForElementAsync("button[aria-label='Approve stale.pdf']");
        return page;
    }

    // Clicks, and lets the delivery go as far as it goes.
    private async Task<Approval> ApproveAsync(IRenderedComponent<ApprovalPage> page)
    {
        await (await page.WaitForElementAsync("button[aria-label='Approve stale.pdf']")).ClickAsync();
        await SaidAsync("Approved stale.pdf.");
        DecisionDelivery delivery = Get<DecisionDelivery>();
        await delivery.SendAsync((await delivery.BeginAsync(new DueDelivery(Get<ApprovalsFeed>().Find(page.Instance.Id)!), Cancel))!, Cancel);
        return (await Get<ApprovalsStore>().GetAsync(page.Instance.Id, Cancel))!;
    }

    private static void AssertClosed(IRenderedComponent<ApprovalPage> page, Approval approval, ClosedReason reason, string said)
    {
        Assert.Equal((ApprovalStatus.Closed, reason), (approval.Status, approval.Closing!.Reason));
        Assert.NotNull(approval.Closing.At);
        page.WaitForAssertion(() => Assert.Contains(said, page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".mud-alert-filled-error, .mud-alert-text-error")); // nothing is wrong with any of these
    }
}

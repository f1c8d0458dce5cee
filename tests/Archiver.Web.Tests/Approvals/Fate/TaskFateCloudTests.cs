using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Cloud;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Approvals.Fate;

/// <summary>The fates of real tasks, over the real wire.</summary>
public sealed class TaskFateCloudTests(CloudFixture cloud) : IDisposable
{
    private readonly HistoryPace _pace = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _pace.Dispose();

    [Fact]
    public async Task Read_AnsweredByTheTokensHolder_IsAnsweredWithTheOutput()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(cloud);
        (string arn, string token) = await runs.StartAsync();
        Assert.Equal(new TaskFate.Waiting(), await ReadAsync(arn, token));
        await cloud.StepFunctions.SendTaskHeartbeatAsync(new SendTaskHeartbeatRequest { TaskToken = token }, Cancel);
        Assert.Equal(new TaskFate.Waiting(), await ReadAsync(arn, token));

        await cloud.StepFunctions.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = """{"approved": false}""" }, Cancel);

        TaskFate.Answered answered = Assert.IsType<TaskFate.Answered>(await ReadAsync(arn, token));
        Assert.Equal((true, """{"approved":false}"""), (answered.Success, answered.Output?.Replace(" ", "", StringComparison.Ordinal)));
        Assert.True((TimeProvider.System.GetUtcNow() - answered.At).Duration() < TimeSpan.FromMinutes(1));
        Assert.Equal(ExecutionStatus.SUCCEEDED, await runs.EndAsync(arn));
        Assert.IsType<TaskFate.Answered>(await ReadAsync(arn, token));
    }

    [Fact]
    public async Task Read_FailedByTheTokensHolder_IsAnsweredWithItsError()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(cloud);
        (string arn, string token) = await runs.StartAsync();

        await cloud.StepFunctions.SendTaskFailureAsync(new SendTaskFailureRequest { TaskToken = token, Error = "No", Cause = "by hand" }, Cancel);

        Assert.Equal(ExecutionStatus.FAILED, await runs.EndAsync(arn));
        TaskFate.Answered answered = Assert.IsType<TaskFate.Answered>(await ReadAsync(arn, token));
        Assert.Equal((false, "No", "by hand"), (answered.Success, answered.Error, answered.Cause));
    }

    [Fact]
    public async Task Read_NobodyAnsweredInTime_TimedOut()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(cloud, """ "TimeoutSeconds":1, """);
        (string arn, string token) = await runs.StartAsync();

        Assert.Equal(ExecutionStatus.FAILED, await runs.EndAsync(arn));
        Assert.IsType<TaskFate.TimedOut>(await ReadAsync(arn, token));
    }

    [Fact]
    public async Task Read_TriedAgainAfterTheTimeOut_IsSuperseded()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(
            cloud, """ "TimeoutSeconds":1,"Retry":[{"ErrorEquals":["States.Timeout"],"IntervalSeconds":1,"MaxAttempts":1}], """);
        (string arn, string first) = await runs.StartAsync();
        await runs.NextTokenAsync();

        Assert.IsType<TaskFate.Superseded>(await ReadAsync(arn, first));
        Assert.Equal(ExecutionStatus.FAILED, await runs.EndAsync(arn)); // the second one's time runs out, too
        Assert.IsType<TaskFate.Superseded>(await ReadAsync(arn, first));
    }

    [Fact]
    public async Task Read_StoppedAndRedriven_IsStoppedAndThenSuperseded()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(cloud);
        (string arn, string first) = await runs.StartAsync();

        await cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn, Cause = "Stopped by Bob." }, Cancel);
        Assert.Equal("Stopped by Bob.", Assert.IsType<TaskFate.RunStopped>(await ReadAsync(arn, first)).Cause);

        await cloud.StepFunctions.RedriveExecutionAsync(new RedriveExecutionRequest { ExecutionArn = arn }, Cancel);
        string second = await runs.NextTokenAsync();
        Assert.IsType<TaskFate.Superseded>(await ReadAsync(arn, first));
        Assert.Equal(new TaskFate.Waiting(), await ReadAsync(arn, second));
        await cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn }, Cancel);
    }

    [Fact]
    public async Task Read_ARunThatNeverWas_IsGone() => Assert.IsType<TaskFate.RunGone>(
        await ReadAsync("arn:aws:states:us-east-1:000000000000:execution:archiver-ArchiverStateMachine:never-was", "t"));

    [Fact]
    public async Task Read_ARunThatIsNoArn_IsUnknown() => Assert.IsType<TaskFate.Unknown>(await ReadAsync("run 7", "t"));

    private Task<TaskFate> ReadAsync(string executionArn, string token) =>
        new TaskFateReader(cloud.StepFunctions, _pace).ReadAsync(executionArn, TaskTokenHash.Of(token), CallPriority.Person, Cancel);
}

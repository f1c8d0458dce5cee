using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Secrets;

namespace Archiver.Web.Runs;

/// <summary>Reads, stops and redrives the state machine's executions.</summary>
internal sealed class RunsClient(IAmazonStepFunctions stepFunctions, CloudResources cloud, HistoryPace pace)
{
    /// <summary>How many runs a page of the list has.</summary>
    public const int PageSize = 50;

    private const int EventsAPage = 1000;
    private const int NewsAPage = 200;

    /// <summary>Reads a page of the list, newest first.</summary>
    /// <param name="status">Where they stand; nothing for any.</param>
    /// <param name="token">The token of the page before; nothing for the first.</param>
    /// <param name="most">How many a page has, 1,000 at most.</param>
    public async Task<RunsPage> ListAsync(ExecutionStatus? status, string? token, CancellationToken cancellationToken, int most = PageSize)
    {
        ListExecutionsResponse page = await stepFunctions.ListExecutionsAsync(
            new ListExecutionsRequest { StateMachineArn = cloud.StateMachineArn, StatusFilter = status, NextToken = token, MaxResults = most },
            cancellationToken);
        return new RunsPage(
            [.. (page.Executions ?? []).Select(run => new RunSummary(
                run.Name, run.ExecutionArn, run.Status, Moment(run.StartDate) ?? default, Moment(run.StopDate)))],
            page.NextToken);
    }

    /// <summary>Reads one run; nothing when there is none of that name.</summary>
    public async Task<RunDetails?> DescribeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            DescribeExecutionResponse run = await stepFunctions.DescribeExecutionAsync(
                new DescribeExecutionRequest { ExecutionArn = ArnOf(name) }, cancellationToken);
            return new RunDetails(
                new RunSummary(run.Name, run.ExecutionArn, run.Status, Moment(run.StartDate) ?? default, Moment(run.StopDate)),
                SecretText.Json(run.Input), SecretText.Json(run.Output), run.Error, run.Cause,
                run.RedriveStatus == ExecutionRedriveStatus.REDRIVABLE);
        }
        catch (AmazonStepFunctionsException exception) when (exception is ExecutionDoesNotExistException or InvalidArnException)
        {
            return null;
        }
    }

    /// <summary>Reads what a run was started with, as it is: for no page.</summary>
    /// <returns>The input, JSON; nothing when there is no such run, or it had none.</returns>
    public async Task<string?> InputAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await stepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = ArnOf(name) }, cancellationToken)).Input;
        }
        catch (AmazonStepFunctionsException exception) when (exception is ExecutionDoesNotExistException or InvalidArnException)
        {
            return null;
        }
    }

    /// <summary>Reads the definition that a run goes by, which need not be the machine's newest.</summary>
    /// <returns>The definition in the Amazon States Language; nothing where the service does not tell it.</returns>
    public async Task<string?> DefinitionAsync(string arn, CancellationToken cancellationToken)
    {
        try
        {
            return (await stepFunctions.DescribeStateMachineForExecutionAsync(
                new DescribeStateMachineForExecutionRequest { ExecutionArn = arn }, cancellationToken)).Definition;
        }
        catch (AmazonStepFunctionsException exception) when (exception is ExecutionDoesNotExistException or InvalidArnException or { ErrorCode: "AccessDeniedException" })
        {
            return null; // the run's page is worth a lot without the drawing, too
        }
    }

    /// <summary>Reads the events of a run that came after one, oldest first.</summary>
    /// <param name="arn">The run.</param>
    /// <param name="after">The newest event that is known; 0 for none.</param>
    public async Task<IReadOnlyList<RunEvent>> EventsAsync(string arn, long after, CancellationToken cancellationToken)
    {
        // Newest first, until one is known: what is read is what is new.
        List<HistoryEvent> news = [];
        GetExecutionHistoryRequest request = new() { ExecutionArn = arn, ReverseOrder = true, MaxResults = after == 0 ? EventsAPage : NewsAPage, IncludeExecutionData = true };
        bool reached;
        do
        {
            await pace.WaitAsync(CallPriority.Person, cancellationToken);
            GetExecutionHistoryResponse page = await stepFunctions.GetExecutionHistoryAsync(request, cancellationToken);
            List<HistoryEvent> events = page.Events ?? [];
            news.AddRange(events.TakeWhile(one => one.Id > after));
            reached = events.Any(one => one.Id <= after);
            request.NextToken = page.NextToken;
        }
        while (!reached && request.NextToken is not null);
        news.Reverse();
        return [.. news.Select(RunEventReader.Read)];
    }

    /// <summary>Stops a run.</summary>
    /// <param name="permit">Who stops it, which its history says, too.</param>
    /// <param name="arn">The run.</param>
    public Task StopAsync(Permit permit, string arn, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.StopRun);
        return stepFunctions.StopExecutionAsync(
            new StopExecutionRequest { ExecutionArn = arn, Error = "Stopped", Cause = $"Stopped by {permit.Person.Name} in the dashboard." }, cancellationToken);
    }

    /// <summary>Lets a failed run go on from where it failed.</summary>
    public Task RedriveAsync(Permit permit, string arn, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.RedriveRun);
        return stepFunctions.RedriveExecutionAsync(
            new RedriveExecutionRequest { ExecutionArn = arn, ClientToken = Guid.NewGuid().ToString("N") }, cancellationToken);
    }

    // arn:aws:states:REGION:ACCOUNT:stateMachine:MACHINE -> arn:aws:states:REGION:ACCOUNT:execution:MACHINE:NAME
    private string ArnOf(string name) => $"{cloud.StateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}";

    private static DateTimeOffset? Moment(DateTime? date) => date is { } value ? new DateTimeOffset(value.ToUniversalTime()) : null;
}

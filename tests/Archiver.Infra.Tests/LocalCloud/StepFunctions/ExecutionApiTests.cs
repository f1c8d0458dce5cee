using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>The calls about executions, by the real SDK's client.</summary>
public class ExecutionApiTests
{
    private const string Unknown = "arn:aws:states:us-east-1:000000000000:execution:machine:nobody";
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, 123, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartExecution_NoInput_RunsWithAnEmptyObject()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass);
        StartExecutionResponse started = await wire.Client.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machine }, Cancelled);
        Assert.StartsWith("arn:aws:states:us-east-1:000000000000:execution:machine:", started.ExecutionArn, StringComparison.Ordinal);
        Assert.Equal(_time.GetUtcNow().UtcDateTime, started.StartDate!.Value.ToUniversalTime());
        await wire.IdleAsync();
        DescribeExecutionResponse execution = await wire.DescribeAsync(started.ExecutionArn);
        Assert.Equal(ExecutionStatus.SUCCEEDED, execution.Status);
        Assert.Equal("{}", execution.Input);
        Assert.Equal("{}", execution.Output);
        Assert.Equal(machine, execution.StateMachineArn);
        Assert.Equal(0, execution.RedriveCount);
        Assert.Equal(ExecutionRedriveStatus.NOT_REDRIVABLE, execution.RedriveStatus);
        Assert.Equal("Execution is SUCCEEDED and cannot be redriven", execution.RedriveStatusReason);
    }

    [Fact]
    public async Task StartExecution_SameNameSameInputWhileItRuns_IsTheSameExecution()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        StartExecutionRequest request = new() { StateMachineArn = await wire.CreateAsync(Definitions.WaitHour), Name = "once", Input = """{"a":1}""" };
        StartExecutionResponse first = await wire.Client.StartExecutionAsync(request, Cancelled);
        _time.Advance(TimeSpan.FromMinutes(1));
        StartExecutionResponse second = await wire.Client.StartExecutionAsync(request, Cancelled);
        Assert.Equal((first.ExecutionArn, first.StartDate), (second.ExecutionArn, second.StartDate));
        request.Input = """{"a":2}""";
        await Assert.ThrowsAsync<ExecutionAlreadyExistsException>(() => wire.Client.StartExecutionAsync(request, Cancelled));
    }

    [Fact]
    public async Task StartExecution_NameOfAnEndedOne_IsExecutionAlreadyExists()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass);
        await wire.RunAsync(machine, name: "once");
        await Assert.ThrowsAsync<ExecutionAlreadyExistsException>(() => wire.RunAsync(machine, name: "once"));
    }

    [Theory]
    [InlineData("{oops")]
    [InlineData("")]
    [InlineData("approve me!")]
    public async Task StartExecution_InputNotJson_IsInvalidExecutionInput(string input)
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass);
        await Assert.ThrowsAsync<InvalidExecutionInputException>(() => wire.RunAsync(machine, input));
    }

    [Fact]
    public async Task StartExecution_InputOfTheLimitAndAByteMore_IsTakenAndRefused()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass);
        string largest = $"\"{new string('a', 262_142)}\"";
        Assert.Equal(largest, (await wire.DescribeAsync(await wire.RunAsync(machine, largest))).Output);
        await Assert.ThrowsAsync<InvalidExecutionInputException>(() => wire.RunAsync(machine, $"\"{new string('a', 262_143)}\""));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("a/b")]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task StartExecution_BadName_IsInvalidName(string name)
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass);
        await Assert.ThrowsAsync<InvalidNameException>(() => wire.RunAsync(machine, name: name));
    }

    [Fact]
    public async Task StartExecution_UnknownMachineOrNoArn_IsToldApart()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass);
        await Assert.ThrowsAsync<StateMachineDoesNotExistException>(() => wire.RunAsync(machine + "X"));
        await Assert.ThrowsAsync<InvalidArnException>(() => wire.RunAsync("machine"));
    }

    [Fact]
    public async Task DescribeExecution_Failed_HasErrorCauseAndStopDate()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        DescribeExecutionResponse execution = await wire.DescribeAsync(await wire.RunAsync(await wire.CreateAsync(Definitions.Fail)));
        Assert.Equal(ExecutionStatus.FAILED, execution.Status);
        Assert.Equal(("Broken", "as asked"), (execution.Error, execution.Cause));
        Assert.Equal(_time.GetUtcNow().UtcDateTime, execution.StopDate!.Value.ToUniversalTime());
        Assert.Null(execution.Output);
        Assert.Equal(ExecutionRedriveStatus.REDRIVABLE, execution.RedriveStatus);
    }

    [Fact]
    public async Task DescribeExecution_MetadataOnly_KeepsTheDataBack()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string arn = await wire.RunAsync(await wire.CreateAsync(Definitions.Pass), """{"secret":1}""");
        DescribeExecutionResponse execution = await wire.Client.DescribeExecutionAsync(
            new DescribeExecutionRequest { ExecutionArn = arn, IncludedData = IncludedData.METADATA_ONLY }, Cancelled);
        Assert.Null(execution.Input);
        Assert.Null(execution.Output);
        Assert.False(execution.InputDetails.Included);
    }

    [Fact]
    public async Task Calls_UnknownExecution_AreExecutionDoesNotExist()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        AmazonStepFunctionsClient client = wire.Client;
        await Assert.ThrowsAsync<ExecutionDoesNotExistException>(() => wire.DescribeAsync(Unknown));
        await Assert.ThrowsAsync<ExecutionDoesNotExistException>(() => client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = Unknown }, Cancelled));
        await Assert.ThrowsAsync<ExecutionDoesNotExistException>(() => client.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = Unknown }, Cancelled));
        await Assert.ThrowsAsync<ExecutionDoesNotExistException>(() => client.RedriveExecutionAsync(new RedriveExecutionRequest { ExecutionArn = Unknown }, Cancelled));
        await Assert.ThrowsAsync<ExecutionDoesNotExistException>(() => client.DescribeStateMachineForExecutionAsync(new DescribeStateMachineForExecutionRequest { ExecutionArn = Unknown }, Cancelled));
        await Assert.ThrowsAsync<InvalidArnException>(() => wire.DescribeAsync("arn:aws:states:us-east-1:000000000000:stateMachine:machine"));
    }

    [Fact]
    public async Task StopExecution_Twice_EndsOnceAndSaysTheSame()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string arn = await wire.RunAsync(await wire.CreateAsync(Definitions.WaitHour));
        StopExecutionRequest request = new() { ExecutionArn = arn, Error = "Enough", Cause = "of it" };
        StopExecutionResponse first = await wire.Client.StopExecutionAsync(request, Cancelled);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first.StopDate, (await wire.Client.StopExecutionAsync(request, Cancelled)).StopDate);
        DescribeExecutionResponse execution = await wire.DescribeAsync(arn);
        Assert.Equal(ExecutionStatus.ABORTED, execution.Status);
        Assert.Equal(("Enough", "of it"), (execution.Error, execution.Cause));
    }

    [Fact]
    public async Task RedriveExecution_Succeeded_IsExecutionNotRedrivable()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string arn = await wire.RunAsync(await wire.CreateAsync(Definitions.Pass));
        await Assert.ThrowsAsync<ExecutionNotRedrivableException>(() => wire.Client.RedriveExecutionAsync(new RedriveExecutionRequest { ExecutionArn = arn }, Cancelled));
    }

    [Fact]
    public async Task RedriveExecution_Stopped_RunsOnFromWhereItStoodAndIsListedAsRedriven()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.WaitHour);
        string arn = await wire.RunAsync(machine);
        await wire.RunAsync(machine);
        await wire.Client.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn }, Cancelled);
        _time.Advance(TimeSpan.FromMinutes(5));
        RedriveExecutionResponse redriven = await wire.Client.RedriveExecutionAsync(new RedriveExecutionRequest { ExecutionArn = arn }, Cancelled);
        Assert.Equal(_time.GetUtcNow().UtcDateTime, redriven.RedriveDate!.Value.ToUniversalTime());
        ListExecutionsResponse listed = await wire.Client.ListExecutionsAsync(
            new ListExecutionsRequest { StateMachineArn = machine, RedriveFilter = ExecutionRedriveFilter.REDRIVEN }, Cancelled);
        ExecutionListItem item = Assert.Single(listed.Executions);
        Assert.Equal((arn, 1), (item.ExecutionArn, item.RedriveCount));
        Assert.Equal(ExecutionStatus.RUNNING, item.Status);
        Assert.Single((await wire.Client.ListExecutionsAsync(
            new ListExecutionsRequest { StateMachineArn = machine, RedriveFilter = ExecutionRedriveFilter.NOT_REDRIVEN }, Cancelled)).Executions);
        _time.Advance(TimeSpan.FromHours(1));
        await wire.IdleAsync();
        Assert.Equal(ExecutionStatus.SUCCEEDED, (await wire.DescribeAsync(arn)).Status);
    }

    [Fact]
    public async Task ListExecutions_Pages_AreNewestFirstAndComplete()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass);
        List<string> started = [];
        for (int number = 0; number < 7; number++)
        {
            started.Add(await wire.RunAsync(machine));
            if (number % 2 == 0) // some have the same start
                _time.Advance(TimeSpan.FromSeconds(1));
        }
        List<string> listed = [];
        ListExecutionsRequest request = new() { StateMachineArn = machine, MaxResults = 3 };
        do
        {
            ListExecutionsResponse page = await wire.Client.ListExecutionsAsync(request, Cancelled);
            Assert.InRange(page.Executions.Count, 1, 3);
            listed.AddRange(page.Executions.Select(execution => execution.ExecutionArn));
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);
        started.Reverse();
        Assert.Equal(started, listed);
    }

    [Fact]
    public async Task ListExecutions_StatusFilter_GivesThoseAlone()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string waiting = await wire.CreateAsync(
            """{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.f","IsPresent":true,"Next":"F"}],"Default":"W"},"F":{"Type":"Fail"},"W":{"Type":"Wait","Seconds":9,"End":true}}}""");
        string running = await wire.RunAsync(waiting);
        string failed = await wire.RunAsync(waiting, """{"f":1}""");
        string stopped = await wire.RunAsync(waiting);
        await wire.Client.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = stopped }, Cancelled);
        foreach ((ExecutionStatus status, string arn) in new[]
        {
            (ExecutionStatus.RUNNING, running), (ExecutionStatus.FAILED, failed), (ExecutionStatus.ABORTED, stopped),
        })
        {
            ListExecutionsResponse listed = await wire.Client.ListExecutionsAsync(
                new ListExecutionsRequest { StateMachineArn = waiting, StatusFilter = status }, Cancelled);
            Assert.Equal([arn], listed.Executions.Select(execution => execution.ExecutionArn));
        }
    }

    [Fact]
    public async Task ListExecutions_BadRequests_AreRefused()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass);
        string express = await wire.CreateAsync(Definitions.Pass, "express", "EXPRESS");
        await wire.RunAsync(machine);
        await wire.RunAsync(machine);
        string token = (await ListAsync(wire, new ListExecutionsRequest { StateMachineArn = machine, MaxResults = 1 })).NextToken;
        await Assert.ThrowsAsync<InvalidTokenException>(() => ListAsync(wire, new ListExecutionsRequest { StateMachineArn = machine, NextToken = "nonsense" }));
        await Assert.ThrowsAsync<InvalidTokenException>(() => ListAsync(
            wire, new ListExecutionsRequest { StateMachineArn = machine, NextToken = token, StatusFilter = ExecutionStatus.FAILED }));
        await Assert.ThrowsAsync<StateMachineTypeNotSupportedException>(() => ListAsync(wire, new ListExecutionsRequest { StateMachineArn = express }));
        await Assert.ThrowsAsync<StateMachineDoesNotExistException>(() => ListAsync(wire, new ListExecutionsRequest { StateMachineArn = machine + "X" }));
        foreach (ListExecutionsRequest request in new ListExecutionsRequest[]
        {
            new() { StateMachineArn = machine, MaxResults = 1001 },
            new() { StateMachineArn = machine, StatusFilter = "SLEEPING" },
            new() { StateMachineArn = machine, StatusFilter = ExecutionStatus.PENDING_REDRIVE },
            new(),
        })
        {
            AmazonServiceException refusal = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ListAsync(wire, request));
            Assert.Equal("ValidationException", refusal.ErrorCode);
        }
    }

    [Fact]
    public async Task GetExecutionHistory_PagesBothWays_GiveEveryEventOnce()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string arn = await wire.RunAsync(await wire.CreateAsync(Definitions.Pass), """{"a":1}""");
        foreach (bool reverse in (bool[])[false, true])
        {
            List<long?> ids = [];
            GetExecutionHistoryRequest request = new() { ExecutionArn = arn, MaxResults = 2, ReverseOrder = reverse };
            do
            {
                GetExecutionHistoryResponse page = await wire.Client.GetExecutionHistoryAsync(request, Cancelled);
                ids.AddRange(page.Events.Select(entry => entry.Id));
                request.NextToken = page.NextToken;
            }
            while (request.NextToken is not null);
            Assert.Equal(reverse ? [4, 3, 2, 1] : [1, 2, 3, 4], ids);
        }
    }

    [Fact]
    public async Task GetExecutionHistory_WithAndWithoutData_HasTypesDetailsAndTimes()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string arn = await wire.RunAsync(await wire.CreateAsync(Definitions.Pass), """{"a":1}""");
        GetExecutionHistoryResponse history = await wire.Client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = arn }, Cancelled);
        Assert.Equal(
            [HistoryEventType.ExecutionStarted, HistoryEventType.PassStateEntered, HistoryEventType.PassStateExited, HistoryEventType.ExecutionSucceeded],
            history.Events.Select(entry => entry.Type));
        Assert.Equal("""{"a":1}""", history.Events[0].ExecutionStartedEventDetails.Input);
        Assert.Equal("Only", history.Events[1].StateEnteredEventDetails.Name);
        Assert.Equal(_time.GetUtcNow().UtcDateTime, history.Events[3].Timestamp!.Value.ToUniversalTime());
        GetExecutionHistoryResponse bare = await wire.Client.GetExecutionHistoryAsync(
            new GetExecutionHistoryRequest { ExecutionArn = arn, IncludeExecutionData = false }, Cancelled);
        Assert.Null(bare.Events[0].ExecutionStartedEventDetails.Input);
        Assert.Equal("Only", bare.Events[1].StateEnteredEventDetails.Name);
    }

    [Fact]
    public async Task StartSyncExecution_Express_AnswersWithTheEnd()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass, type: "EXPRESS");
        StartSyncExecutionResponse end = await wire.Client.StartSyncExecutionAsync(
            new StartSyncExecutionRequest { StateMachineArn = machine, Input = """{"a":1}""", Name = "run" }, Cancelled);
        Assert.Equal(SyncExecutionStatus.SUCCEEDED, end.Status);
        Assert.Equal("""{"a":1}""", end.Output);
        Assert.StartsWith("arn:aws:states:us-east-1:000000000000:express:machine:run:", end.ExecutionArn, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidArnException>(() => wire.DescribeAsync(end.ExecutionArn));
    }

    [Fact]
    public async Task StartSyncExecution_ExpressFails_AnswersWithErrorAndCause()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Fail, type: "EXPRESS");
        StartSyncExecutionResponse end = await wire.Client.StartSyncExecutionAsync(new StartSyncExecutionRequest { StateMachineArn = machine }, Cancelled);
        Assert.Equal(SyncExecutionStatus.FAILED, end.Status);
        Assert.Equal(("Broken", "as asked"), (end.Error, end.Cause));
    }

    [Fact]
    public async Task StartSyncExecution_Standard_IsStateMachineTypeNotSupported()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.Pass);
        await Assert.ThrowsAsync<StateMachineTypeNotSupportedException>(() => wire.Client.StartSyncExecutionAsync(
            new StartSyncExecutionRequest { StateMachineArn = machine }, Cancelled));
    }

    [Fact]
    public async Task StartExecution_ExpressSameNameTwice_RunsTwiceUnseen()
    {
        await using StatesWire wire = await StatesWire.StartAsync(_time);
        string machine = await wire.CreateAsync(Definitions.WaitHour.Replace("3600", "10", StringComparison.Ordinal), type: "EXPRESS");
        string first = await wire.RunAsync(machine, name: "same");
        Assert.NotEqual(first, await wire.RunAsync(machine, name: "same"));
        await Assert.ThrowsAsync<InvalidArnException>(() => wire.DescribeAsync(first));
    }

    private static Task<ListExecutionsResponse> ListAsync(StatesWire wire, ListExecutionsRequest request) => wire.Client.ListExecutionsAsync(request, Cancelled);
}

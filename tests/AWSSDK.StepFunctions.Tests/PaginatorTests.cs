using Amazon.StepFunctions.Model;
using Amazon.StepFunctions.Tests.Wire;

namespace Amazon.StepFunctions.Tests;

/// <summary>Reading page after page.</summary>
public sealed class PaginatorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListExecutions_ThreePages_GivesTheExecutionsOfAll()
    {
        var service = new FakeService()
            .Answers("""{"executions":[{"name":"a"},{"name":"b"}],"nextToken":"2"}""")
            .Answers("""{"nextToken":"3"}""")
            .Answers("""{"executions":[{"name":"c"}]}""");
        using var client = service.Client();
        var request = new ListExecutionsRequest
        {
            StateMachineArn = "arn:m",
            MapRunArn = "arn:r",
            StatusFilter = ExecutionStatus.RUNNING,
            RedriveFilter = ExecutionRedriveFilter.REDRIVEN,
            MaxResults = 2,
        };

        var executions = await client.Paginators.ListExecutions(request).Executions.ToListAsync(Stop);

        Assert.Equal(["a", "b", "c"], executions.Select(execution => execution.Name));
        Assert.Null(request.NextToken);
        Assert.Equal(
            [null, "2", "3"],
            service.Requests.Select(sent => (string?)sent.Json["nextToken"]));
        Assert.All(service.Requests, sent => Assert.Equal(
            ("arn:m", "arn:r", "RUNNING", "REDRIVEN", 2),
            ((string?)sent.Json["stateMachineArn"], (string?)sent.Json["mapRunArn"], (string?)sent.Json["statusFilter"],
                (string?)sent.Json["redriveFilter"], (int)sent.Json["maxResults"]!)));
    }

    [Fact]
    public async Task GetExecutionHistory_TwoPages_GivesTheEventsOfBoth()
    {
        var service = new FakeService()
            .Answers("""{"events":[{"id":2}],"nextToken":"next"}""")
            .Answers("""{"events":[{"id":1}]}""");
        using var client = service.Client();
        var request = new GetExecutionHistoryRequest
        {
            ExecutionArn = "arn:e",
            ReverseOrder = true,
            IncludeExecutionData = false,
            MaxResults = 1,
            NextToken = "first",
        };

        var ids = await client.Paginators.GetExecutionHistory(request).Events.Select(happened => happened.Id).ToListAsync(Stop);

        Assert.Equal([2, 1], ids);
        Assert.Equal(["first", "next"], service.Requests.Select(sent => (string?)sent.Json["nextToken"]));
        Assert.All(service.Requests, sent => Assert.Equal(
            ("arn:e", true, false, 1),
            ((string?)sent.Json["executionArn"], (bool)sent.Json["reverseOrder"]!, (bool)sent.Json["includeExecutionData"]!,
                (int)sent.Json["maxResults"]!)));
    }

    [Fact]
    public async Task ListStateMachines_StoppedAfterTheFirst_AsksForNoMore()
    {
        var service = new FakeService().Answers("""{"stateMachines":[{"name":"m"}],"nextToken":"2"}""");
        using var client = service.Client();
        var request = new ListStateMachinesRequest { MaxResults = 1 };

        var first = await client.Paginators.ListStateMachines(request).StateMachines.FirstAsync(Stop);

        Assert.Equal("m", first.Name);
        Assert.Equal(1, (int)service.Request.Json["maxResults"]!);
    }

    [Fact]
    public async Task ListStateMachines_Responses_GivesThePages()
    {
        var service = new FakeService().Answers("""{"nextToken":"2"}""").Answers();
        using var client = service.Client();

        var pages = await client.Paginators.ListStateMachines(new ListStateMachinesRequest()).Responses.CountAsync(Stop);

        Assert.Equal(2, pages);
    }
}

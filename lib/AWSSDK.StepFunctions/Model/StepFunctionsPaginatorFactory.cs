#nullable enable
using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>The paginators of one client.</summary>
internal sealed class StepFunctionsPaginatorFactory(IAmazonStepFunctions client) : IStepFunctionsPaginatorFactory
{
    public IGetExecutionHistoryPaginator GetExecutionHistory(GetExecutionHistoryRequest request) => new History(new(
        (token, stop) => client.GetExecutionHistoryAsync(
            new()
            {
                ExecutionArn = request.ExecutionArn,
                MaxResults = request.MaxResults,
                ReverseOrder = request.ReverseOrder,
                IncludeExecutionData = request.IncludeExecutionData,
                NextToken = token,
            },
            stop),
        request.NextToken,
        page => page.NextToken));

    public IListExecutionsPaginator ListExecutions(ListExecutionsRequest request) => new Executions(new(
        (token, stop) => client.ListExecutionsAsync(
            new()
            {
                StateMachineArn = request.StateMachineArn,
                StatusFilter = request.StatusFilter,
                MaxResults = request.MaxResults,
                MapRunArn = request.MapRunArn,
                RedriveFilter = request.RedriveFilter,
                NextToken = token,
            },
            stop),
        request.NextToken,
        page => page.NextToken));

    public IListStateMachinesPaginator ListStateMachines(ListStateMachinesRequest request) => new StateMachines(new(
        (token, stop) => client.ListStateMachinesAsync(new() { MaxResults = request.MaxResults, NextToken = token }, stop),
        request.NextToken,
        page => page.NextToken));

    private sealed class History(Pages<GetExecutionHistoryResponse> pages) : IGetExecutionHistoryPaginator
    {
        public IPaginatedEnumerable<GetExecutionHistoryResponse> Responses => pages.All;

        public IPaginatedEnumerable<HistoryEvent> Events => pages.Items(page => page.Events);
    }

    private sealed class Executions(Pages<ListExecutionsResponse> pages) : IListExecutionsPaginator
    {
        public IPaginatedEnumerable<ListExecutionsResponse> Responses => pages.All;

        IPaginatedEnumerable<ExecutionListItem> IListExecutionsPaginator.Executions => pages.Items(page => page.Executions);
    }

    private sealed class StateMachines(Pages<ListStateMachinesResponse> pages) : IListStateMachinesPaginator
    {
        public IPaginatedEnumerable<ListStateMachinesResponse> Responses => pages.All;

        IPaginatedEnumerable<StateMachineListItem> IListStateMachinesPaginator.StateMachines =>
            pages.Items(page => page.StateMachines);
    }

    /// <summary>Asks for one page after the other, each with the token of the one before, until there is none.</summary>
    private sealed class Pages<TResponse>(
        Func<string?, CancellationToken, Task<TResponse>> ask, string? first, Func<TResponse, string?> next) : IPaginator<TResponse>
    {
        public IPaginatedEnumerable<TResponse> All => new PaginatedResponse<TResponse>(this);

        public PaginatedResultKeyResponse<TResponse, TItem> Items<TItem>(Func<TResponse, IEnumerable<TItem>?> items) =>
            new(this, page => items(page) ?? []);

        public async IAsyncEnumerable<TResponse> PaginateAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var token = first;
            do
            {
                var page = await ask(token, cancellationToken);
                yield return page;
                token = next(page);
            }
            while (!string.IsNullOrEmpty(token));
        }
    }
}

using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>
/// Reads the operations that give pages to their end: who enumerates a paginator asks the service for page after page.
/// </summary>
public interface IStepFunctionsPaginatorFactory
{
    /// <summary>The pages of a history.</summary>
    IGetExecutionHistoryPaginator GetExecutionHistory(GetExecutionHistoryRequest request);

    /// <summary>The pages of a list of executions.</summary>
    IListExecutionsPaginator ListExecutions(ListExecutionsRequest request);

    /// <summary>The pages of the list of state machines.</summary>
    IListStateMachinesPaginator ListStateMachines(ListStateMachinesRequest request);
}

/// <summary>The pages of a history.</summary>
public interface IGetExecutionHistoryPaginator
{
    /// <summary>The pages.</summary>
    IPaginatedEnumerable<GetExecutionHistoryResponse> Responses { get; }

    /// <summary>The events of all pages.</summary>
    IPaginatedEnumerable<HistoryEvent> Events { get; }
}

/// <summary>The pages of a list of executions.</summary>
public interface IListExecutionsPaginator
{
    /// <summary>The pages.</summary>
    IPaginatedEnumerable<ListExecutionsResponse> Responses { get; }

    /// <summary>The executions of all pages.</summary>
    IPaginatedEnumerable<ExecutionListItem> Executions { get; }
}

/// <summary>The pages of the list of state machines.</summary>
public interface IListStateMachinesPaginator
{
    /// <summary>The pages.</summary>
    IPaginatedEnumerable<ListStateMachinesResponse> Responses { get; }

    /// <summary>The state machines of all pages.</summary>
    IPaginatedEnumerable<StateMachineListItem> StateMachines { get; }
}

using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>The type of an event in an execution's history.</summary>
public class HistoryEventType : ConstantClass
{
    /// <summary>An activity failed.</summary>
    public static readonly HistoryEventType ActivityFailed = new("ActivityFailed");

    /// <summary>An activity was scheduled.</summary>
    public static readonly HistoryEventType ActivityScheduled = new("ActivityScheduled");

    /// <summary>An activity could not be scheduled.</summary>
    public static readonly HistoryEventType ActivityScheduleFailed = new("ActivityScheduleFailed");

    /// <summary>A worker took an activity.</summary>
    public static readonly HistoryEventType ActivityStarted = new("ActivityStarted");

    /// <summary>An activity succeeded.</summary>
    public static readonly HistoryEventType ActivitySucceeded = new("ActivitySucceeded");

    /// <summary>An activity timed out.</summary>
    public static readonly HistoryEventType ActivityTimedOut = new("ActivityTimedOut");

    /// <summary>A Choice state was entered.</summary>
    public static readonly HistoryEventType ChoiceStateEntered = new("ChoiceStateEntered");

    /// <summary>A Choice state was left.</summary>
    public static readonly HistoryEventType ChoiceStateExited = new("ChoiceStateExited");

    /// <summary>The execution was stopped.</summary>
    public static readonly HistoryEventType ExecutionAborted = new("ExecutionAborted");

    /// <summary>The execution failed.</summary>
    public static readonly HistoryEventType ExecutionFailed = new("ExecutionFailed");

    /// <summary>The execution started.</summary>
    public static readonly HistoryEventType ExecutionStarted = new("ExecutionStarted");

    /// <summary>The execution succeeded.</summary>
    public static readonly HistoryEventType ExecutionSucceeded = new("ExecutionSucceeded");

    /// <summary>The execution timed out.</summary>
    public static readonly HistoryEventType ExecutionTimedOut = new("ExecutionTimedOut");

    /// <summary>A Fail state was entered.</summary>
    public static readonly HistoryEventType FailStateEntered = new("FailStateEntered");

    /// <summary>A Lambda function failed.</summary>
    public static readonly HistoryEventType LambdaFunctionFailed = new("LambdaFunctionFailed");

    /// <summary>A Lambda function was scheduled.</summary>
    public static readonly HistoryEventType LambdaFunctionScheduled = new("LambdaFunctionScheduled");

    /// <summary>A Lambda function could not be scheduled.</summary>
    public static readonly HistoryEventType LambdaFunctionScheduleFailed = new("LambdaFunctionScheduleFailed");

    /// <summary>A Lambda function started.</summary>
    public static readonly HistoryEventType LambdaFunctionStarted = new("LambdaFunctionStarted");

    /// <summary>A Lambda function could not be started.</summary>
    public static readonly HistoryEventType LambdaFunctionStartFailed = new("LambdaFunctionStartFailed");

    /// <summary>A Lambda function succeeded.</summary>
    public static readonly HistoryEventType LambdaFunctionSucceeded = new("LambdaFunctionSucceeded");

    /// <summary>A Lambda function timed out.</summary>
    public static readonly HistoryEventType LambdaFunctionTimedOut = new("LambdaFunctionTimedOut");

    /// <summary>An iteration of a Map state was aborted.</summary>
    public static readonly HistoryEventType MapIterationAborted = new("MapIterationAborted");

    /// <summary>An iteration of a Map state failed.</summary>
    public static readonly HistoryEventType MapIterationFailed = new("MapIterationFailed");

    /// <summary>An iteration of a Map state started.</summary>
    public static readonly HistoryEventType MapIterationStarted = new("MapIterationStarted");

    /// <summary>An iteration of a Map state succeeded.</summary>
    public static readonly HistoryEventType MapIterationSucceeded = new("MapIterationSucceeded");

    /// <summary>A Map state was aborted.</summary>
    public static readonly HistoryEventType MapStateAborted = new("MapStateAborted");

    /// <summary>A Map state was entered.</summary>
    public static readonly HistoryEventType MapStateEntered = new("MapStateEntered");

    /// <summary>A Map state was left.</summary>
    public static readonly HistoryEventType MapStateExited = new("MapStateExited");

    /// <summary>A Map state failed.</summary>
    public static readonly HistoryEventType MapStateFailed = new("MapStateFailed");

    /// <summary>A Map state started.</summary>
    public static readonly HistoryEventType MapStateStarted = new("MapStateStarted");

    /// <summary>A Map state succeeded.</summary>
    public static readonly HistoryEventType MapStateSucceeded = new("MapStateSucceeded");

    /// <summary>A Parallel state was aborted.</summary>
    public static readonly HistoryEventType ParallelStateAborted = new("ParallelStateAborted");

    /// <summary>A Parallel state was entered.</summary>
    public static readonly HistoryEventType ParallelStateEntered = new("ParallelStateEntered");

    /// <summary>A Parallel state was left.</summary>
    public static readonly HistoryEventType ParallelStateExited = new("ParallelStateExited");

    /// <summary>A Parallel state failed.</summary>
    public static readonly HistoryEventType ParallelStateFailed = new("ParallelStateFailed");

    /// <summary>A Parallel state started.</summary>
    public static readonly HistoryEventType ParallelStateStarted = new("ParallelStateStarted");

    /// <summary>A Parallel state succeeded.</summary>
    public static readonly HistoryEventType ParallelStateSucceeded = new("ParallelStateSucceeded");

    /// <summary>A Pass state was entered.</summary>
    public static readonly HistoryEventType PassStateEntered = new("PassStateEntered");

    /// <summary>A Pass state was left.</summary>
    public static readonly HistoryEventType PassStateExited = new("PassStateExited");

    /// <summary>A Succeed state was entered.</summary>
    public static readonly HistoryEventType SucceedStateEntered = new("SucceedStateEntered");

    /// <summary>A Succeed state was left.</summary>
    public static readonly HistoryEventType SucceedStateExited = new("SucceedStateExited");

    /// <summary>A task failed.</summary>
    public static readonly HistoryEventType TaskFailed = new("TaskFailed");

    /// <summary>A task was scheduled.</summary>
    public static readonly HistoryEventType TaskScheduled = new("TaskScheduled");

    /// <summary>A task was started.</summary>
    public static readonly HistoryEventType TaskStarted = new("TaskStarted");

    /// <summary>A task could not be started.</summary>
    public static readonly HistoryEventType TaskStartFailed = new("TaskStartFailed");

    /// <summary>A Task state was aborted.</summary>
    public static readonly HistoryEventType TaskStateAborted = new("TaskStateAborted");

    /// <summary>A Task state was entered.</summary>
    public static readonly HistoryEventType TaskStateEntered = new("TaskStateEntered");

    /// <summary>A Task state was left.</summary>
    public static readonly HistoryEventType TaskStateExited = new("TaskStateExited");

    /// <summary>The service refused the call that a task waits on.</summary>
    public static readonly HistoryEventType TaskSubmitFailed = new("TaskSubmitFailed");

    /// <summary>The service took the call; the task waits for its answer.</summary>
    public static readonly HistoryEventType TaskSubmitted = new("TaskSubmitted");

    /// <summary>A task succeeded.</summary>
    public static readonly HistoryEventType TaskSucceeded = new("TaskSucceeded");

    /// <summary>A task timed out.</summary>
    public static readonly HistoryEventType TaskTimedOut = new("TaskTimedOut");

    /// <summary>A Wait state was aborted.</summary>
    public static readonly HistoryEventType WaitStateAborted = new("WaitStateAborted");

    /// <summary>A Wait state was entered.</summary>
    public static readonly HistoryEventType WaitStateEntered = new("WaitStateEntered");

    /// <summary>A Wait state was left.</summary>
    public static readonly HistoryEventType WaitStateExited = new("WaitStateExited");

    /// <summary>A Map Run was aborted.</summary>
    public static readonly HistoryEventType MapRunAborted = new("MapRunAborted");

    /// <summary>A Map Run failed.</summary>
    public static readonly HistoryEventType MapRunFailed = new("MapRunFailed");

    /// <summary>A Map Run started.</summary>
    public static readonly HistoryEventType MapRunStarted = new("MapRunStarted");

    /// <summary>A Map Run succeeded.</summary>
    public static readonly HistoryEventType MapRunSucceeded = new("MapRunSucceeded");

    /// <summary>The execution was redriven.</summary>
    public static readonly HistoryEventType ExecutionRedriven = new("ExecutionRedriven");

    /// <summary>A Map Run was redriven.</summary>
    public static readonly HistoryEventType MapRunRedriven = new("MapRunRedriven");

    /// <summary>An expression of a state failed to evaluate.</summary>
    public static readonly HistoryEventType EvaluationFailed = new("EvaluationFailed");

    /// <summary>A value that this version knows no constant for.</summary>
    public HistoryEventType(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static HistoryEventType FindValue(string value) => FindValue<HistoryEventType>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator HistoryEventType(string value) => FindValue(value);
}

using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>One event of an execution's history: its <see cref="Type"/> says which one of the details is set.</summary>
public class HistoryEvent
{
    /// <summary>When the event occurred.</summary>
    [AWSProperty(Required = true)]
    public DateTime? Timestamp { get; set; }

    /// <summary>The type of the event; it says which of the details below is set.</summary>
    [AWSProperty(Required = true)]
    public HistoryEventType Type { get; set; }

    /// <summary>The event's number; the first of an execution is 1.</summary>
    [AWSProperty(Required = true)]
    public long? Id { get; set; }

    /// <summary>The number of the event that led to this one; 0 for the first.</summary>
    public long? PreviousEventId { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ActivityFailed"/>.</summary>
    public ActivityFailedEventDetails ActivityFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ActivityScheduleFailed"/>.</summary>
    public ActivityScheduleFailedEventDetails ActivityScheduleFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ActivityScheduled"/>.</summary>
    public ActivityScheduledEventDetails ActivityScheduledEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ActivityStarted"/>.</summary>
    public ActivityStartedEventDetails ActivityStartedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ActivitySucceeded"/>.</summary>
    public ActivitySucceededEventDetails ActivitySucceededEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ActivityTimedOut"/>.</summary>
    public ActivityTimedOutEventDetails ActivityTimedOutEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.TaskFailed"/>.</summary>
    public TaskFailedEventDetails TaskFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.TaskScheduled"/>.</summary>
    public TaskScheduledEventDetails TaskScheduledEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.TaskStartFailed"/>.</summary>
    public TaskStartFailedEventDetails TaskStartFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.TaskStarted"/>.</summary>
    public TaskStartedEventDetails TaskStartedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.TaskSubmitFailed"/>.</summary>
    public TaskSubmitFailedEventDetails TaskSubmitFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.TaskSubmitted"/>.</summary>
    public TaskSubmittedEventDetails TaskSubmittedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.TaskSucceeded"/>.</summary>
    public TaskSucceededEventDetails TaskSucceededEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.TaskTimedOut"/>.</summary>
    public TaskTimedOutEventDetails TaskTimedOutEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ExecutionFailed"/>.</summary>
    public ExecutionFailedEventDetails ExecutionFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ExecutionStarted"/>.</summary>
    public ExecutionStartedEventDetails ExecutionStartedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ExecutionSucceeded"/>.</summary>
    public ExecutionSucceededEventDetails ExecutionSucceededEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ExecutionAborted"/>.</summary>
    public ExecutionAbortedEventDetails ExecutionAbortedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ExecutionTimedOut"/>.</summary>
    public ExecutionTimedOutEventDetails ExecutionTimedOutEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.ExecutionRedriven"/>.</summary>
    public ExecutionRedrivenEventDetails ExecutionRedrivenEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.MapStateStarted"/>.</summary>
    public MapStateStartedEventDetails MapStateStartedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.MapIterationStarted"/>.</summary>
    public MapIterationEventDetails MapIterationStartedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.MapIterationSucceeded"/>.</summary>
    public MapIterationEventDetails MapIterationSucceededEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.MapIterationFailed"/>.</summary>
    public MapIterationEventDetails MapIterationFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.MapIterationAborted"/>.</summary>
    public MapIterationEventDetails MapIterationAbortedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.LambdaFunctionFailed"/>.</summary>
    public LambdaFunctionFailedEventDetails LambdaFunctionFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.LambdaFunctionScheduleFailed"/>.</summary>
    public LambdaFunctionScheduleFailedEventDetails LambdaFunctionScheduleFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.LambdaFunctionScheduled"/>.</summary>
    public LambdaFunctionScheduledEventDetails LambdaFunctionScheduledEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.LambdaFunctionStartFailed"/>.</summary>
    public LambdaFunctionStartFailedEventDetails LambdaFunctionStartFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.LambdaFunctionSucceeded"/>.</summary>
    public LambdaFunctionSucceededEventDetails LambdaFunctionSucceededEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.LambdaFunctionTimedOut"/>.</summary>
    public LambdaFunctionTimedOutEventDetails LambdaFunctionTimedOutEventDetails { get; set; }

    /// <summary>The details of every <c>…StateEntered</c> event.</summary>
    public StateEnteredEventDetails StateEnteredEventDetails { get; set; }

    /// <summary>The details of every <c>…StateExited</c> event.</summary>
    public StateExitedEventDetails StateExitedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.MapRunStarted"/>.</summary>
    public MapRunStartedEventDetails MapRunStartedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.MapRunFailed"/>.</summary>
    public MapRunFailedEventDetails MapRunFailedEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.MapRunRedriven"/>.</summary>
    public MapRunRedrivenEventDetails MapRunRedrivenEventDetails { get; set; }

    /// <summary>The details of <see cref="HistoryEventType.EvaluationFailed"/>.</summary>
    public EvaluationFailedEventDetails EvaluationFailedEventDetails { get; set; }
}

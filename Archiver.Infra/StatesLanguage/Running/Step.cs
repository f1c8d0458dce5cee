using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Running;

/// <summary>
/// One call of the interpreter while it is under way: the snapshot as it becomes, the events and effects as they gather, and the
/// moves that every kind of state is made of: enter, exit, wait, end.
/// </summary>
internal sealed class Step
{
    private readonly List<HistoryEvent> _events = [];
    private readonly List<ExecutionEffect> _effects = [];

    /// <summary>Begins a step.</summary>
    public Step(
        StateMachine machine, InterpreterSurroundings surroundings, ExecutionIdentity identity, ExecutionSnapshot snapshot, DateTimeOffset now)
    {
        Machine = machine;
        Surroundings = surroundings;
        Identity = identity;
        Snapshot = snapshot;
        Now = now;
    }

    /// <summary>The machine.</summary>
    public StateMachine Machine { get; }

    /// <summary>Tokens, chance and identifiers.</summary>
    public InterpreterSurroundings Surroundings { get; }

    /// <summary>Who the execution is.</summary>
    public ExecutionIdentity Identity { get; }

    /// <summary>The one time of the step.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Where the execution stands.</summary>
    public ExecutionSnapshot Snapshot { get; set; }

    /// <summary>The level that is run. With concurrent states this becomes the one among many that the input is for.</summary>
    public ExecutionFrame Frame
    {
        get => Snapshot.Root ?? throw new InvalidOperationException("The execution has entered no state.");
        set => Snapshot = Snapshot with { Root = value };
    }

    /// <summary>The state that the frame is in.</summary>
    public State State => Machine.States[Frame.State];

    /// <summary>The execution goes on, and nothing is awaited.</summary>
    public bool IsReady => Snapshot.Status == ExecutionStatus.Running && Frame.Waiting == FrameWait.None;

    /// <summary>The id that the next event will have, after which tasks and timers are named.</summary>
    public long NextEventId => Snapshot.LastEventId + 1;

    /// <summary>What the step came to.</summary>
    public Transition Finish() => new(Snapshot, _events, _effects);

    /// <summary>Asks for something to be done.</summary>
    public void Ask(ExecutionEffect effect) => _effects.Add(effect);

    /// <summary>Adds an event, linked to the frame's newest.</summary>
    /// <exception cref="EvaluationException">The history is full.</exception>
    public void Add(string type, string? detailsName = null, JsonObject? details = null)
    {
        // The last event that fits is the one that ends the execution. Express executions keep no history.
        if (!Machine.IsExpress && NextEventId >= StatesLimits.HistoryEvents)
        {
            throw new EvaluationException(
                StatesErrors.Runtime,
                $"The execution reached the maximum number of history events ({StatesLimits.HistoryEvents}).",
                tellsState: false);
        }

        Append(type, detailsName, details);
    }

    /// <summary>What templates and paths of the current state are evaluated against.</summary>
    /// <param name="input">What <c>$</c> is.</param>
    /// <param name="taskToken">What <c>$$.Task.Token</c> is.</param>
    public EvaluationScope Scope(JsonNode? input, string? taskToken = null)
        => new(input, new Lazy<JsonObject>(() => ContextObject.Make(Identity, Snapshot, Frame, State, taskToken)), Surroundings);

    /// <summary>Enters a state.</summary>
    public void Enter(string state, JsonNode? input)
    {
        Snapshot = Snapshot with
        {
            Root = new ExecutionFrame { State = state, Input = input, EnteredAt = Now, LastEventId = Snapshot.Root?.LastEventId ?? 0 },
        };
        Add($"{State.Type}StateEntered", "stateEnteredEventDetails", new JsonObject { ["name"] = state }.WithInput(input));
        Frame = Frame with { EnteredEventId = Snapshot.LastEventId };
    }

    /// <summary>Exits the state, and enters the next or ends.</summary>
    /// <param name="output">The state's output.</param>
    /// <param name="next">The next state; nothing where the execution ends.</param>
    /// <exception cref="EvaluationException">The output is too large, or the history is full.</exception>
    public void Exit(JsonNode? output, string? next)
    {
        StateData.CheckSize(Frame.State, output);
        Add($"{State.Type}StateExited", "stateExitedEventDetails", new JsonObject { ["name"] = Frame.State }.WithOutput(output));
        if (next is not null)
        {
            Enter(next, output);
            return;
        }

        Add("ExecutionSucceeded", "executionSucceededEventDetails", new JsonObject().WithOutput(output));
        End(ExecutionStatus.Succeeded, null, null);
        Snapshot = Snapshot with { Output = JsonText.Clone(output) };
    }

    /// <summary>Waits in the state, until a time.</summary>
    public void Wait(FrameWait wait, DateTimeOffset until)
    {
        var kind = wait switch
        {
            FrameWait.Retry => "retry",
            FrameWait.Wait => "wait",
            _ => "turn",
        };
        // The retries are in the name because one whose parameters cannot be made leaves no event.
        var timer = string.Create(CultureInfo.InvariantCulture, $"{kind}-{Frame.LastEventId}-{Frame.RetryCount}");
        Frame = Frame with { Waiting = wait, TaskId = null, TimerId = timer, WakeAt = until };
        Ask(new ExecutionEffect.ScheduleTimer(timer, until));
    }

    /// <summary>Waits no longer: the state runs again, or on.</summary>
    public void Wake() => Frame = Frame with { Waiting = FrameWait.None, TaskId = null, TimerId = null, WakeAt = null };

    /// <summary>Ends the execution with an error.</summary>
    public void Fail(string? error, string? cause)
    {
        Append("ExecutionFailed", "executionFailedEventDetails", new JsonObject().WithFailure(error, cause));
        End(ExecutionStatus.Failed, error, cause);
    }

    /// <summary>Ends the execution because its time is over.</summary>
    public void TimeOut()
    {
        Append("ExecutionTimedOut", "executionTimedOutEventDetails", []);
        End(ExecutionStatus.TimedOut, null, null);
    }

    /// <summary>Ends the execution because somebody wants it.</summary>
    public void Abort(string? error, string? cause)
    {
        Append("ExecutionAborted", "executionAbortedEventDetails", new JsonObject().WithFailure(error, cause));
        End(ExecutionStatus.Aborted, error, cause);
    }

    /// <summary>Starts the machine's own time.</summary>
    public void StartDeadline()
    {
        var seconds = Machine.TimeoutSeconds;
        if (Machine.IsExpress)
            seconds = Math.Min(seconds ?? StatesLimits.ExpressSeconds, StatesLimits.ExpressSeconds);
        if (seconds is null)
            return;

        var deadline = Now.AddSeconds(seconds.Value);
        var timer = string.Create(CultureInfo.InvariantCulture, $"deadline-{Snapshot.LastEventId}");
        Snapshot = Snapshot with { DeadlineAt = deadline, DeadlineTimerId = timer };
        Ask(new ExecutionEffect.ScheduleTimer(timer, deadline));
    }

    private void End(ExecutionStatus status, string? error, string? cause)
    {
        Snapshot = Snapshot with
        {
            Status = status,
            Error = error is null ? null : EventDetails.Cut(error, StatesLimits.ErrorLength),
            Cause = cause is null ? null : EventDetails.Cut(cause, StatesLimits.CauseLength),
            StopTime = Now,
            OpenTasks = [],
            DeadlineAt = null,
            DeadlineTimerId = null,
        };
        if (Snapshot.Root is not null)
            Wake();
    }

    private void Append(string type, string? detailsName, JsonObject? details)
    {
        var id = NextEventId;
        _events.Add(new HistoryEvent(id, Snapshot.Root?.LastEventId ?? 0, Now, type, detailsName, details));
        Snapshot = Snapshot with
        {
            LastEventId = id,
            Root = Snapshot.Root is { } root ? root with { LastEventId = id } : null,
        };
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Running;

namespace Archiver.Infra.StatesLanguage;

/// <summary>
/// Runs an execution of a state machine one input at a time: a pure function from where it stands and what happened to where
/// it stands next. Who calls it makes the result durable, then carries out the effects; after a crash
/// <see cref="Resume"/> gives the effects that are still owed.
/// </summary>
/// <remarks>
/// Nothing is shared between what goes in and what comes out: a caller may keep and change its own JSON. The same interpreter
/// can run many executions at once as long as its surroundings can.
/// </remarks>
public sealed class Interpreter
{
    private readonly StateMachine _machine;
    private readonly InterpreterSurroundings _surroundings;

    /// <summary>Makes the interpreter of one machine.</summary>
    public Interpreter(StateMachine machine, InterpreterSurroundings surroundings)
    {
        _machine = machine;
        _surroundings = surroundings;
    }

    /// <summary>Starts an execution and runs it to where it waits or ends.</summary>
    /// <exception cref="ArgumentException">The input cannot be written as JSON text, or nests deeper than 200 levels.</exception>
    public Transition Start(ExecutionIdentity identity, JsonNode? input, DateTimeOffset now)
    {
        JsonNode? data;
        try
        {
            data = JsonText.Canonical(input);
        }
        catch (EvaluationException e)
        {
            throw new ArgumentException(e.Message, nameof(input), e);
        }

        var step = new Step(
            _machine, _surroundings, identity, new ExecutionSnapshot { Status = ExecutionStatus.Running, Input = data }, now);
        Runner(step).Run(() =>
        {
            step.Add(
                "ExecutionStarted", "executionStartedEventDetails", new JsonObject().WithInput(data).WithRole(identity.RoleArn));
            step.StartDeadline();
            StateData.CheckSize(_machine.StartAt, data);
            step.Enter(_machine.StartAt, JsonText.Clone(data));
        });
        return step.Finish();
    }

    /// <summary>Gives an execution an input and runs it to where it waits or ends.</summary>
    public Transition Apply(ExecutionIdentity identity, ExecutionSnapshot snapshot, ExecutionInput input, DateTimeOffset now)
    {
        var step = new Step(_machine, _surroundings, identity, snapshot, now);
        var runs = snapshot.Status == ExecutionStatus.Running;
        var action = input switch
        {
            ExecutionInput.Redrive => Redrive(step),
            _ when !runs => null,
            ExecutionInput.Stop stop => () => step.Abort(stop.Error, stop.Cause),
            ExecutionInput.TimerFired timer => Fire(step, timer.TimerId),
            ExecutionInput.TaskStarted started => OnTask(step, started.TaskId, t => !t.Started, (tasks, t) => tasks.Start(t)),
            ExecutionInput.TaskSubmitted submitted => OnTask(
                step, submitted.TaskId, t => t.TaskToken is not null && !t.Submitted, (tasks, t) => tasks.Submit(t, submitted.Output)),
            ExecutionInput.TaskSucceeded succeeded => OnTask(step, succeeded.TaskId, _ => true, (tasks, t) => tasks.Succeed(t, succeeded.Output)),
            ExecutionInput.TaskFailed failed => OnTask(step, failed.TaskId, _ => true, (tasks, t) => tasks.Fail(t, failed.Error, failed.Cause)),
            ExecutionInput.TaskHeartbeat beat => OnTask(step, beat.TaskId, _ => true, (tasks, t) => tasks.Beat(t)),
            _ => throw new ArgumentOutOfRangeException(nameof(input), input, "There is no such input."),
        };
        if (action is null)
            return new Transition(snapshot, [], [], Applied: false);

        Runner(step).Run(action);
        return step.Finish();
    }

    /// <summary>The effects that a running execution still owes: calls that are not known to have been made, and timers.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "What is owed is the interpreter's to say, though today the snapshot alone tells.")]
    public IReadOnlyList<ExecutionEffect> Resume(ExecutionIdentity identity, ExecutionSnapshot snapshot)
    {
        _ = identity;
        var effects = new List<ExecutionEffect>();
        if (snapshot.Status != ExecutionStatus.Running)
            return effects;

        foreach (var task in snapshot.OpenTasks)
        {
            if (!task.Submitted)
                effects.Add(TaskRunner.Call(task));
            effects.AddRange(TaskRunner.Timers(task));
        }

        if (snapshot.Root is { TimerId: { } timer, WakeAt: { } wakeAt })
            effects.Add(new ExecutionEffect.ScheduleTimer(timer, wakeAt));
        if (snapshot is { DeadlineTimerId: { } deadlineTimer, DeadlineAt: { } deadline })
            effects.Add(new ExecutionEffect.ScheduleTimer(deadlineTimer, deadline));
        return effects;
    }

    private static StateRunner Runner(Step step) => new(step, new TaskRunner(step));

    private static Action? OnTask(Step step, string taskId, Predicate<OpenTask> fits, Action<TaskRunner, OpenTask> action)
        => step.Snapshot.OpenTasks.FirstOrDefault(t => t.TaskId == taskId) is { } task && fits(task)
            ? () => action(new TaskRunner(step), task)
            : null;

    /// <summary>What a timer does: nothing where what it was for is over.</summary>
    private static Action? Fire(Step step, string timerId)
    {
        var (snapshot, tasks) = (step.Snapshot, new TaskRunner(step));
        if (timerId == snapshot.DeadlineTimerId)
            return step.TimeOut;
        if (timerId == snapshot.Root?.TimerId)
            return snapshot.Root.Waiting == FrameWait.Wait ? Runner(step).ExitWait : step.Wake;

        foreach (var task in snapshot.OpenTasks)
        {
            if (timerId == TaskRunner.TimeoutTimer(task))
                return () => tasks.TimeOut(task, heartbeat: false);
            if (timerId == TaskRunner.HeartbeatTimer(task) && task.HeartbeatAt is not null)
                return () => tasks.TimeOut(task, heartbeat: true);
        }

        return null;
    }

    /// <summary>
    /// Goes on from the state that the execution ended in, with the input that it had and with all retries ahead of it.
    /// https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
    /// </summary>
    private static Action? Redrive(Step step)
    {
        var snapshot = step.Snapshot;
        if (snapshot.Status is ExecutionStatus.Running or ExecutionStatus.Succeeded || step.Machine.IsExpress
            || snapshot.LastEventId >= StatesLimits.HistoryEvents - 1)
        {
            return null;
        }

        return () =>
        {
            step.Snapshot = snapshot with
            {
                Status = ExecutionStatus.Running,
                Error = null,
                Cause = null,
                StopTime = null,
                RedriveCount = snapshot.RedriveCount + 1,
                RedriveTime = step.Now,
                Root = snapshot.Root is { } root ? root with { RetryCount = 0, RetrierCounts = [] } : null,
            };
            step.Add(
                "ExecutionRedriven", "executionRedrivenEventDetails", new JsonObject { ["redriveCount"] = step.Snapshot.RedriveCount });
            step.StartDeadline();
            if (snapshot.Root is null)
                step.Enter(step.Machine.StartAt, JsonText.Clone(snapshot.Input));
        };
    }
}

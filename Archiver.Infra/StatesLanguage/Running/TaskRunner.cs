using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Running;

/// <summary>Schedules the tasks of Task states, takes their answers, and retries or catches their errors.</summary>
internal sealed class TaskRunner(Step step)
{
    /// <summary>Schedules an attempt of a task.</summary>
    public void Schedule(TaskState state)
    {
        // Named after its event, so that every attempt, also one after a redrive, has its own name.
        var id = step.NextEventId.ToString(CultureInfo.InvariantCulture);
        var token = state.Resource.WaitsForTaskToken ? step.Surroundings.NewTaskToken(step.Identity.ExecutionArn, id) : null;
        var input = StateData.Input(step);
        var parameters = StateData.Parameters(step.Scope(input, token), state);
        StateData.CheckSize(step.Frame.State, parameters);
        var timeout = StateData.Seconds(step, state.Timeout, input, 1);
        var heartbeat = StateData.Seconds(step, state.Heartbeat, input, 1);
        TaskEvents.Scheduled(step, state.Resource, parameters, timeout, heartbeat);

        var task = new OpenTask(id, state.Name, state.Resource.Arn, token, step.Now, Submitted: false, DueAfter(timeout))
        {
            Parameters = parameters,
            HeartbeatSeconds = heartbeat,
            HeartbeatAt = DueAfter(heartbeat),
        };
        step.Snapshot = step.Snapshot with { OpenTasks = [.. step.Snapshot.OpenTasks, task] };
        step.Frame = step.Frame with { Waiting = FrameWait.Task, TaskId = id, TimerId = null, WakeAt = null };
        step.Ask(Call(task));
        foreach (var timer in Timers(task))
            step.Ask(timer);
    }

    /// <summary>The effect that makes a task's call.</summary>
    public static ExecutionEffect.ScheduleTask Call(OpenTask task)
        => new(task.TaskId, task.Resource, JsonText.Clone(task.Parameters), task.TaskToken is not null);

    /// <summary>The timers of a task.</summary>
    public static IEnumerable<ExecutionEffect.ScheduleTimer> Timers(OpenTask task)
    {
        if (task.TimeoutAt is { } timeout)
            yield return new ExecutionEffect.ScheduleTimer(TimeoutTimer(task), timeout);
        if (task.HeartbeatAt is { } heartbeat)
            yield return new ExecutionEffect.ScheduleTimer(HeartbeatTimer(task), heartbeat);
    }

    /// <summary>The name of a task's own timer.</summary>
    public static string TimeoutTimer(OpenTask task) => "timeout-" + task.TaskId;

    /// <summary>The name of the timer of a task's next heartbeat; every heartbeat starts another.</summary>
    public static string HeartbeatTimer(OpenTask task)
        => string.Create(CultureInfo.InvariantCulture, $"heartbeat-{task.TaskId}-{task.Heartbeats}");

    /// <summary>The task's call has begun.</summary>
    public void Start(OpenTask task)
    {
        TaskEvents.Started(step, Resource(task));
        Replace(task with { Started = true });
    }

    /// <summary>The task's call was made; its token is awaited.</summary>
    public void Submit(OpenTask task, JsonNode? output)
    {
        EnsureStarted(task);
        var answer = JsonText.Canonical(output);
        if (StateData.IsTooLarge(answer))
        {
            Close(task);
            Fail(task, submitting: true, TooLarge(task));
            return;
        }

        TaskEvents.Submitted(step, Resource(task), answer);
        Replace(task with { Started = true, Submitted = true });
    }

    /// <summary>The task succeeded.</summary>
    public void Succeed(OpenTask task, JsonNode? output)
    {
        Close(task);
        EnsureStarted(task);
        var result = JsonText.Canonical(output);
        if (StateData.IsTooLarge(result))
        {
            Fail(task, submitting: false, TooLarge(task));
            return;
        }

        TaskEvents.Succeeded(step, Resource(task), result);
        step.Exit(StateData.Output(step, result), ((TaskState)step.State).Next);
    }

    /// <summary>The task failed.</summary>
    public void Fail(OpenTask task, string? error, string? cause)
    {
        Close(task);
        EnsureStarted(task);
        Fail(task, task.TaskToken is not null && !task.Submitted, new StateFailure(error, cause));
    }

    /// <summary>The task took too long, or its holder was silent for too long.</summary>
    public void TimeOut(OpenTask task, bool heartbeat)
    {
        Close(task);
        // A missing heartbeat reads States.Timeout in a history; only retriers and catchers can tell it apart.
        var failure = new StateFailure(StatesErrors.Timeout, null, heartbeat);
        TaskEvents.TimedOut(step, Resource(task), failure);
        Handle(failure);
    }

    /// <summary>The task's holder says that it is alive.</summary>
    public void Beat(OpenTask task)
    {
        if (task.HeartbeatSeconds is null)
            return;

        var beaten = task with { HeartbeatAt = DueAfter(task.HeartbeatSeconds), Heartbeats = task.Heartbeats + 1 };
        Replace(beaten);
        step.Ask(new ExecutionEffect.ScheduleTimer(HeartbeatTimer(beaten), beaten.HeartbeatAt!.Value));
    }

    /// <summary>Retries or catches an error of the current state, or else fails the execution with it.</summary>
    /// <exception cref="EvaluationException">The catcher's <c>ResultPath</c> does not fit, or the history is full.</exception>
    public void Handle(StateFailure failure)
    {
        if (step.Snapshot.Root is null || step.State is not TaskState state)
        {
            step.Fail(failure.Error, failure.Cause);
            return;
        }

        if (TryRetry(state, failure))
            return;
        if (state.Catchers.FirstOrDefault(c => StatesErrors.Matches(c.ErrorEquals, failure)) is not { } catcher)
        {
            step.Fail(failure.Error, failure.Cause);
            return;
        }

        var error = new JsonObject { ["Error"] = failure.Error ?? "", ["Cause"] = failure.Cause ?? "" };
        step.Exit(StateData.Combine(step.Frame.Input, error, catcher.DiscardsError, catcher.ResultPath), catcher.Next);
    }

    private bool TryRetry(TaskState state, StateFailure failure)
    {
        var index = state.Retriers.ToList().FindIndex(r => StatesErrors.Matches(r.ErrorEquals, failure));
        if (index < 0)
            return false;

        var retrier = state.Retriers[index];
        var counts = step.Frame.RetrierCounts.Count == 0 ? new int[state.Retriers.Count] : [.. step.Frame.RetrierCounts];
        if (counts[index] >= retrier.MaxAttempts)
            return false;

        var delay = retrier.Delay(counts[index], step.Surroundings.Random);
        counts[index]++;
        step.Frame = step.Frame with { RetrierCounts = counts, RetryCount = step.Frame.RetryCount + 1 };
        step.Wait(FrameWait.Retry, step.Now + delay);
        return true;
    }

    private void Fail(OpenTask task, bool submitting, StateFailure failure)
    {
        TaskEvents.Failed(step, Resource(task), submitting, failure);
        Handle(failure);
    }

    private StateFailure TooLarge(OpenTask task)
        => new(StatesErrors.DataLimitExceeded, StateData.TooLarge(Resource(task).Type ?? task.Resource));

    /// <summary>A history always tells that a task was started, also where its answer overtook that.</summary>
    private void EnsureStarted(OpenTask task)
    {
        if (!task.Started)
            TaskEvents.Started(step, Resource(task));
    }

    private TaskResource Resource(OpenTask task) => ((TaskState)step.Machine.States[task.StateName]).Resource;

    private void Close(OpenTask task)
        => step.Snapshot = step.Snapshot with { OpenTasks = [.. step.Snapshot.OpenTasks.Where(t => t.TaskId != task.TaskId)] };

    private void Replace(OpenTask task)
        => step.Snapshot = step.Snapshot with { OpenTasks = [.. step.Snapshot.OpenTasks.Select(t => t.TaskId == task.TaskId ? task : t)] };

    private DateTimeOffset? DueAfter(long? seconds) => seconds is null ? null : step.Now.AddSeconds(seconds.Value);
}

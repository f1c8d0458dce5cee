using System.Collections.Concurrent;
using Archiver.Infra.LocalCloud.StepFunctions.Integrations;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>How an input to an execution went.</summary>
/// <param name="Applied">False when it came too late and changed nothing.</param>
/// <param name="Snapshot">Where the execution stands; nothing when there is none that can go on.</param>
/// <param name="Refusal">Why the input was not even tried.</param>
internal sealed record InputOutcome(bool Applied, ExecutionSnapshot? Snapshot, AwsError? Refusal = null);

/// <summary>
/// Runs executions. Each has a line on which its inputs follow one another; each input's transition is durable before its effects
/// begin; and what is owed when the process dies is begun again by the next. So a call is made at least once, and its result is
/// taken exactly once.
/// </summary>
internal sealed partial class ExecutionEngine : IHostedLifecycleService, IDisposable
{
    // How long a shutdown waits for calls that are under way. What has not ended by then is made again at the next start.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, ExecutionLine> _lines = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _abandon = new();
    private readonly Activity _work = new();
    private readonly Activity _calls = new();
    private readonly ExecutionStore _store;
    private readonly MachineCatalog _catalog;
    private readonly TaskIntegrations _integrations;
    private readonly TimeProvider _time;
    private readonly ILogger<ExecutionEngine> _logger;
    private readonly TimerQueue _timers;
    private volatile bool _stopping;
    private int _disposed;

    /// <summary>Makes the engine; executions of a former process go on with <see cref="Resume"/>.</summary>
    public ExecutionEngine(
        ExecutionStore store, MachineCatalog catalog, TaskIntegrations integrations, TimeProvider time, ILogger<ExecutionEngine> logger)
    {
        _store = store;
        _catalog = catalog;
        _integrations = integrations;
        _time = time;
        _logger = logger;
        _timers = new TimerQueue(store, time, Fire, logger);
        Abandoned = _abandon.Token;
        _store.RemoveSynchronous(); // before the first request: nobody waits for those of a former process
    }

    /// <summary>Cancelled when calls are given up: the process ends.</summary>
    public CancellationToken Abandoned { get; }

    /// <summary>Takes up what a former process left: makes the calls that it owed, and fires timers. Executions that wait are
    /// not touched, however many there are.</summary>
    public void Resume()
    {
        IReadOnlyList<string> owing = _store.Owing();
        if (owing.Count > 0)
            LogResuming(owing.Count);
        foreach (string arn in owing)
            Post(arn, MakeOwedCalls);
        _timers.Start();
    }

    /// <summary>Starts an execution, unless its name is taken.</summary>
    /// <param name="execution">The execution, not yet stored.</param>
    /// <param name="revision">What it runs.</param>
    /// <param name="machineName">Its machine's name.</param>
    /// <param name="input">Its input, parsed.</param>
    /// <param name="ended">Completed at its end, where somebody waits for that.</param>
    public Task<StartOutcome> StartAsync(
        Execution execution, MachineRevision revision, string machineName, System.Text.Json.Nodes.JsonNode? input,
        TaskCompletionSource<ExecutionSnapshot>? ended = null) => OnLine(execution.Arn, line =>
    {
        Interpreter interpreter = _catalog.Interpreter(revision);
        ExecutionIdentity identity = new(
            execution.Arn, execution.Name, revision.RoleArn, execution.StartedAt, execution.MachineArn, machineName);
        TransitionBatch batch = Fold(interpreter, identity, interpreter.Start(identity, input, execution.StartedAt), execution.StartedAt);
        StartOutcome outcome = _store.TryStart(execution, new ExecutionChange(batch.Snapshot, batch.Events, batch.Timers));
        if (outcome.Status != StartStatus.Started)
            return outcome;
        if (ended is not null)
            line.Hold();
        line.Run = new RunningExecution(outcome.Execution, identity, interpreter, batch.Snapshot) { Ended = ended };
        CarryOut(line, line.Run, batch);
        return outcome;
    });

    /// <summary>Gives an execution an input.</summary>
    /// <param name="arn">The execution.</param>
    /// <param name="input">The input.</param>
    /// <param name="guard">Says, in turn with every other input, why it may not be tried.</param>
    /// <param name="redriveToken">The client's token where the input is a redrive.</param>
    public Task<InputOutcome> ApplyAsync(
        string arn, ExecutionInput input, Func<RunningExecution, AwsError?>? guard = null, string? redriveToken = null) =>
        OnLine(arn, line => Apply(line, input, guard, redriveToken));

    /// <summary>Completes when no input waits, no call is under way. Timers may still be set.</summary>
    public async Task WhenIdleAsync()
    {
        do
        {
            await _calls.WhenIdle();
            await _work.WhenIdle();
        }
        while (!_calls.WhenIdle().IsCompleted);
    }

    /// <summary>Begins no new call, and lets those under way end while the wire still answers them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _timers.Stop();
        _stopping = true;
        try
        {
            // The process' own time, not the cloud's: a test's clock that stands still must not hold a shutdown up.
            await WhenIdleAsync().WaitAsync(Grace, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogGivenUp(exception);
        }
        await _abandon.CancelAsync();
    }

    /// <summary>Lets the last inputs become durable.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _work.WhenIdle().WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return; // the container knows it under two names, and disposes each
        _stopping = true;
        _timers.Dispose();
        _abandon.Cancel();
        _abandon.Dispose();
    }

    private InputOutcome Apply(ExecutionLine line, ExecutionInput input, Func<RunningExecution, AwsError?>? guard, string? redriveToken)
    {
        if ((line.Run ??= Load(line.ExecutionArn)) is not { } run)
            return new InputOutcome(Applied: false, Snapshot: null);
        if (guard?.Invoke(run) is { } refusal)
            return new InputOutcome(Applied: false, run.Snapshot, refusal);
        DateTimeOffset now = _time.GetUtcNow();
        string? timer = (input as ExecutionInput.TimerFired)?.TimerId;
        Transition transition = run.Interpreter.Apply(run.Identity, run.Snapshot, input, now);
        if (!transition.Applied)
        {
            if (timer is not null)
                _store.RemoveTimer(run.Execution.Id, timer, now);
            return new InputOutcome(Applied: false, run.Snapshot);
        }

        TransitionBatch batch = Fold(run.Interpreter, run.Identity, transition, now);
        if (_catalog.IsDeleting(run.Execution.MachineArn) && batch.Snapshot.Status == ExecutionStatus.Running)
            batch.Then(run.Interpreter.Apply(run.Identity, batch.Snapshot, new ExecutionInput.Stop(null, "The state machine was deleted."), now));
        try
        {
            _store.Commit(run.Execution, new ExecutionChange(
                batch.Snapshot, batch.Events, batch.Timers, timer, input is ExecutionInput.Redrive, redriveToken));
        }
        catch (Exception exception)
        {
            line.Run = null; // what is in memory and what is durable may differ now; the store is the truth
            if (run.Ended?.TrySetException(exception) == true)
                line.Release();
            throw;
        }
        run.Snapshot = batch.Snapshot;
        CarryOut(line, run, batch);
        return new InputOutcome(Applied: true, batch.Snapshot);
    }

    // A call begins the moment its scheduling is durable, so that it has begun is written with it: one transaction less a task.
    private static TransitionBatch Fold(Interpreter interpreter, ExecutionIdentity identity, Transition transition, DateTimeOffset now)
    {
        TransitionBatch batch = new(transition);
        foreach (ExecutionEffect.ScheduleTask task in batch.Calls.ToArray())
            batch.Then(interpreter.Apply(identity, batch.Snapshot, new ExecutionInput.TaskStarted(task.TaskId), now));
        return batch;
    }

    private void CarryOut(ExecutionLine line, RunningExecution run, TransitionBatch batch)
    {
        if (batch.Snapshot.Status != ExecutionStatus.Running)
        {
            if (run.Ended is not null && run.Ended.TrySetResult(batch.Snapshot))
                line.Release();
            if (_catalog.IsDeleting(run.Execution.MachineArn))
                _catalog.RemoveIfDone(run.Execution.MachineArn);
            return;
        }
        foreach (ExecutionEffect.ScheduleTimer timer in batch.Timers)
            _timers.Scheduled(line.ExecutionArn, timer.TimerId, timer.DueAt);
        foreach (ExecutionEffect.ScheduleTask task in batch.Calls)
            Call(line, run, task);
    }

    private void MakeOwedCalls(ExecutionLine line)
    {
        if ((line.Run ??= Load(line.ExecutionArn)) is not { } run)
            return;
        foreach (ExecutionEffect.ScheduleTask task in run.Interpreter.Resume(run.Identity, run.Snapshot).OfType<ExecutionEffect.ScheduleTask>())
            Call(line, run, task);
    }

    private void Call(ExecutionLine line, RunningExecution run, ExecutionEffect.ScheduleTask task)
    {
        // While the process stops, a call is left owed to the next one. And the wire serves before the former process'
        // executions are taken up, so that an execution which was started meanwhile owes a call that is under way.
        if (_stopping || !run.CallsMade.Add(task.TaskId))
            return;
        line.Hold();
        _calls.Enter();
        _ = Task.Run(() => CallAsync(line, task));
    }

    private async Task CallAsync(ExecutionLine line, ExecutionEffect.ScheduleTask task)
    {
        try
        {
            TaskOutcome outcome = await _integrations.InvokeAsync(task.Resource, task.Parameters, Abandoned);
            if (Abandoned.IsCancellationRequested || (outcome is TaskOutcome.Failed && _stopping))
                return; // too late to be kept, or the shutdown may be what it failed of
            Post(line.ExecutionArn, taken => Apply(taken, Answer(task, outcome), guard: null, redriveToken: null));
        }
        catch (Exception exception) when (_stopping)
        {
            LogGivenUp(exception);
        }
        catch (Exception exception)
        {
            LogCallLost(exception, line.ExecutionArn, task.TaskId);
        }
        finally
        {
            line.Release();
            _calls.Leave();
        }
    }

    private static ExecutionInput Answer(ExecutionEffect.ScheduleTask task, TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Succeeded succeeded when task.WaitForTaskToken => new ExecutionInput.TaskSubmitted(task.TaskId, succeeded.Output),
        TaskOutcome.Succeeded succeeded => new ExecutionInput.TaskSucceeded(task.TaskId, succeeded.Output),
        TaskOutcome.Failed failed => new ExecutionInput.TaskFailed(task.TaskId, failed.Error, failed.Cause),
        _ => throw new InvalidOperationException($"An outcome of a kind that is not known: {outcome}."),
    };

    private void Fire(string executionArn, string timerId) =>
        Post(executionArn, line => Apply(line, new ExecutionInput.TimerFired(timerId), guard: null, redriveToken: null));

    private RunningExecution? Load(string arn)
    {
        if (_store.Load(arn) is not var (execution, snapshot))
            return null;
        (MachineRevision revision, Interpreter interpreter) = _catalog.Interpreter(execution.Revision);
        ExecutionIdentity identity = new(
            arn, execution.Name, revision.RoleArn, execution.StartedAt, execution.MachineArn, execution.MachineArn[(execution.MachineArn.LastIndexOf(':') + 1)..]);
        return new RunningExecution(execution, identity, interpreter, snapshot);
    }

    private Task<T> OnLine<T>(string arn, Func<ExecutionLine, T> work)
    {
        TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(arn, line =>
        {
            try
            {
                completion.SetResult(work(line));
            }
#pragma warning disable CA1031 // It is not lost: who asked for the work gets it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                completion.SetException(exception);
            }
        });
        return completion.Task;
    }

    private void Post(string arn, Action<ExecutionLine> work) => Enqueue(arn, line =>
    {
        try
        {
            work(line);
        }
#pragma warning disable CA1031 // Nobody waits for this work; one execution's trouble must not end the process of all others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogInputLost(exception, line.ExecutionArn);
        }
    });

    private void Enqueue(string arn, Action<ExecutionLine> work)
    {
        _work.Enter();
        Action<ExecutionLine> counted = line =>
        {
            work(line);
            _work.Leave();
        };
        while (!_lines.GetOrAdd(arn, static (key, engine) => new ExecutionLine(key, engine.Retire), this).TryPost(counted)) { }
    }

    private void Retire(ExecutionLine line) => _lines.TryRemove(KeyValuePair.Create(line.ExecutionArn, line));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} executions owe a call from before the restart; it is made again.")]
    private partial void LogResuming(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "A call under way was given up for the shutdown; the next start makes it again.")]
    private partial void LogGivenUp(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The call {TaskId} of {ExecutionArn} could not be made; the next start makes it again.")]
    private partial void LogCallLost(Exception exception, string executionArn, string taskId);

    [LoggerMessage(Level = LogLevel.Error, Message = "An input to {ExecutionArn} could not be taken; it stands where it stood.")]
    private partial void LogInputLost(Exception exception, string executionArn);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>What an execution is started with.</summary>
internal sealed record StartRequest(string MachineArn, string? Name, string? Input, string? TraceHeader);

/// <summary>Decides on executions.</summary>
internal sealed class ExecutionService(
    StateMachineService machines, ExecutionStore store, ExecutionEngine engine, MachineCatalog catalog, CloudIdentity identity, TimeProvider time)
{
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html: how long a client's token counts.
    private static readonly TimeSpan ClientTokenLife = TimeSpan.FromMinutes(15);

    /// <summary>Starts an execution. With a name that a running execution of the same input has, that one is the answer.</summary>
    /// <exception cref="AwsError"><c>InvalidArn</c>, <c>StateMachineDoesNotExist</c>, <c>StateMachineDeleting</c>, <c>InvalidName</c>,
    /// <c>InvalidExecutionInput</c>, <c>ExecutionAlreadyExists</c>.</exception>
    public async Task<Execution> StartAsync(StartRequest request)
    {
        Machine machine = machines.Require(request.MachineArn);
        (Execution execution, JsonNode? input) = Draft(machine, request, machine.Express ? ExecutionKind.Express : ExecutionKind.Standard);
        StartOutcome outcome = await engine.StartAsync(execution, machine.Revision, machine.Name, input);
        return outcome.Status switch
        {
            StartStatus.Started => outcome.Execution,
            StartStatus.MachineGone => throw Gone(machine),
            _ when outcome.Execution.Status == ExecutionStatus.Running && outcome.Execution.Input == execution.Input => outcome.Execution,
            _ => throw Refusals.ExecutionAlreadyExists(execution.Arn),
        };
    }

    /// <summary>Runs an execution of an <c>EXPRESS</c> machine and waits for its end.</summary>
    /// <returns>The execution, and its last snapshot.</returns>
    /// <exception cref="AwsError">As <see cref="StartAsync"/>; <c>StateMachineTypeNotSupported</c>: the machine is <c>STANDARD</c>.</exception>
    public async Task<(Execution Execution, ExecutionSnapshot End)> RunAsync(StartRequest request, CancellationToken cancellationToken)
    {
        Machine machine = machines.Require(request.MachineArn);
        if (!machine.Express)
            throw Refusals.StateMachineTypeNotSupported("This operation is not supported by this type of state machine: it takes EXPRESS ones.");
        (Execution execution, JsonNode? input) = Draft(machine, request, ExecutionKind.Synchronous);
        TaskCompletionSource<ExecutionSnapshot> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StartOutcome outcome = await engine.StartAsync(execution, machine.Revision, machine.Name, input, ended);
        if (outcome.Status != StartStatus.Started)
            throw Gone(machine);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, engine.Abandoned);
        try
        {
            return (outcome.Execution, await ended.Task.WaitAsync(either.Token));
        }
        catch (OperationCanceledException) when (engine.Abandoned.IsCancellationRequested)
        {
            throw Refusals.Stopping();
        }
    }

    /// <summary>The standard execution of that ARN.</summary>
    /// <exception cref="AwsError"><c>InvalidArn</c>, <c>ExecutionDoesNotExist</c>.</exception>
    public Execution Require(string arn)
    {
        StatesArn.Require(arn, StatesArn.Execution);
        return store.Find(arn) ?? throw Refusals.ExecutionDoesNotExist(arn);
    }

    /// <summary>Why an execution can't be redriven now; nothing when it can.</summary>
    public string? WhyNotRedrivable(Execution execution) => Redrivability.WhyNot(
        execution.Status, execution.StartedAt, execution.StoppedAt, store.LastEventId(execution.Id), catalog.IsDeleting(execution.MachineArn), time.GetUtcNow());

    /// <summary>A page of a machine's executions, newest first.</summary>
    /// <exception cref="AwsError"><c>InvalidArn</c>, <c>StateMachineDoesNotExist</c>; <c>StateMachineTypeNotSupported</c>: the machine is
    /// <c>EXPRESS</c>.</exception>
    public IReadOnlyList<Execution> List(ExecutionQuery query) => machines.Require(query.MachineArn).Express
        ? throw Refusals.StateMachineTypeNotSupported("This operation is not supported by this type of state machine: an EXPRESS machine's executions are not kept.")
        : store.List(query);

    /// <summary>A page of an execution's history.</summary>
    public IReadOnlyList<EventRow> History(Execution execution, long from, int count, bool reverse) =>
        store.History(execution.Id, from, count, reverse);

    /// <summary>Stops an execution; one that ended already stays as it is.</summary>
    /// <returns>When it ended.</returns>
    /// <exception cref="AwsError"><c>InvalidArn</c>, <c>ExecutionDoesNotExist</c>.</exception>
    public async Task<DateTimeOffset> StopAsync(string arn, string? error, string? cause)
    {
        Require(arn);
        InputOutcome outcome = await engine.ApplyAsync(arn, new ExecutionInput.Stop(error, cause));
        // A redrive may follow at once, after which the execution has no end again; what has no snapshot any more can't be redriven.
        return outcome.Snapshot?.StopTime ?? Require(arn).StoppedAt
            ?? throw new InvalidOperationException("An execution that was stopped has not ended.");
    }

    /// <summary>Runs an execution that failed, timed out or was stopped again, from where it ended.</summary>
    /// <param name="arn">The execution.</param>
    /// <param name="clientToken">The same token within 15 minutes is the same redrive.</param>
    /// <returns>When it was redriven.</returns>
    /// <exception cref="AwsError"><c>InvalidArn</c>, <c>ExecutionDoesNotExist</c>, <c>ExecutionNotRedrivable</c>.</exception>
    public async Task<DateTimeOffset> RedriveAsync(string arn, string? clientToken)
    {
        Execution execution = Require(arn);
        DateTimeOffset? earlier = null;
        InputOutcome outcome = await engine.ApplyAsync(
            arn,
            new ExecutionInput.Redrive(),
            run =>
            {
                DateTimeOffset now = time.GetUtcNow();
                earlier = Earlier(execution, clientToken, now);
                return earlier is not null
                    ? Refusals.ExecutionNotRedrivable("It was redriven with this client token already") // not told: see below
                    : Redrivability.WhyNot(
                    run.Snapshot.Status, run.Execution.StartedAt, run.Snapshot.StopTime, run.Snapshot.LastEventId,
                    catalog.IsDeleting(run.Execution.MachineArn), now) is { } reason ? Refusals.ExecutionNotRedrivable(reason) : null;
            },
            clientToken);
        if (outcome.Applied)
            return outcome.Snapshot!.RedriveTime!.Value;
        // The guard isn't asked where the execution succeeded since; the client's first answer still holds.
        return earlier ?? Earlier(execution, clientToken, time.GetUtcNow())
            ?? throw (outcome.Refusal ?? Refusals.ExecutionNotRedrivable(WhyNotRedrivable(Require(arn)) ?? "It has ended where no state can be run again"));
    }

    private DateTimeOffset? Earlier(Execution execution, string? clientToken, DateTimeOffset now) =>
        clientToken is null ? null : store.RedrivenBy(execution.Id, clientToken, now - ClientTokenLife);

    private AwsError Gone(Machine machine) => catalog.IsDeleting(machine.Arn)
        ? Refusals.StateMachineDeleting(machine.Arn)
        : Refusals.StateMachineDoesNotExist(machine.Arn);

    private (Execution Execution, JsonNode? Input) Draft(Machine machine, StartRequest request, ExecutionKind kind)
    {
        if (machine.Deleting)
            throw Refusals.StateMachineDeleting(machine.Arn);
        string name = request.Name is null ? Guid.NewGuid().ToString() : ResourceName.Require(request.Name);
        string text = request.Input ?? "{}";
        if (Payload.IsTooLarge(text))
            throw Refusals.InvalidExecutionInput($"The input has more than {StatesLimits.PayloadBytes} bytes.");
        JsonNode? input;
        try
        {
            input = JsonText.Parse(text);
        }
        catch (JsonException exception)
        {
            throw Refusals.InvalidExecutionInput(exception.Message);
        }
        string arn = kind == ExecutionKind.Standard
            ? identity.Arn("states", $"{StatesArn.Execution}:{machine.Name}:{name}")
            : identity.Arn("states", $"{StatesArn.Express}:{machine.Name}:{name}:{Guid.NewGuid()}");
        return (new Execution
        {
            Id = 0,
            Arn = arn,
            MachineArn = machine.Arn,
            Name = name,
            Kind = kind,
            Revision = machine.Revision.Id,
            Status = ExecutionStatus.Running,
            StartedAt = time.GetUtcNow(),
            Input = text,
            TraceHeader = request.TraceHeader,
        }, input);
    }
}

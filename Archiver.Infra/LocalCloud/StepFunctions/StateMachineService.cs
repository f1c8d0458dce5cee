using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>What a state machine is created with.</summary>
internal sealed record MachineDraft(string Name, string Definition, string RoleArn, bool Express, string? Logging, string? Tracing);

/// <summary>What an update changes; what is nothing stays.</summary>
internal sealed record MachineUpdate(string? Definition, string? RoleArn, string? Logging, string? Tracing);

/// <summary>Decides on state machines.</summary>
internal sealed class StateMachineService(MachineStore store, MachineCatalog catalog, CloudIdentity identity, TimeProvider time)
{
    /// <summary>The longest definition, in characters.</summary>
    public const int MaxDefinitionLength = 1_048_576;

    /// <summary>Creates a machine. The same machine again is answered as if new.</summary>
    /// <exception cref="AwsError"><c>InvalidName</c>, <c>InvalidDefinition</c>, <c>StateMachineAlreadyExists</c>,
    /// <c>StateMachineDeleting</c>.</exception>
    public Machine Create(MachineDraft draft)
    {
        string arn = ArnOf(ResourceName.Require(draft.Name));
        RequireValid(draft.Definition, draft.Express);
        DateTimeOffset now = time.GetUtcNow();
        Machine machine = new(
            arn, draft.Name, now, Deleting: false,
            new MachineRevision(0, RevisionId: null, draft.Express, draft.Definition, draft.RoleArn, draft.Logging, draft.Tracing, now));
        if (store.TryAdd(machine) is not { } existing)
            return machine;
        if (existing.Deleting)
            throw Refusals.StateMachineDeleting(arn);
        // The role is not part of the comparison, by the operation's page.
        return existing.Express == draft.Express && existing.Revision.Definition == draft.Definition
            && existing.Revision.Logging == draft.Logging && existing.Revision.Tracing == draft.Tracing
            ? existing
            : throw Refusals.StateMachineAlreadyExists(arn);
    }

    /// <summary>Changes a machine. Executions that run go on as they began.</summary>
    /// <exception cref="AwsError"><c>InvalidArn</c>, <c>InvalidDefinition</c>, <c>StateMachineDoesNotExist</c>,
    /// <c>StateMachineDeleting</c>.</exception>
    public MachineRevision Update(string arn, MachineUpdate update)
    {
        Machine machine = Require(arn);
        if (update.Definition is not null)
            RequireValid(update.Definition, machine.Express);
        DateTimeOffset now = time.GetUtcNow();
        return store.Revise(arn, current => current.Deleting
            ? throw Refusals.StateMachineDeleting(arn)
            : new MachineRevision(
                0,
                Guid.NewGuid().ToString(),
                current.Express,
                update.Definition ?? current.Revision.Definition,
                update.RoleArn ?? current.Revision.RoleArn,
                update.Logging ?? current.Revision.Logging,
                update.Tracing ?? current.Revision.Tracing,
                now)) ?? throw Refusals.StateMachineDoesNotExist(arn);
    }

    /// <summary>Brings a machine to what is asked, whether it is new, the same or another.</summary>
    /// <exception cref="AwsError">As <see cref="Create"/> and <see cref="Update"/>.</exception>
    public Machine Ensure(MachineDraft draft)
    {
        if (store.Find(ArnOf(draft.Name)) is not { } existing)
            return Create(draft);
        if (existing.Express != draft.Express)
            throw Refusals.StateMachineAlreadyExists(existing.Arn);
        if (existing.Deleting)
        {
            store.Revive(existing.Arn);
            catalog.Forget(existing.Arn);
        }
        if (existing.Revision.Definition == draft.Definition && existing.Revision.RoleArn == draft.RoleArn)
        {
            RequireValid(draft.Definition, draft.Express); // what it calls may be gone since
            return existing;
        }
        return existing with { Revision = Update(existing.Arn, new MachineUpdate(draft.Definition, draft.RoleArn, draft.Logging, draft.Tracing)) };
    }

    /// <summary>Deletes a machine; it goes at once, or when its executions have ended, which they do at their next transition.</summary>
    /// <exception cref="AwsError"><c>InvalidArn</c>. A machine that does not exist is no error.</exception>
    public void Delete(string arn)
    {
        StatesArn.Require(arn, StatesArn.StateMachine);
        catalog.MarkDeleting(arn);
        if (!store.Delete(arn))
            catalog.Forget(arn);
    }

    /// <summary>The machine of that ARN.</summary>
    /// <exception cref="AwsError"><c>InvalidArn</c>, <c>StateMachineDoesNotExist</c>.</exception>
    public Machine Require(string arn)
    {
        StatesArn.Require(arn, StatesArn.StateMachine);
        return store.Find(arn) ?? throw Refusals.StateMachineDoesNotExist(arn);
    }

    /// <summary>A page of machines by name.</summary>
    /// <param name="after">The ARN that the page comes after.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<Machine> List(string? after, int count) => store.List(after, count);

    /// <summary>The revision of that number.</summary>
    public MachineRevision Revision(long id) => store.Revision(id);

    /// <summary>Checks a definition without keeping it.</summary>
    public IReadOnlyList<Diagnostic> Validate(string definition, bool express) => catalog.Check(definition, express).Findings;

    private string ArnOf(string name) => identity.Arn("states", $"{StatesArn.StateMachine}:{name}");

    private void RequireValid(string definition, bool express)
    {
        if (definition.Length > MaxDefinitionLength)
            throw Refusals.Constraint("definition", null, $"Member must have length less than or equal to {MaxDefinitionLength}");
        (StateMachine? machine, IReadOnlyList<Diagnostic> findings) = catalog.Check(definition, express);
        if (machine is null)
            throw Refusals.InvalidDefinition(findings);
    }
}

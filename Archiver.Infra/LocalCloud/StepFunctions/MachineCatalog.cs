using System.Collections.Concurrent;
using Archiver.Infra.LocalCloud.StepFunctions.Integrations;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>The machines' definitions, parsed: each revision once.</summary>
internal sealed class MachineCatalog(MachineStore store, TaskIntegrations integrations, InterpreterSurroundings surroundings)
{
    private readonly ConcurrentDictionary<long, Interpreter> _interpreters = new();
    private readonly ConcurrentDictionary<string, bool> _deleting =
        new(store.Deleting().Select(arn => KeyValuePair.Create(arn, true)), StringComparer.Ordinal);

    /// <summary>Checks a definition as creating the machine does.</summary>
    /// <param name="definition">The Amazon States Language.</param>
    /// <param name="express">Whether it is to be an <c>EXPRESS</c> machine.</param>
    /// <returns>The machine where nothing is an error, and the findings.</returns>
    public (StateMachine? Machine, IReadOnlyList<Diagnostic> Findings) Check(string definition, bool express)
    {
        (StateMachine? machine, IReadOnlyList<Diagnostic> findings) = StateMachine.Parse(definition, express);
        if (machine is null)
            return (null, findings);
        List<Diagnostic> all = [.. findings, .. integrations.Check(machine)];
        return (all.Exists(finding => finding.Severity == DiagnosticSeverity.Error) ? null : machine, all);
    }

    /// <summary>What runs a revision.</summary>
    /// <exception cref="InvalidOperationException">The stored definition is none that this version of the program runs.</exception>
    public Interpreter Interpreter(MachineRevision revision) => _interpreters.GetOrAdd(revision.Id, _ => Parse(revision));

    /// <inheritdoc cref="Interpreter(MachineRevision)"/>
    public (MachineRevision Revision, Interpreter Interpreter) Interpreter(long revisionId)
    {
        MachineRevision revision = store.Revision(revisionId);
        return (revision, Interpreter(revision));
    }

    /// <summary>Whether a machine was deleted and its executions are to end.</summary>
    public bool IsDeleting(string machineArn) => !_deleting.IsEmpty && _deleting.ContainsKey(machineArn);

    /// <summary>Says that a machine was deleted and its executions are to end.</summary>
    public void MarkDeleting(string machineArn) => _deleting[machineArn] = true;

    /// <summary>Says that a machine is gone, or never was.</summary>
    public void Forget(string machineArn) => _deleting.TryRemove(machineArn, out _);

    /// <summary>Removes a deleted machine if no execution of it runs any more.</summary>
    public void RemoveIfDone(string machineArn)
    {
        if (store.RemoveIfDone(machineArn))
            Forget(machineArn);
    }

    private Interpreter Parse(MachineRevision revision)
    {
        (StateMachine? machine, IReadOnlyList<Diagnostic> findings) = StateMachine.Parse(revision.Definition, revision.Express);
        return machine is null
            ? throw new InvalidOperationException(
                $"Revision {revision.Id} was stored by a version of the program that took it; this one does not: {string.Join("; ", findings.Select(finding => finding.Message))}")
            : new Interpreter(machine, surroundings);
    }
}

using Archiver.Web.Audit;

namespace Archiver.Web.Identity.Access;

/// <summary>
/// The proof that a person may do one thing now, and that their attempt is on record. Only <see cref="CommandGate"/> gives one, and
/// whatever changes something for a person asks for one: a command that went round the gate does not compile.
/// </summary>
internal sealed class Permit
{
    internal Permit(Operation operation, Person person, AuditSubject subject)
    {
        Operation = operation;
        Person = person;
        Subject = subject;
    }

    /// <summary>What may be done.</summary>
    public Operation Operation { get; }

    /// <summary>Who may do it.</summary>
    public Person Person { get; }

    /// <summary>To what.</summary>
    public AuditSubject Subject { get; }

    /// <summary>Holds the permit against what is about to be done.</summary>
    /// <exception cref="InvalidOperationException">It is for something else, which is a bug.</exception>
    public void Demand(Operation operation)
    {
        if (operation != Operation) throw new InvalidOperationException($"A permit to {Operation} is none to {operation}.");
    }
}

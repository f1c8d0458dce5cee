using Archiver.Web.Audit;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Tests;

/// <summary>Permits for tests of what lies behind the gate.</summary>
internal static class Permits
{
    public static Permit For(Operation operation, string name = "Ann") => new(operation, Someone(name), new AuditSubject("test"));

    public static Permit For(Operation operation, Person person) => new(operation, person, new AuditSubject("test"));

    public static Permit Decide(string name) => For(Operation.Decide, name);

    public static Permit Undo(string name) => For(Operation.UndoDecision, name);

    /// <summary>A person of a name, with every role where none is given.</summary>
    public static Person Someone(string name, params Role[] roles) => new($"test|{name}", name, roles.Length == 0 ? Person.EveryRole : roles.ToHashSet());
}

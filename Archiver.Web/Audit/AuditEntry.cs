using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Audit;

/// <summary>What an entry tells of an attempt.</summary>
public enum AuditPhase
{
    /// <summary>It was about to be done. Without another entry of the same attempt, it is not known what came of it.</summary>
    Attempted,

    /// <summary>It was refused: the person might not.</summary>
    Refused,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>It came to nothing, and nothing failed: somebody was faster, a rule of the workflow stood against it.</summary>
    NotDone,

    /// <summary>It failed, and may have been done in part.</summary>
    Failed,
}

/// <summary>Whose doing it was.</summary>
/// <param name="Id">Their <see cref="Person.Id"/>; empty for nobody who is known.</param>
/// <param name="Name">Their name.</param>
/// <param name="Roles">The roles that they had then.</param>
public sealed record AuditActor(string Id, string Name, IReadOnlyList<Role> Roles)
{
    /// <summary>A person, or nobody.</summary>
    public static AuditActor Of(Person? person) => person is null ? new AuditActor("", "", []) : new AuditActor(person.Id, person.Name, [.. person.Roles.Order()]);
}

/// <summary>What something was done to.</summary>
/// <param name="Kind">What it is: <c>approval</c>, <c>run</c>, <c>results</c>, ...</param>
/// <param name="Id">Which one; empty where there is one only.</param>
/// <param name="Version">Which version of it the person had in front of them: the approval's, the file's.</param>
/// <param name="Name">What it is called, such as the file's name.</param>
public sealed record AuditSubject(string Kind, string Id = "", string? Version = null, string? Name = null);

/// <summary>One entry of the audit trail: who did what, when, from where, to which version of what, and what came of it.</summary>
public sealed record AuditEntry
{
    /// <summary>Ties together what is told of one attempt.</summary>
    public required string Attempt { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What is told of the attempt.</summary>
    public required AuditPhase Phase { get; init; }

    /// <summary>What was to be done.</summary>
    public required Operation Operation { get; init; }

    /// <summary>Whose doing it was.</summary>
    public required AuditActor By { get; init; }

    /// <summary>The address that they called from, where it is known.</summary>
    public string? From { get; init; }

    /// <summary>What it was done to.</summary>
    public required AuditSubject On { get; init; }

    /// <summary>A sentence: the reason of a refusal, what came of it.</summary>
    public string? Detail { get; init; }
}

namespace Archiver.Web.Audit.Chain;

/// <summary>
/// An entry as it is read back. What it says is text here: an entry outlives the names that operations, phases and roles had when
/// it was written.
/// </summary>
public sealed record AuditRecord
{
    /// <summary>Its number in the chain, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <inheritdoc cref="AuditEntry.Attempt"/>
    public required string Attempt { get; init; }

    /// <summary>An <see cref="AuditPhase"/>, by its name.</summary>
    public required string Phase { get; init; }

    /// <summary>An <see cref="Identity.Access.Operation"/>, by its name.</summary>
    public required string Operation { get; init; }

    /// <inheritdoc cref="AuditActor.Id"/>
    public required string PersonId { get; init; }

    /// <inheritdoc cref="AuditActor.Name"/>
    public required string PersonName { get; init; }

    /// <summary>The roles that they had, by their names.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <inheritdoc cref="AuditEntry.From"/>
    public string? From { get; init; }

    /// <inheritdoc cref="AuditEntry.On"/>
    public required AuditSubject On { get; init; }

    /// <inheritdoc cref="AuditEntry.Detail"/>
    public string? Detail { get; init; }

    /// <summary>The name of the key that its hash was made with; nothing for a plain hash.</summary>
    public string? Key { get; init; }
}

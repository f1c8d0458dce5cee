namespace Archiver.Web.Audit;

/// <summary>The audit trail, as those see it who add to it.</summary>
internal interface IAuditTrail
{
    /// <summary>Adds an entry, and returns when it is durable.</summary>
    /// <exception cref="Exception">It could not be written, as <see cref="Cloud.CloudFailure"/> knows it.</exception>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Adds an entry behind the caller's back, in order; it is tried until it is written.</summary>
    void Add(AuditEntry entry);
}

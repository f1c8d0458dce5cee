namespace Archiver.Web.Audit;

/// <summary>An audit trail in the log.</summary>
internal sealed partial class LoggedTrail(ILogger<LoggedTrail> logger) : IAuditTrail
{
    /// <inheritdoc/>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        Add(entry);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Add(AuditEntry entry) => LogEntry(logger, entry.Operation, entry.Phase, entry.By.Id, entry.On.Kind, entry.On.Id);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Operation} {Phase} by {Person} on {Kind} {Id}")]
    private static partial void LogEntry(ILogger logger, Identity.Access.Operation operation, AuditPhase phase, string person, string kind, string id);
}

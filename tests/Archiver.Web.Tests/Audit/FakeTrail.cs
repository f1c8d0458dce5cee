using Archiver.Web.Audit;

namespace Archiver.Web.Tests.Audit;

/// <summary>An audit trail in memory, which can refuse to write.</summary>
internal sealed class FakeTrail : IAuditTrail
{
    public List<AuditEntry> Entries { get; } = [];

    public Exception? Failure { get; set; }

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (Failure is { } failure) throw failure;
        Entries.Add(entry);
        return Task.CompletedTask;
    }

    public void Add(AuditEntry entry) => Entries.Add(entry);
}

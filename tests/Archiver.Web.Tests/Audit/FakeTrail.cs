using Archiver.Web.Audit;

namespace Archiver.Web.Tests.Audit;

/// <summary>An audit trail in memory, which can refuse to write. It is written to from many threads.</summary>
internal sealed class FakeTrail : IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly List<AuditEntry> _entries = [];

    public IReadOnlyList<AuditEntry> Entries
    {
        get { lock (_lock) return [.. _entries]; }
    }

    public Exception? Failure { get; set; }

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (Failure is { } failure) throw failure;
        Add(entry);
        return Task.CompletedTask;
    }

    public void Add(AuditEntry entry)
    {
        lock (_lock) _entries.Add(entry);
    }
}

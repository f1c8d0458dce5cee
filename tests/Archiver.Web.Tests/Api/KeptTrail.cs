using System.Collections.Concurrent;
using Archiver.Web.Audit;

namespace Archiver.Web.Tests.Api;

/// <summary>An audit trail in memory that several requests write to at once, and that can refuse to.</summary>
internal sealed class KeptTrail : IAuditTrail
{
    private readonly ConcurrentQueue<AuditEntry> _entries = new();

    public IReadOnlyList<AuditEntry> Entries => [.. _entries];

    public Exception? Failure { get; set; }

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (Failure is { } failure) return Task.FromException(failure);
        Add(entry);
        return Task.CompletedTask;
    }

    public void Add(AuditEntry entry) => _entries.Enqueue(entry);
}

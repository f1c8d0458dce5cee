using System.Collections.Concurrent;
using Archiver.Web.Approvals.Bulk;

namespace Archiver.Web.Tests.Approvals.Bulk;

/// <summary>Decides as it is told, and keeps count of what it was asked for.</summary>
internal sealed class FakeWork : IBulkWork
{
    /// <summary>Which item was decided on how often.</summary>
    public ConcurrentDictionary<string, int> Decided { get; } = new(StringComparer.Ordinal);

    /// <summary>Which item was taken back how often.</summary>
    public ConcurrentDictionary<string, int> Undone { get; } = new(StringComparer.Ordinal);

    /// <summary>What an item comes to, by its id and how often it was tried before.</summary>
    public required Func<string, int, Task<BulkEnd>> End { get; init; }

    public Task WaitAsync(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public async Task<BulkOutcome> DecideAsync(BulkItem item, BulkDecision decision)
    {
        int tried = Decided.AddOrUpdate(item.Seen.Id, 1, (_, count) => count + 1);
        BulkEnd end = await End(item.Seen.Id, tried - 1);
        return new BulkOutcome(end) { UndoUntil = end == BulkEnd.Decided ? Samples.Asked.AddMinutes(1) : null };
    }

    public Task<BulkOutcome> UndoAsync(BulkItem item, BulkOutcome outcome)
    {
        Undone.AddOrUpdate(item.Seen.Id, 1, (_, count) => count + 1);
        return Task.FromResult(new BulkOutcome(BulkEnd.Undone));
    }
}

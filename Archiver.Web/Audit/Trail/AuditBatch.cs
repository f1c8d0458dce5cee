using Archiver.Lambdas.Contracts;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Store;

namespace Archiver.Web.Audit.Trail;

/// <summary>An entry on its way to the table.</summary>
internal sealed class PendingEntry(AuditEntry entry)
{
    /// <summary>The entry, fit for the record.</summary>
    public AuditEntry Entry { get; } = entry;

    /// <summary>Completes when it is durable.</summary>
    public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Entries that go into one block.</summary>
/// <param name="Entries">The entries, in order; at least one.</param>
/// <param name="Stamp">The writer's mark for the block, the same however often it is tried.</param>
internal sealed record AuditBatch(IReadOnlyList<PendingEntry> Entries, string Stamp)
{
    /// <summary>The most entries of a block.</summary>
    public const int MostEntries = 500;

    // An item has 400 KB at most, names of attributes and all
    // (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
    private const int MostBytes = 300 * 1024;
    private const int BytesBesideEntry = 256;

    /// <summary>Takes from a queue what fits into a block.</summary>
    /// <param name="queue">What waits; not empty.</param>
    /// <param name="stamp">The block's mark.</param>
    public static AuditBatch Take(LinkedList<PendingEntry> queue, string stamp)
    {
        List<PendingEntry> entries = [];
        int bytes = 0;
        while (queue.First is { Value: { } next } && entries.Count < MostEntries)
        {
            // Numbers and key's name are bounded, and belong to what is beside it.
            bytes += CanonicalEntry.Write(0, next.Entry, null).Length + BytesBesideEntry;
            if (bytes > MostBytes && entries.Count > 0) break;
            entries.Add(next);
            queue.RemoveFirst();
        }
        return new AuditBatch(entries, stamp);
    }

    /// <summary>The block that goes on from a head.</summary>
    public AuditBlock After(AuditHead head, AuditHasher hasher)
    {
        List<AuditLink> links = new(Entries.Count);
        AuditHead last = head;
        foreach (PendingEntry pending in Entries)
        {
            string entry = CanonicalEntry.Write(last.Sequence + 1, pending.Entry, hasher.KeyName);
            AuditLink link = new(entry, last.Hash, hasher.Hash(last.Hash, entry));
            links.Add(link);
            last = new AuditHead(last.Sequence + 1, link.Hash);
        }
        return new AuditBlock(head.Sequence + 1, last.Sequence, last.Hash, UtcTimestamp.Format(Entries[^1].Entry.At), links);
    }
}

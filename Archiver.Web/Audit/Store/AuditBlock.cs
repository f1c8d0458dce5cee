using Archiver.Web.Audit.Chain;

namespace Archiver.Web.Audit.Store;

/// <summary>A block: entries that were written with one call, an item of the table.</summary>
/// <param name="First">The number of its first entry, which is the item's key.</param>
/// <param name="Last">The number of its last entry.</param>
/// <param name="Hash">The hash of its last entry: what the next block follows.</param>
/// <param name="At">The time of its last entry, by which a time is found in the chain.</param>
/// <param name="Links">The entries, in order.</param>
internal sealed record AuditBlock(long First, long Last, string Hash, string At, IReadOnlyList<AuditLink> Links)
{
    /// <summary>Where the chain stands after this block.</summary>
    public AuditHead Head => new(Last, Hash);
}

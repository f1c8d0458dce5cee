using System.Globalization;
using Archiver.Web.Audit.Store;

namespace Archiver.Web.Audit.Chain;

/// <summary>
/// Follows a chain link by link, and stops at the first that does not hold. It keeps no more than the last link, so that a chain
/// of any length is followed in the same memory. A chain that was cut off at its end is whole as far as it goes: only a head that
/// was written down before shows it.
/// </summary>
/// <param name="hasher">Hashes as the trail does, with the key that it has.</param>
/// <param name="before">What the first link follows; nothing where it may follow anything, as in a part of a chain.</param>
/// <param name="expected">A head that was written down: the entry must be there, with this hash.</param>
internal sealed class AuditChain(AuditHasher hasher, AuditHead? before = null, AuditHead? expected = null)
{
    private readonly bool _isPart = before is null;
    private AuditHead? _last = before;
    private long _first;
    private long? _keyedFrom;
    private ChainFinding? _end;

    private long Next => (_last?.Sequence ?? 0) + 1;

    /// <summary>Follows a block of the table: its links, and what is noted beside them.</summary>
    /// <returns>Nothing as long as the chain holds; else what was found, at this link or before.</returns>
    public ChainFinding? Add(AuditBlock block)
    {
        string where = string.Create(CultureInfo.InvariantCulture, $"block {block.First}");
        if (block.Links.Count == 0) return _end ??= new ChainFinding.Broken(Next, where, "the block has no entries that can be read");
        long first = Next;
        foreach (AuditLink link in block.Links)
        {
            if (Add(link, where) is { } found) return found;
        }
        // Next was only a guess at the beginning of a part.
        if (!_isPart && block.First != first) return _end = new ChainFinding.Broken(first, where, "the block stands under another entry's number");
        if (block.Last != _last!.Sequence || block.Hash != _last.Hash || block.At != At(block.Links[^1]))
            return _end = new ChainFinding.Broken(_last.Sequence, where, "what the block notes of its last entry is not that entry's");
        return null;
    }

    /// <summary>Follows one link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="where">Where it is kept, such as <c>line 3</c>.</param>
    /// <inheritdoc cref="Add(AuditBlock)" path="/returns"/>
    public ChainFinding? Add(AuditLink link, string where) => _end ??= Look(link, where);

    /// <summary>What was found once there are no more links.</summary>
    public ChainFinding End()
    {
        if (_end is not null) return _end;
        if (expected is not null && (_last?.Sequence ?? 0) < expected.Sequence)
        {
            string last = _last is null or { Sequence: 0 } ? "it is empty" : string.Create(CultureInfo.InvariantCulture, $"it ends with entry {_last.Sequence}");
            return new ChainFinding.Broken(Next, "the end", string.Create(CultureInfo.InvariantCulture, $"{last}, and the head that was written down is entry {expected.Sequence}: its end was cut off"));
        }
        if (expected is not null && expected.Sequence < _first)
            return new ChainFinding.Unknown(string.Create(CultureInfo.InvariantCulture, $"The head that was written down is entry {expected.Sequence}, which is not in what was looked at."));
        return new ChainFinding.Intact(_first, _last ?? AuditHead.Start, _keyedFrom);
    }

    private ChainFinding? Look(AuditLink link, string where)
    {
        if (!CanonicalEntry.TryRead(link.Entry, out AuditRecord? record)) return Broken("it can't be read as an entry: its content was changed");
        // A part begins anywhere; the whole chain begins with what is known.
        AuditHead last = _last ?? (record.Sequence == 1 ? AuditHead.Start : new AuditHead(record.Sequence - 1, link.Previous));
        if (!AuditHead.IsHash(link.Previous)) return Broken("the hash of its predecessor that it names is none: it was changed");
        if (record.Key is not null && hasher.KeyName is null)
        {
            return new ChainFinding.Unknown(string.Create(
                CultureInfo.InvariantCulture, $"Entry {record.Sequence} ({where}) says that it is hashed with the key {record.Key}: set Audit:Key to verify the chain."));
        }
        if (record.Key is not null && record.Key != hasher.KeyName) return Broken($"it says that it is hashed with another key, {record.Key}");
        if (record.Key is null && _keyedFrom is not null) return Broken("it is hashed without the key, and those before it are hashed with it");
        if (Hash(link.Previous) != link.Hash) return Broken(Hash(last.Hash) == link.Hash ? "the hash of its predecessor that it names was changed" : "its content or its hash was changed");
        if (record.Sequence <= last.Sequence)
            return Broken(string.Create(CultureInfo.InvariantCulture, $"entry {record.Sequence} stands in its place, a second time or out of order"));
        if (record.Sequence > last.Sequence + 1)
            return Broken(string.Create(CultureInfo.InvariantCulture, $"it is missing, and the next one there is entry {record.Sequence}"));
        if (link.Previous != last.Hash)
            return Broken(string.Create(CultureInfo.InvariantCulture, $"it follows another entry {last.Sequence} than the one that is there"));
        if (expected is not null && expected.Sequence == record.Sequence && expected.Hash != link.Hash)
            return Broken("its hash is not the one that was written down: the chain was made anew");
        if (_first == 0) _first = record.Sequence;
        if (record.Key is not null) _keyedFrom ??= record.Sequence;
        _last = new AuditHead(record.Sequence, link.Hash);
        return null;

        string Hash(string previous) => record.Key is null ? AuditHasher.PlainHash(previous, link.Entry) : hasher.Hash(previous, link.Entry);

        // What is wrong with the first link of a part can be its number.
        ChainFinding.Broken Broken(string what) => new(_last is null ? 0 : Next, where, what);
    }

    private static string At(AuditLink link) => CanonicalEntry.TryRead(link.Entry, out AuditRecord? record) ? Lambdas.Contracts.UtcTimestamp.Format(record.At) : "";
}

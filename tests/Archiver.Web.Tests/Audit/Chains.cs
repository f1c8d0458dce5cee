using System.Globalization;
using Archiver.Web.Audit;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Store;
using Archiver.Web.Audit.Trail;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Tests.Audit;

/// <summary>Entries and chains of them for tests.</summary>
internal static class Chains
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 14, 2, 0, TimeSpan.Zero);

    public static readonly AuditHasher Plain = new((byte[]?)null);

    public static AuditEntry Entry(string id = "a", DateTimeOffset? at = null, AuditPhase phase = AuditPhase.Done, string name = "Ann", Operation operation = Operation.Decide) => new()
    {
        Attempt = $"attempt-{id}",
        At = at ?? Start,
        Phase = phase,
        Operation = operation,
        By = AuditActor.Of(Permits.Someone(name, Role.Reviewer)),
        From = "127.0.0.1",
        On = new AuditSubject("approval", id, "3", $"{id}.pdf"),
        Detail = $"Said <{id}> & \"more\", 日本 \t🙂",
    };

    /// <summary>A chain in blocks.</summary>
    /// <param name="sizes">How many entries each block has.</param>
    public static List<AuditBlock> Blocks(IEnumerable<int> sizes, AuditHasher? hasher = null, AuditHead? head = null)
    {
        List<AuditBlock> blocks = [];
        AuditHead last = head ?? AuditHead.Start;
        foreach (int size in sizes)
        {
            long first = last.Sequence + 1;
            PendingEntry[] entries =
            [
                .. Enumerable.Range(0, size).Select(i => new PendingEntry(Entry((first + i).ToString(CultureInfo.InvariantCulture), Start.AddSeconds(first + i)))),
            ];
            AuditBlock block = new AuditBatch(entries, "test").After(last, hasher ?? Plain);
            blocks.Add(block);
            last = block.Head;
        }
        return blocks;
    }

    public static List<AuditLink> Links(int count, AuditHasher? hasher = null) => [.. Blocks([count], hasher)[0].Links];

    public static ChainFinding Follow(IEnumerable<AuditLink> links, AuditHasher? hasher = null, AuditHead? expected = null, bool isPart = false)
    {
        AuditChain chain = new(hasher ?? Plain, isPart ? null : AuditHead.Start, expected);
        foreach ((int index, AuditLink link) in links.Index())
        {
            if (chain.Add(link, $"line {(index + 1).ToString(CultureInfo.InvariantCulture)}") is not null) break;
        }
        return chain.End();
    }

    public static ChainFinding Follow(IEnumerable<AuditBlock> blocks, AuditHasher? hasher = null, AuditHead? expected = null)
    {
        AuditChain chain = new(hasher ?? Plain, AuditHead.Start, expected);
        foreach (AuditBlock block in blocks)
        {
            if (chain.Add(block) is not null) break;
        }
        return chain.End();
    }
}

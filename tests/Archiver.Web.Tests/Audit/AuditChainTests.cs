using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Store;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Audit;

/// <summary>Whatever is done to a chain, the first link that does not hold is named.</summary>
public sealed class AuditChainTests
{
    private static readonly AuditHasher Keyed = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Property(MaxTest = 50)]
    public bool Follow_AnUntouchedChainInAnyBatches_IsIntact(byte[] sizes)
    {
        int[] counts = [.. sizes.Select(size => (size % 7) + 1)];
        foreach (AuditHasher hasher in (AuditHasher[])[Chains.Plain, Keyed])
        {
            List<AuditBlock> blocks = Chains.Blocks(counts, hasher);
            AuditHead head = blocks.Count == 0 ? AuditHead.Start : blocks[^1].Head;
            ChainFinding.Intact expected = new(counts.Length == 0 ? 0 : 1, head, counts.Length > 0 && hasher == Keyed ? 1 : null);
            if (Chains.Follow(blocks, hasher) != expected || head.Sequence != counts.Sum()) return false;
        }
        return true;
    }

    [Property(MaxTest = 200)]
    public bool Follow_AByteOfAnyFieldChanged_NamesItsEntry(int seed, bool isKeyed)
    {
        Random random = new(seed);
        AuditHasher hasher = isKeyed ? Keyed : Chains.Plain;
        List<AuditLink> links = Chains.Links(random.Next(1, 12), hasher);
        int index = random.Next(links.Count);
        links[index] = random.Next(3) switch
        {
            0 => links[index] with { Entry = Change(links[index].Entry, random) },
            1 => links[index] with { Previous = Change(links[index].Previous, random) },
            _ => links[index] with { Hash = Change(links[index].Hash, random) },
        };
        return IsBrokenAt(index + 1, Chains.Follow(links, hasher));
    }

    [Property(MaxTest = 100)]
    public bool Follow_AnEntryDeleted_NamesIt(int seed)
    {
        Random random = new(seed);
        List<AuditLink> links = Chains.Links(random.Next(1, 12));
        AuditHead head = new(links.Count, links[^1].Hash);
        int index = random.Next(links.Count);
        links.RemoveAt(index);
        // Without the head that was written down, an end that is gone does not show.
        return IsBrokenAt(index + 1, Chains.Follow(links, expected: head))
            && (index == links.Count ? Chains.Follow(links) is ChainFinding.Intact : IsBrokenAt(index + 1, Chains.Follow(links)));
    }

    [Property(MaxTest = 100)]
    public bool Follow_TwoEntriesSwapped_NamesTheFirst(int seed)
    {
        Random random = new(seed);
        List<AuditLink> links = Chains.Links(random.Next(2, 12));
        int one = random.Next(links.Count - 1), other = random.Next(one + 1, links.Count);
        (links[one], links[other]) = (links[other], links[one]);
        return IsBrokenAt(one + 1, Chains.Follow(links));
    }

    [Property(MaxTest = 100)]
    public bool Follow_AnEntryTwice_NamesThePlaceOfTheSecond(int seed)
    {
        Random random = new(seed);
        List<AuditLink> links = Chains.Links(random.Next(1, 12));
        int one = random.Next(links.Count), place = random.Next(one + 1, links.Count + 1);
        links.Insert(place, links[one]);
        return IsBrokenAt(place + 1, Chains.Follow(links));
    }

    [Property(MaxTest = 100)]
    public bool Follow_AnEntryPutIn_NamesItsPlaceOrTheOneAfter(int seed)
    {
        Random random = new(seed);
        List<AuditLink> links = Chains.Links(random.Next(2, 12));
        int place = random.Next(links.Count - 1);
        string previous = place == 0 ? AuditHead.Start.Hash : links[place - 1].Hash;
        string entry = CanonicalEntry.Write(place + 1, Chains.Entry("forged"), null);
        links.Insert(place, new AuditLink(entry, previous, AuditHasher.PlainHash(previous, entry)));
        // The forged one has a hash that is right: it is the next that can't stand behind it.
        return IsBrokenAt(place + 2, Chains.Follow(links));
    }

    [Fact]
    public void Follow_AnEntryForgedWithItsHash_NamesTheNext()
    {
        List<AuditLink> links = Chains.Links(5);
        string entry = CanonicalEntry.Write(3, Chains.Entry("forged"), null);
        links[2] = new AuditLink(entry, links[1].Hash, AuditHasher.PlainHash(links[1].Hash, entry));

        Assert.Equal(new ChainFinding.Broken(4, "line 4", "it follows another entry 3 than the one that is there"), Chains.Follow(links));
    }

    [Fact]
    public void Follow_TheWholeChainMadeAnew_ShowsAgainstAHead()
    {
        List<AuditLink> links = Chains.Links(5);
        AuditHead head = new(3, links[2].Hash);
        List<AuditLink> forged = [.. Chains.Blocks([5], head: null)[0].Links];
        string entry = CanonicalEntry.Write(1, Chains.Entry("forged"), null);
        forged = [new AuditLink(entry, AuditHead.Start.Hash, AuditHasher.PlainHash(AuditHead.Start.Hash, entry)), .. Chains.Blocks([4], head: new AuditHead(1, AuditHasher.PlainHash(AuditHead.Start.Hash, entry)))[0].Links];

        Assert.IsType<ChainFinding.Intact>(Chains.Follow(forged));
        Assert.Equal(3, Assert.IsType<ChainFinding.Broken>(Chains.Follow(forged, expected: head)).Sequence);
        Assert.IsType<ChainFinding.Intact>(Chains.Follow(links, expected: head));
    }

    [Fact]
    public void Follow_AChainThatIsKeyed_CanNotBeMadeWithoutTheKey()
    {
        List<AuditLink> before = Chains.Links(3);
        AuditHead head = new(3, before[2].Hash);
        List<AuditLink> keyed = [.. before, .. Chains.Blocks([3], Keyed, head)[0].Links];
        List<AuditLink> forged = [.. keyed.Take(5), .. Chains.Blocks([1], Chains.Plain, new AuditHead(5, keyed[4].Hash))[0].Links];

        Assert.Equal(new ChainFinding.Intact(1, new AuditHead(6, keyed[5].Hash), 4), Chains.Follow(keyed, Keyed));
        Assert.Equal(6, Assert.IsType<ChainFinding.Broken>(Chains.Follow(forged, Keyed)).Sequence);
        Assert.IsType<ChainFinding.Unknown>(Chains.Follow(keyed));
        Assert.Equal(4, Assert.IsType<ChainFinding.Broken>(Chains.Follow(keyed, new AuditHasher(new byte[32]))).Sequence);
    }

    [Fact]
    public void Follow_APartOfAChain_SaysWhatItBeginsWith()
    {
        List<AuditLink> links = Chains.Links(6);

        ChainFinding.Intact found = Assert.IsType<ChainFinding.Intact>(Chains.Follow(links.Skip(2), isPart: true));

        Assert.Equal((3, 6), (found.First, found.Head.Sequence));
        Assert.Contains("entries 3 to 6 (what is before 3 is not in it)", found.Sentence, StringComparison.Ordinal);
        Assert.IsType<ChainFinding.Broken>(Chains.Follow(links.Skip(2)));
        Assert.IsType<ChainFinding.Unknown>(Chains.Follow(links.Skip(2), expected: new AuditHead(1, links[0].Hash), isPart: true));
    }

    [Fact]
    public void Follow_WhatABlockNotesBesideItsEntriesChanged_NamesTheBlock()
    {
        List<AuditBlock> blocks = Chains.Blocks([2, 3, 2]);
        AuditBlock second = blocks[1];
        AuditBlock[] changed =
        [
            second with { First = 4 }, second with { Last = 4 }, second with { Last = 6 }, second with { Hash = blocks[0].Hash }, second with { At = "2026-03-01T14:02:00.000Z" },
            second with { Links = [] }, second with { Links = [.. second.Links.Take(2)] },
        ];

        Assert.All(changed, block => Assert.InRange(Assert.IsType<ChainFinding.Broken>(Chains.Follow([blocks[0], block, blocks[2]])).Sequence, 3, 5));
        Assert.Equal(
            new ChainFinding.Broken(3, "block 6", "it is missing, and the next one there is entry 6"), Chains.Follow([blocks[0], blocks[2]]));
    }

    [Fact]
    public void Hash_IsWhatAnybodyCanWorkOut()
    {
        AuditLink link = Chains.Links(1)[0];
        byte[] bytes = [.. new byte[32], .. Encoding.ASCII.GetBytes(link.Entry)];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), link.Hash);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(new byte[32], bytes)), new AuditHasher(new byte[32]).Hash(AuditHead.Start.Hash, link.Entry));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1:000000000000000000000000000000000000000000000000000000000000000G")]
    [InlineData("1:ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    [InlineData("-1:0000000000000000000000000000000000000000000000000000000000000000")]
    public void TryParse_NoHead_IsNone(string? text) => Assert.False(AuditHead.TryParse(text, out _));

    [Fact]
    public void TryParse_AHead_IsRead()
    {
        AuditHead head = new(12, new string('a', 64));

        Assert.True(AuditHead.TryParse(head.ToString(), out AuditHead? read));
        Assert.Equal(head, read);
    }

    private static bool IsBrokenAt(long sequence, ChainFinding found) =>
        found is ChainFinding.Broken broken && broken.Sequence == sequence && broken.Sentence.Contains(sequence.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Change(string text, Random random)
    {
        int place = random.Next(text.Length);
        char other = (char)random.Next(1, 256);
        if (other == text[place]) other++;
        return text[..place] + other + text[(place + 1)..];
    }
}

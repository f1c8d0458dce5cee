using System.Text;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

/// <summary>What stands on a copy, and that S3 takes it whatever people write.</summary>
public sealed class EvidenceTests
{
    private static readonly DateTimeOffset EnteredAt = new(2026, 3, 26, 20, 14, 13, 192, TimeSpan.Zero);

    [Fact]
    public void Of_DecidedFile_SaysWhoDecidedWhatWhenAndWhy()
    {
        ActionFacts facts = Facts(ResultAction.Denied) with
        {
            Decision = new Decision { Approved = false, Reviewer = "Änn “A”", Comment = "Zu unscharf:\n50 %, 名.", DecidedAt = EnteredAt.AddMinutes(-1) },
        };

        IReadOnlyDictionary<string, string> entries = Evidence.Of(facts, [new("owner", "ann"), new("Archiver-Run", "another"), new("archiver-reason", "old")]);

        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["archiver-action"] = "Denied",
                ["archiver-decided-at"] = "2026-03-26T20:13:13.192Z",
                ["archiver-execution"] = TestBench.ExecutionArn,
                ["archiver-reason"] = "Zu unscharf:%0A50 %25, %E5%90%8D.",
                ["archiver-reviewer"] = "%C3%84nn %E2%80%9CA%E2%80%9D",
                ["archiver-run"] = "run-1",
                ["archiver-sha256"] = new string('a', 64),
                ["owner"] = "ann",
            },
            entries);
        Assert.Equal("Zu unscharf:\n50 %, 名.", Uri.UnescapeDataString(entries["archiver-reason"]));
    }

    [Fact]
    public void Of_QualityFail_SaysTheChecksThatFailed()
    {
        IReadOnlyDictionary<string, string> entries = Evidence.Of(Facts(ResultAction.QualityFail), []);

        Assert.Equal("The quality of 35 is below 50. Content: It is empty.", entries["archiver-reason"]);
        Assert.Equal("2026-03-26T20:14:13.192Z", entries["archiver-decided-at"]);
        Assert.False(entries.ContainsKey("archiver-reviewer"));
    }

    [Theory]
    [InlineData(ResultAction.Archived, null)]
    [InlineData(ResultAction.Unarchivable, "It is marked as not to be archived.")]
    public void Of_AutomaticChoice_SaysWhyOnlyWhereTheFileWasRejected(string action, string? reason) =>
        Assert.Equal(reason, Evidence.Of(Facts(action), []).GetValueOrDefault("archiver-reason"));

    [Fact]
    public void Of_MoreOfItsOwnThanThereIsRoomFor_KeepsTheEvidenceAndCountsWhatIsLeftOut()
    {
        KeyValuePair<string, string>[] own = [.. Enumerable.Range(0, 9).Select(number => KeyValuePair.Create($"own-{number}", new string('v', 190)))];

        IReadOnlyDictionary<string, string> entries = Evidence.Of(
            Facts(ResultAction.Denied) with { Decision = new Decision { Approved = false, Comment = new string('x', 5000) } }, own);

        int kept = entries.Keys.Count(name => name.StartsWith("own-", StringComparison.Ordinal));
        Assert.InRange(kept, 1, 8);
        Assert.Equal($"{9 - kept}", entries["archiver-left-out"]);
        Assert.EndsWith("...", entries["archiver-reason"], StringComparison.Ordinal);
        Assert.True(entries["archiver-reason"].Length >= 256);
        Assert.InRange(Size(entries), 1, 2048);
    }

    [Fact]
    public void Of_AnyTexts_FitsAndIsPlainAscii()
    {
        Random random = new(7);
        for (int round = 0; round < 500; round++)
        {
            ActionFacts facts = Facts(ResultAction.Denied) with
            {
                ExecutionArn = Text(random, 256),
                Decision = new Decision { Approved = false, Reviewer = Text(random, 3000), Comment = Text(random, 6000) },
            };
            KeyValuePair<string, string>[] own = [.. Enumerable.Range(0, random.Next(30)).Select(number => KeyValuePair.Create($"own-{number}", new string('v', random.Next(200))))];

            IReadOnlyDictionary<string, string> entries = Evidence.Of(facts, own);

            Assert.InRange(Size(entries), 1, 2048);
            Assert.All(entries.Values, value =>
            {
                Assert.True(value.All(character => character is >= ' ' and <= '~'), value);
                Assert.Equal(value.Trim(), value);
                Assert.DoesNotContain("  ", value, StringComparison.Ordinal);
                Assert.DoesNotContain("=?", value, StringComparison.Ordinal);
            });
        }
    }

    [Theory]
    [InlineData("plain text, as it is: 100 %", 99, "plain text, as it is: 100 %25")]
    [InlineData("  spaces  kept \t ", 99, "spaces %20kept")]
    [InlineData("=?UTF-8?B?eA==?=", 99, "=%3FUTF-8?B?eA==%3F=")]
    [InlineData("\ud83d\ude00", 99, "%F0%9F%98%80")]
    [InlineData("abcdefgh", 8, "abcdefgh")]
    [InlineData("abcdefghi", 8, "abcde...")]
    [InlineData("名名名", 14, "%E5%90%8D...")] // never half a letter
    [InlineData("名", 2, "")]
    public void Encode_Text_IsAValueThatAHeaderKeeps(string text, int most, string expected) => Assert.Equal(expected, HeaderText.Encode(text, most));

    private static ActionFacts Facts(string action) => new()
    {
        Action = action,
        ExecutionArn = TestBench.ExecutionArn,
        EnteredAt = EnteredAt,
        File = new FileMetadata
        {
            Id = "run-1",
            Name = "a.txt",
            Bucket = "inbox",
            Key = "a.txt",
            Size = 0,
            Sha256 = new string('a', 64),
            Archive = true,
            Quality = 35,
            QualityThreshold = 50,
            Checks = [new FileCheck("Content", false, "It is empty."), new FileCheck("Type", true, "It is text.")],
        },
    };

    // As S3 counts, and a little more: the names with their prefix.
    private static int Size(IReadOnlyDictionary<string, string> entries) => entries.Sum(entry => 11 + Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value));

    private static string Text(Random random, int most) => new([.. Enumerable.Range(0, random.Next(most)).Select(_ => random.Next(4) switch
    {
        0 => (char)random.Next(0x20, 0x7f),
        1 => " %=?\n\t"[random.Next(6)],
        2 => (char)random.Next(0xd800, 0xe000), // halves of pairs
        _ => (char)random.Next(char.MaxValue),
    })]);
}

using Archiver.Lambdas.Contracts;

namespace Archiver.Web.Approvals.FourEyes;

/// <summary>What several people's approvals come to: one decision for the run, which takes one reviewer and one comment.</summary>
internal static class Approvers
{
    /// <summary>The decision.</summary>
    /// <param name="votes">The votes that count, one at least.</param>
    /// <param name="decidedAt">When the last of them came.</param>
    /// <param name="longestComment">The longest comment, in characters; what all said together is cut off there. Their votes keep it whole.</param>
    public static Decision Decide(IReadOnlyList<Vote> votes, DateTimeOffset decidedAt, int longestComment) => new()
    {
        Approved = true,
        Reviewer = People.Join([.. votes.Select(vote => vote.Name)]),
        Comment = votes is [{ } only] ? only.Comment : Cut(Comments(votes), longestComment),
        DecidedAt = decidedAt,
    };

    private static string? Comments(IReadOnlyList<Vote> votes)
    {
        string[] said = [.. votes.Where(vote => !string.IsNullOrWhiteSpace(vote.Comment)).Select(vote => $"{vote.Name}: {vote.Comment}")];
        return said.Length == 0 ? null : string.Join('\n', said);
    }

    private static string? Cut(string? text, int longest)
    {
        if (text is null || text.Length <= longest) return text;
        int end = longest - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--; // half of a character is no Unicode, which no run takes
        return text[..end] + "…";
    }
}

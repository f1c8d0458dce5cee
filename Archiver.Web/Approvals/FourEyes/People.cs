using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.FourEyes;

/// <summary>Somebody whom the inbox knows.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">What they are called.</param>
internal sealed record KnownPerson(string Id, string Name);

/// <summary>The people whom the inbox knows, there being no directory to ask: who is on something, approved or decided. Each of them was a reviewer then.</summary>
internal static class People
{
    /// <summary>Those of some approvals, each once, by name.</summary>
    public static IReadOnlyList<KnownPerson> Of(IEnumerable<Approval> approvals)
    {
        Dictionary<string, string> names = [];
        foreach (Approval approval in approvals)
        {
            if (approval.Claim is { } claim) names[claim.PersonId] = claim.Name;
            foreach (Vote vote in approval.Votes) names[vote.PersonId] = vote.Name;
            // The reviewer of a denial is one person; those of an approval are its votes.
            if (approval is { ReviewerId: { } id, Decision: { Approved: false, Reviewer: { } name } }) names[id] = name;
        }
        return [.. names.Select(one => new KnownPerson(one.Key, one.Value)).OrderBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(one => one.Id, StringComparer.Ordinal)];
    }

    /// <summary>Names as a sentence has them: <c>Ann, Bob and Carol</c>.</summary>
    public static string Join(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}

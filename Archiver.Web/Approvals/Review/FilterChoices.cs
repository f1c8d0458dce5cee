using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Review;

/// <summary>What there is to choose from in the filters: what the open approvals have.</summary>
/// <param name="Recommendations">The workflows' own words.</param>
/// <param name="Types">Content types.</param>
/// <param name="Machines">State machines.</param>
public sealed record FilterChoices(IReadOnlyList<string> Recommendations, IReadOnlyList<string> Types, IReadOnlyList<string> Machines)
{
    private const int Most = 50;

    /// <summary>Nothing.</summary>
    public static FilterChoices None { get; } = new([], [], []);

    /// <summary>What a list has, each once.</summary>
    public static FilterChoices Of(InboxList list)
    {
        SortedSet<string> recommendations = new(StringComparer.Ordinal), types = new(StringComparer.OrdinalIgnoreCase), machines = new(StringComparer.Ordinal);
        foreach (Approval approval in list.Rows)
        {
            Add(recommendations, approval.Recommendation);
            Add(types, approval.File?.ContentType);
            Add(machines, InboxFilter.MachineOf(approval));
        }
        return new FilterChoices([.. recommendations], [.. types], [.. machines]);
    }

    // What comes from outside may be any number of words.
    private static void Add(SortedSet<string> set, string? word)
    {
        if (word is { Length: > 0 } && set.Count < Most) set.Add(word);
    }
}

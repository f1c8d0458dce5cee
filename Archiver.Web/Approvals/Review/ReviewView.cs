namespace Archiver.Web.Approvals.Review;

/// <summary>How a reviewer looks at the inbox.</summary>
/// <param name="Filter">What is let through.</param>
/// <param name="Sort">By what it is sorted.</param>
/// <param name="Descending">Whether the most, or the latest, comes first.</param>
/// <param name="Item">The approval that is open beside the list, by its id.</param>
public sealed record ReviewView(InboxFilter Filter, ApprovalSort Sort = ApprovalSort.Asked, bool Descending = true, string? Item = null)
{
    /// <summary>All that waits, the newest first.</summary>
    public static ReviewView Default { get; } = new(InboxFilter.None);

    /// <summary>Whether another one shows the same list.</summary>
    public bool IsListOf(ReviewView other) => (Filter, Sort, Descending) == (other.Filter, other.Sort, other.Descending);
}

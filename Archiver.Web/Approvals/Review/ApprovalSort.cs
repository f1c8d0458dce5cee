using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Review;

/// <summary>What the inbox can be sorted by. Each order is total: what is alike is in the order of asking, and then of the ids.</summary>
public enum ApprovalSort
{
    /// <summary>When the workflow asked.</summary>
    Asked,

    /// <summary>How long there is to decide; what has no limit comes last.</summary>
    TimeLeft,

    /// <summary>The file's quality; what has no file comes first.</summary>
    Quality,

    /// <summary>What a person calls it, whatever the case.</summary>
    Name,
}

/// <summary>The orders of <see cref="ApprovalSort"/>. What they compare never changes while an approval is open.</summary>
internal static class ApprovalOrder
{
    private static readonly Comparer<Approval> Asked = By((left, right) => 0);

    private static readonly Comparer<Approval> TimeLeft = By((left, right) =>
        (left.ExpiresAt ?? DateTimeOffset.MaxValue).CompareTo(right.ExpiresAt ?? DateTimeOffset.MaxValue));

    private static readonly Comparer<Approval> Quality = By((left, right) => (left.File?.Quality ?? -1).CompareTo(right.File?.Quality ?? -1));

    private static readonly Comparer<Approval> Name = By((left, right) => string.Compare(left.Name, right.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The order, ascending.</summary>
    public static IComparer<Approval> Of(ApprovalSort sort) => sort switch
    {
        ApprovalSort.Asked => Asked,
        ApprovalSort.TimeLeft => TimeLeft,
        ApprovalSort.Quality => Quality,
        ApprovalSort.Name => Name,
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static Comparer<Approval> By(Comparison<Approval> first) => Comparer<Approval>.Create((left, right) =>
        first(left, right) is var order && order != 0 ? order
        : left.RequestedAt.CompareTo(right.RequestedAt) is var asked && asked != 0 ? asked
        : string.CompareOrdinal(left.Id, right.Id));
}

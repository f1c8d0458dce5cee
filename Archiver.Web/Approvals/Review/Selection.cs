using System.Collections.Immutable;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Review;

/// <summary>
/// What a reviewer selected of a list: some of it by name, or all of it but some. All of it grows with the list until something is
/// decided: what is decided on then are exactly those that <see cref="Of"/> gives. Only what waits can be selected.
/// </summary>
public sealed record Selection
{
    private Selection(bool isAll, ImmutableHashSet<string> ids) => (IsAll, Ids) = (isAll, ids);

    /// <summary>Nothing is selected.</summary>
    public static Selection None { get; } = new(false, ImmutableHashSet.Create<string>(StringComparer.Ordinal));

    /// <summary>All that the list has is selected.</summary>
    public static Selection All { get; } = None with { IsAll = true };

    /// <summary>Whether all is selected but <see cref="Ids"/>, or only these.</summary>
    public bool IsAll { get; private init; }

    private ImmutableHashSet<string> Ids { get; init; }

    /// <summary>Whether nothing is selected, whatever the list has.</summary>
    public bool IsEmpty => !IsAll && Ids.IsEmpty;

    /// <summary>Whether an approval is selected.</summary>
    public bool Has(Approval approval) => approval.Status == ApprovalStatus.Pending && Ids.Contains(approval.Id) != IsAll;

    /// <summary>How many are selected of a list.</summary>
    public int Count(InboxList list) => IsAll ? list.Waiting - Ids.Count : Ids.Count;

    /// <summary>Those that are selected, in the list's order.</summary>
    public IReadOnlyList<Approval> Of(InboxList list, bool descending)
    {
        IEnumerable<Approval> selected = list.Rows.Where(Has);
        return descending ? [.. selected.Reverse()] : [.. selected];
    }

    /// <summary>With an approval selected that was not, or the other way round.</summary>
    public Selection Toggle(Approval approval) =>
        approval.Status != ApprovalStatus.Pending ? this
        : Ids.Contains(approval.Id) ? this with { Ids = Ids.Remove(approval.Id) }
        : this with { Ids = Ids.Add(approval.Id) };

    /// <summary>With some selected, besides those that are.</summary>
    public Selection With(IEnumerable<Approval> approvals)
    {
        IEnumerable<string> ids = approvals.Where(approval => approval.Status == ApprovalStatus.Pending).Select(approval => approval.Id);
        return this with { Ids = IsAll ? Ids.Except(ids) : Ids.Union(ids) };
    }

    /// <summary>Without those that do not wait any more, or are not in the list.</summary>
    /// <param name="isThere">Whether an approval of this id waits and is in the list.</param>
    public Selection Kept(Func<string, bool> isThere) =>
        Ids.All(isThere) ? this : this with { Ids = Ids.Where(isThere).ToImmutableHashSet(StringComparer.Ordinal) };
}

using Archiver.Web.Approvals.Inbox;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Approvals;

public sealed class InboxListTests
{
    [Fact]
    public void Slice_EitherOrder_BeginsAtThatEnd()
    {
        InboxList list = Of(At("b", 2), At("a", 1), At("c", 3));

        Assert.Equal(["a", "b"], Ids(list.Slice(0, 2, descending: false)));
        Assert.Equal(["c", "b"], Ids(list.Slice(0, 2, descending: true)));
        Assert.Equal(["a"], Ids(list.Slice(2, 5, descending: true)));
        Assert.Empty(list.Slice(3, 5, descending: true));
        Assert.Empty(list.Slice(9, 5, descending: false));
    }

    [Fact]
    public void Apply_SettledApproval_Leaves()
    {
        InboxList before = Of(At("a", 1), At("b", 1));

        InboxList list = before.With((At("a", 1), Samples.Denied(At("a", 1))));

        Assert.Equal(["b"], Ids(list.Slice(0, 10, descending: false)));
        Assert.Equal(1, list.Waiting);
        Assert.Equal(["a", "b"], Ids(before.Slice(0, 10, descending: false)));
    }

    [Property]
    public bool Apply_AnyChanges_IsTheSortedListOfWhatIsPending((byte Id, byte Minute, bool Pending)[] changes)
    {
        InboxList list = InboxList.Empty;
        Dictionary<string, Approval> model = [];
        foreach ((byte id, byte minute, bool pending) in changes)
        {
            string name = (id % 8).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Approval approval = At(name, minute);
            Approval? before = model.GetValueOrDefault(name);
            if (pending) model[name] = approval;
            else model.Remove(name);
            list = list.With((before, pending ? approval : Samples.Denied(approval)));
        }
        string[] expected = [.. model.Values.OrderBy(approval => approval.RequestedAt).ThenBy(approval => approval.Id, StringComparer.Ordinal).Select(approval => approval.Id)];
        return list.Waiting == model.Count && Ids(list.Slice(0, 100, descending: false)).SequenceEqual(expected)
            && Ids(list.Slice(0, 100, descending: true)).SequenceEqual(expected.Reverse());
    }

    [Fact]
    public void With_ADecisionThatCanBeTakenBack_KeepsItsPlaceAndDoesNotWait()
    {
        Approval decided = At("a", 1) with { Status = ApprovalStatus.Decided, Version = 2 };

        InboxList list = Of(At("a", 1), At("b", 2)).With((At("a", 1), decided));

        Assert.Equal(ApprovalStatus.Decided, list.Slice(0, 1, descending: false)[0].Status);
        Assert.Equal((2, 1), (list.Count, list.Waiting));
        Assert.Equal((1, 1), (list.With((decided, null)).Count, list.With((decided, null)).Waiting));
    }

    private static InboxList Of(params Approval[] approvals) => InboxList.Empty.With(approvals.Select(approval => ((Approval?)null, (Approval?)approval)));

    private static Approval At(string id, int minute) => Samples.Pending(id, requestedAt: Samples.Asked.AddMinutes(minute));

    private static IEnumerable<string> Ids(IEnumerable<Approval> approvals) => approvals.Select(approval => approval.Id);
}

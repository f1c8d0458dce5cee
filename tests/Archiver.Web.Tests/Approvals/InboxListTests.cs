using Archiver.Web.Approvals.Inbox;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Approvals;

public sealed class InboxListTests
{
    [Fact]
    public void Slice_EitherOrder_BeginsAtThatEnd()
    {
        InboxList list = new([At("b", 2), At("a", 1), At("c", 3)]);

        Assert.Equal(["a", "b"], Ids(list.Slice(0, 2, newestFirst: false)));
        Assert.Equal(["c", "b"], Ids(list.Slice(0, 2, newestFirst: true)));
        Assert.Equal(["a"], Ids(list.Slice(2, 5, newestFirst: true)));
        Assert.Empty(list.Slice(3, 5, newestFirst: true));
        Assert.Empty(list.Slice(9, 5, newestFirst: false));
    }

    [Fact]
    public void Apply_SettledApproval_Leaves()
    {
        InboxList list = new([At("a", 1), At("b", 1)]);

        list.Apply(Samples.Denied(At("a", 1)));

        Assert.Equal(["b"], Ids(list.Slice(0, 10, newestFirst: false)));
    }

    [Property]
    public bool Apply_AnyChanges_IsTheSortedListOfWhatIsPending((byte Id, byte Minute, bool Pending)[] changes)
    {
        InboxList list = new([]);
        Dictionary<string, Approval> model = [];
        foreach ((byte id, byte minute, bool pending) in changes)
        {
            string name = (id % 8).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Approval approval = At(name, minute);
            if (pending) model[name] = approval;
            else model.Remove(name);
            list.Apply(pending ? approval : Samples.Denied(approval));
        }
        string[] expected = [.. model.Values.OrderBy(approval => approval.RequestedAt).ThenBy(approval => approval.Id, StringComparer.Ordinal).Select(approval => approval.Id)];
        return Ids(list.Slice(0, 100, newestFirst: false)).SequenceEqual(expected)
            && Ids(list.Slice(0, 100, newestFirst: true)).SequenceEqual(expected.Reverse());
    }

    private static Approval At(string id, int minute) => Samples.Pending(id, requestedAt: Samples.Asked.AddMinutes(minute));

    private static IEnumerable<string> Ids(IEnumerable<Approval> approvals) => approvals.Select(approval => approval.Id);
}

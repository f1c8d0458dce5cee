using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Review;

namespace Archiver.Web.Tests.Approvals.Review;

public sealed class SelectionTests
{
    private static readonly Approval[] Four = [.. Enumerable.Range(1, 4).Select(id => Samples.Pending($"{id}", requestedAt: Samples.Asked.AddMinutes(id)))];

    private static InboxList List => InboxList.Empty.With(Four.Select(approval => ((Approval?)null, (Approval?)approval)));

    [Fact]
    public void Toggle_Twice_IsNothing()
    {
        Selection one = Selection.None.Toggle(Four[0]);

        Assert.Equal(1, one.Count(List));
        Assert.True(one.Has(Four[0]));
        Assert.True(one.Toggle(Four[0]).IsEmpty);
    }

    [Fact]
    public void All_ButOne_GrowsWithTheList()
    {
        Selection selection = Selection.All.Toggle(Four[1]);
        Approval late = Samples.Pending("5", requestedAt: Samples.Asked.AddMinutes(5));

        Assert.Equal(3, selection.Count(List));
        Assert.Equal(["4", "3", "1"], selection.Of(List, descending: true).Select(approval => approval.Id));
        Assert.Equal(["1", "3", "4", "5"], selection.Of(List.With((null, late)), descending: false).Select(approval => approval.Id));
    }

    [Fact]
    public void With_ARange_AddsToWhatIsSelected()
    {
        Assert.Equal(3, Selection.None.Toggle(Four[0]).With(Four[1..3]).Count(List));
        Assert.Equal(4, Selection.All.Toggle(Four[1]).With(Four[1..3]).Count(List));
    }

    [Fact]
    public void WhatDoesNotWait_IsNotSelected()
    {
        Approval decided = Four[0] with { Status = ApprovalStatus.Decided, Version = 2 };
        InboxList list = List.With((Four[0], decided));

        Assert.True(Selection.None.Toggle(decided).IsEmpty);
        Assert.True(Selection.None.With([decided]).IsEmpty);
        Assert.False(Selection.All.Has(decided));
        Assert.Equal(3, Selection.All.Count(list));
        Assert.Equal(3, Selection.All.Of(list, descending: false).Count);
    }

    [Fact]
    public void Kept_WhatIsGone_CountsNoMore()
    {
        Selection some = Selection.None.With(Four), all = Selection.All.Toggle(Four[0]).Toggle(Four[1]);
        InboxList list = List.With((Four[0], null));
        bool IsThere(string id) => id != "1";

        Assert.Equal(3, some.Kept(IsThere).Count(list));
        Assert.Equal(2, all.Kept(IsThere).Count(list));
        Assert.Same(some, some.Kept(id => true));
    }
}

using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Review;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals.Review;

public sealed class InboxViewTests
{
    private readonly FakeTimeProvider _time = new(Inboxes.Now);
    private readonly ApprovalsFeed _feed = new();

    [Property(MaxTest = 300)]
    public bool Apply_AnyChangesAndAnyTime_IsWhatIsBuiltFromScratch((byte Id, byte Seed, byte Step)[] changes, int filterSeed, byte sortSeed)
    {
        FakeTimeProvider time = new(Inboxes.Now);
        InboxFilter filter = Inboxes.Filter(Math.Abs(filterSeed % 10_000));
        ApprovalSort sort = (ApprovalSort)(sortSeed % 4);
        InboxView view = new(filter, sort, time);
        view.Build(InboxList.Empty);
        InboxList whole = InboxList.Empty;
        Dictionary<int, Approval> known = [];
        long version = 0;
        foreach ((byte id, byte seed, byte step) in changes)
        {
            time.Advance(TimeSpan.FromMinutes(step));
            view.Advance();
            Approval? before = known.GetValueOrDefault(id);
            Approval? now = seed % 4 == 0 ? null : Inboxes.Of(id, seed, ++version);
            if (now is null) known.Remove(id);
            else known[id] = now;
            whole = whole.With((before, now));
            view.Apply(whole, [(before, now)]);
        }

        Approval[] expected = [.. known.Values.Where(approval => filter.Window(approval)?.Has(time.GetUtcNow()) == true).Order(ApprovalOrder.Of(sort))];
        InboxView again = new(filter, sort, time);
        again.Build(whole);

        return view.List.Rows.SequenceEqual(expected) && again.List.Rows.SequenceEqual(expected)
            && view.List.Waiting == expected.Count(approval => approval.Status == ApprovalStatus.Pending) && again.List.Waiting == view.List.Waiting;
    }

    [Fact]
    public void Build_WhatIsHeardMeanwhile_IsNotMissed()
    {
        Approval first = Inboxes.Of(2, 1), second = Inboxes.Of(4, 1);
        InboxView view = new(new InboxFilter { Archive = true }, ApprovalSort.Name, _time);
        InboxList start = InboxList.Empty.With((null, first));

        view.Apply(start.With((null, second)), [(null, second)]);
        view.Apply(start.With((first, null)), [(first, null)]);
        view.Build(start);

        Assert.Equal([second], view.List.Rows);
    }

    [Fact]
    public void Open_TheSameTwice_IsOneViewThatGoesWithTheLast()
    {
        InboxViews views = new(_feed, _time);
        InboxFilter filter = new() { Text = "file" };

        InboxViews.Lease one = views.Open(filter, ApprovalSort.Name), other = views.Open(filter with { }, ApprovalSort.Name), third = views.Open(filter, ApprovalSort.Quality);

        Assert.Same(one.View, other.View);
        Assert.Equal(2, views.Count);
        one.Dispose();
        one.Dispose();
        Assert.Equal(2, views.Count);
        other.Dispose();
        third.Dispose();
        Assert.Equal(0, views.Count);
    }

    [Fact]
    public void Open_FollowsTheFeedUntilItIsLeft()
    {
        InboxViews views = new(_feed, _time);
        _feed.Publish(Inboxes.Of(2, 1));
        InboxViews.Lease lease = views.Open(new InboxFilter { Archive = true }, ApprovalSort.Asked);

        _feed.Publish(Inboxes.Of(3, 1)); // not to be archived
        _feed.Publish(Inboxes.Of(4, 1));
        Assert.Equal(2, lease.View.List.Count);
        _feed.Forget(Inboxes.Of(4, 1));
        Assert.Equal(1, lease.View.List.Count);

        lease.Dispose();
        _feed.Publish(Inboxes.Of(6, 1));
        Assert.Equal(1, lease.View.List.Count);
    }

    [Fact]
    public void Open_AllInTheOrderOfAsking_IsTheInboxItself()
    {
        _feed.Publish(Inboxes.Of(2, 1));
        using InboxViews.Lease lease = new InboxViews(_feed, _time).Open(InboxFilter.None, ApprovalSort.Asked);

        Assert.Same(_feed.List, lease.View.List);
        _feed.Publish(Inboxes.Of(3, 1));
        Assert.Same(_feed.List, lease.View.List);
    }
}

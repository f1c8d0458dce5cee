using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Approvals;

public sealed class ApprovalsFeedTests
{
    private readonly ApprovalsFeed _feed = new();

    [Fact]
    public void Subscribe_AfterAndBeforeChanges_MissesNone()
    {
        _feed.Publish(Samples.Pending("a"));

        using ApprovalsSubscription subscription = _feed.Subscribe();
        _feed.Publish(Samples.Pending("b"));

        Assert.Equal("a", Assert.Single(subscription.Open).Id);
        Assert.True(subscription.Changes.TryRead(out Approval? change));
        Assert.Equal("b", change.Id);
        Assert.False(subscription.Changes.TryRead(out _));
    }

    [Fact]
    public void Publish_OlderVersion_ChangesNothing()
    {
        Approval pending = Samples.Pending("a");
        _feed.Publish(pending);
        _feed.Publish(Samples.Denied(pending));
        using ApprovalsSubscription subscription = _feed.Subscribe();

        _feed.Publish(pending);

        Assert.Equal(0, _feed.Count);
        Assert.False(subscription.Changes.TryRead(out _));
    }

    [Fact]
    public void Publish_SameVersionTwice_IsOneChange()
    {
        using ApprovalsSubscription subscription = _feed.Subscribe();

        _feed.Publish(Samples.Pending("a"));
        _feed.Publish(Samples.Pending("a"));

        Assert.True(subscription.Changes.TryRead(out _));
        Assert.False(subscription.Changes.TryRead(out _));
        Assert.Equal(1, _feed.Count);
    }

    [Fact]
    public void Dispose_OfASubscription_EndsItsStream()
    {
        ApprovalsSubscription subscription = _feed.Subscribe();

        subscription.Dispose();
        _feed.Publish(Samples.Pending("a"));

        Assert.True(subscription.Changes.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public void Publish_ToAViewThatFellTooFarBehind_EndsItsStreamAndNotTheOthers()
    {
        using ApprovalsSubscription asleep = _feed.Subscribe();
        using ApprovalsSubscription awake = _feed.Subscribe();
        int read = 0;

        for (int i = 0; i < 10_001; i++)
        {
            _feed.Publish(Samples.Pending(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            if (awake.Changes.TryRead(out _)) read++;
        }
        while (asleep.Changes.TryRead(out _)) { }

        Assert.Equal(10_001, read);
        Assert.True(asleep.Changes.Completion.IsCompleted);
        Assert.False(awake.Changes.Completion.IsCompleted);
    }

    [Fact]
    public async Task Publish_FromManyThreads_EverySubscriberSeesEveryChangeOnce()
    {
        using ApprovalsSubscription subscription = _feed.Subscribe();

        await Parallel.ForAsync(0, 1000, TestContext.Current.CancellationToken, (i, _) =>
        {
            _feed.Publish(Samples.Pending((i % 500).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return ValueTask.CompletedTask;
        });

        HashSet<string> seen = [];
        while (subscription.Changes.TryRead(out Approval? change)) Assert.True(seen.Add(change.Id));
        Assert.Equal(500, seen.Count);
        Assert.Equal(500, _feed.Count);
    }
}

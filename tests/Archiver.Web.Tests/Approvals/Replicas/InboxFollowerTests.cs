using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Replicas;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals.Replicas;

/// <summary>Dashboards over one table, each with a clock of its own: what one does the other shows.</summary>
public sealed class InboxFollowerTests(CloudFixture cloud) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private CloudResources _resources = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Each test has a table of its own, with the indexes that the template gives it.</summary>
    public async ValueTask InitializeAsync()
    {
        DescribeTableResponse real = await cloud.DynamoDb.DescribeTableAsync(cloud.Resources.ApprovalsTable, Cancel);
        string name = $"approvals-{Guid.NewGuid():N}";
        await cloud.DynamoDb.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = real.Table.AttributeDefinitions,
                KeySchema = real.Table.KeySchema,
                GlobalSecondaryIndexes =
                [
                    .. real.Table.GlobalSecondaryIndexes.Select(index => new GlobalSecondaryIndex { IndexName = index.IndexName, KeySchema = index.KeySchema, Projection = index.Projection }),
                ],
            },
            Cancel);
        _resources = cloud.Resources with { ApprovalsTable = name };
    }

    public async ValueTask DisposeAsync() => await cloud.DynamoDb.DeleteTableAsync(_resources.ApprovalsTable, CancellationToken.None);

    [Fact]
    public async Task Start_WhateverIsOpen_IsInTheFeed()
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon);
        Approval pending = await first.AddAsync("pending"), decided = await first.AddAsync("decided"), sending = await first.AddAsync("sending"), closed = await first.AddAsync("closed");
        await first.DecideAsync(decided);
        await first.Store.BeginSendingAsync(sending.Id, (await first.DecideAsync(sending)).Version, Cancel);
        await first.Store.CloseAsync(closed, new Closing(ClosedReason.RunStopped), Cancel);

        Dashboard second = new(cloud.DynamoDb, _resources, Noon);
        Assert.False(second.Feed.IsComplete);
        await second.Follower.StartAsync(Cancel);

        Assert.True(second.Feed.IsComplete);
        Assert.Equal(
            [(decided.Id, ApprovalStatus.Decided), (pending.Id, ApprovalStatus.Pending), (sending.Id, ApprovalStatus.Sending)],
            second.Feed.Open().Select(one => (one.Id, one.Status)).Order());
        Assert.Equal(1, second.Feed.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task Follow_WhatAnotherDashboardDoes_IsSeenWhateverItsClock(int secondsOff)
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon.AddSeconds(secondsOff)), second = new(cloud.DynamoDb, _resources, Noon);
        await first.AnnounceAsync();
        await second.Follower.StartAsync(Cancel);

        Approval asked = await first.AddAsync("asked");
        await first.AnnounceAsync();
        await second.Follower.FollowAsync(Cancel);
        Assert.Equal(ApprovalStatus.Pending, second.Feed.Find(asked.Id)!.Status);

        await first.DecideAsync(asked);
        await first.AnnounceAsync();
        await second.Follower.FollowAsync(Cancel);
        Assert.Equal(ApprovalStatus.Decided, second.Feed.Find(asked.Id)!.Status);
        Assert.Equal("Ann", second.Feed.Find(asked.Id)!.Decision!.Reviewer);
        Assert.Equal(0, second.Feed.Count);

        // And the other way round: the first one hears of what the second one does with the same row.
        await first.Follower.StartAsync(Cancel);
        await second.Store.UndoAsync(second.Feed.Find(asked.Id)!, Permits.Someone("Ann"), Cancel);
        await second.AnnounceAsync();
        await first.Follower.FollowAsync(Cancel);
        Assert.Equal(ApprovalStatus.Pending, first.Feed.Find(asked.Id)!.Status);
    }

    [Fact]
    public async Task Follow_AWriteThatLandsAfterALaterStamp_IsNotMissed()
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon), second = new(cloud.DynamoDb, _resources, Noon);
        await second.Follower.StartAsync(Cancel);
        string slowStamp = first.Replica.NextStamp(); // begun, and still on its way
        await first.AddAsync("quick");
        await first.AnnounceAsync();
        await second.Follower.FollowAsync(Cancel);

        Approval slow = Samples.Pending("slow");
        Dictionary<string, AttributeValue> row = ApprovalRow.Write(slow);
        row[ApprovalRow.TaskToken] = ApprovalRow.Text("a token");
        row[ApprovalRow.ChangedBy] = ApprovalRow.Text(first.Replica.Id);
        row[ApprovalRow.ChangedAt] = ApprovalRow.Text(slowStamp);
        await cloud.DynamoDb.PutItemAsync(_resources.ApprovalsTable, row, Cancel);
        await first.AnnounceAsync();
        await second.Follower.FollowAsync(Cancel);

        Assert.NotNull(second.Feed.Find("slow"));
    }

    [Fact]
    public async Task Follow_ADashboardThatIsQuiet_IsNotAskedAfter()
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon), second = new(cloud.DynamoDb, _resources, Noon);
        await first.AnnounceAsync();
        await second.Follower.StartAsync(Cancel);
        second.Time.Advance(TimeSpan.FromSeconds(10));

        Approval unannounced = await first.AddAsync("unannounced");
        await second.Follower.FollowAsync(Cancel);

        Assert.Null(second.Feed.Find(unannounced.Id));
    }

    [Fact]
    public async Task Sweep_WhatNobodyAnnounced_IsMended()
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon), second = new(cloud.DynamoDb, _resources, Noon);
        Approval settled = await first.AddAsync("settled"), deleted = await first.AddAsync("deleted");
        await second.Follower.StartAsync(Cancel);
        using ApprovalsSubscription view = second.Feed.Subscribe();

        await first.Store.CloseAsync(settled, new Closing(ClosedReason.TimedOut), Cancel);
        await cloud.DynamoDb.DeleteItemAsync(_resources.ApprovalsTable, new() { [ApprovalRow.Id] = ApprovalRow.Text(deleted.Id) }, Cancel);
        Approval missed = await first.AddAsync("missed");
        await second.Follower.SweepAsync(Cancel);

        Assert.Equal([missed.Id], second.Feed.Open().Select(one => one.Id));
        Assert.Equal(1, second.Feed.Count);
        while (view.Changes.TryRead(out Approval? change)) Assert.NotEqual(deleted.Id, change.Id);
        Assert.True(view.Changes.Completion.IsCompleted); // a view that may hold the deleted row starts over
    }

    [Fact]
    public async Task ListOthers_AfterItsTimeToLive_IsGivenARowToGoBy()
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon), second = new(cloud.DynamoDb, _resources, Noon);
        await first.AnnounceAsync();

        Assert.Equal(first.Replica.Id, Assert.Single(await second.Registry.ListOthersAsync(Cancel)).Id);
        Assert.Empty(await first.Registry.ListOthersAsync(Cancel));
        Dictionary<string, AttributeValue> row = (await cloud.DynamoDb.GetItemAsync(
            _resources.ApprovalsTable, new() { [ApprovalRow.Id] = ApprovalRow.Text($"replica:{first.Replica.Id}") }, Cancel)).Item;
        Assert.Equal(Noon.AddDays(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), row[ApprovalRow.ExpireAfter].N);
        Assert.Null(await first.Store.GetAsync($"replica:{first.Replica.Id}", Cancel)); // no address shows it as an approval
    }

    /// <summary>One dashboard's part in it.</summary>
    private sealed class Dashboard
    {
        private long _announcement;

        public Dashboard(IAmazonDynamoDB dynamoDb, CloudResources resources, DateTimeOffset now)
        {
            Time = new FakeTimeProvider(now);
            Replica = new Archiver.Web.Approvals.Replicas.Replica(Time);
            Store = new ApprovalsStore(dynamoDb, resources, Replica, Options.Create(new ApprovalsOptions()), Time);
            Registry = new ReplicaRegistry(dynamoDb, resources, Replica, Time);
            Follower = new InboxFollower(Registry, Store, Feed, Time);
        }

        public FakeTimeProvider Time { get; }

        public ApprovalsFeed Feed { get; } = new();

        public Archiver.Web.Approvals.Replicas.Replica Replica { get; }

        public ApprovalsStore Store { get; }

        public ReplicaRegistry Registry { get; }

        public InboxFollower Follower { get; }

        public Task AnnounceAsync() => Registry.AnnounceAsync(++_announcement, Cancel);

        public async Task<Approval> AddAsync(string id)
        {
            Approval approval = Samples.Pending(id);
            Assert.True((await Store.AddAsync(approval, $"token of {id}", Cancel)).Won);
            return approval;
        }

        public async Task<Approval> DecideAsync(Approval approval)
        {
            ChangeOutcome outcome = await Store.DecideAsync(approval, Samples.Settle(true, "Ann", null, Time.GetUtcNow()), Cancel);
            Assert.True(outcome.Won);
            return outcome.Approval!;
        }
    }
}

using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Approvals.Presence;
using Archiver.Web.Approvals.Replicas;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals.Presence;

/// <summary>Who looks at what, in one process and across several over one table, each with a clock of its own.</summary>
public sealed class PresenceTests(CloudFixture cloud) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private CloudResources _resources = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Each test has a table of its own, with the indexes that the template gives it.</summary>
    public async ValueTask InitializeAsync()
    {
        TableDescription real = (await cloud.DynamoDb.DescribeTableAsync(cloud.Resources.ApprovalsTable, Cancel)).Table;
        string name = $"presence-{Guid.NewGuid():N}";
        await cloud.DynamoDb.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = real.AttributeDefinitions,
                KeySchema = real.KeySchema,
                GlobalSecondaryIndexes =
                    [.. real.GlobalSecondaryIndexes.Select(index => new GlobalSecondaryIndex { IndexName = index.IndexName, KeySchema = index.KeySchema, Projection = index.Projection })],
            },
            Cancel);
        _resources = cloud.Resources with { ApprovalsTable = name };
    }

    public async ValueTask DisposeAsync() => await cloud.DynamoDb.DeleteTableAsync(_resources.ApprovalsTable, CancellationToken.None);

    [Fact]
    public void Look_InTwoCircuits_ShowsEachTheOtherAndNobodyThemselves()
    {
        PresenceBoard board = new();
        Circuit ann = new(board, "Ann"), again = new(board, "Ann"), bob = new(board, "Bob");
        int changes = 0;
        using IDisposable watch = board.Watch(() => changes++);

        ann.Looking.Look("a");
        again.Looking.Look("a");
        bob.Looking.Look("a");

        Assert.Equal(["Ann"], board.Names("a", bob.Id)); // with two tabs, once
        Assert.Equal(["Bob"], board.Names("a", ann.Id));
        Assert.Empty(board.Names("b", ann.Id));
        Assert.Equal(3, changes);

        bob.Looking.Look("b");
        Assert.Empty(board.Names("a", ann.Id));
        ann.Looking.Dispose();
        Assert.Equal(["Ann"], board.Names("a", bob.Id));
        again.Caller.Become(null, null); // signed out
        Assert.Empty(board.Names("a", bob.Id));
        Assert.Equal(6, changes);
    }

    [Fact]
    public void Look_InAPageThatComesBeforeTheOneThatGoes_StaysWithTheNewOne()
    {
        PresenceBoard board = new();
        Circuit ann = new(board, "Ann");
        object list = new(), page = new();

        ann.Looking.Look(list, "a");
        ann.Looking.Look(page, "a");
        ann.Looking.Look(list, null);
        Assert.Equal(["Ann"], board.Names("a", null));
        ann.Looking.Look(page, null);

        Assert.Empty(board.Names("a", null));
    }

    [Fact]
    public async Task Look_FromABrowserThatIsNotConnected_IsNobodysUntilItIsBack()
    {
        PresenceBoard board = new();
        Circuit ann = new(board, "Ann");
        ann.Looking.Look("a");

        await ann.Looking.OnConnectionDownAsync(null!, Cancel);
        Assert.Empty(board.Names("a", null));
        await ann.Looking.OnConnectionUpAsync(null!, Cancel);

        Assert.Equal(["Ann"], board.Names("a", null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task Tell_AnotherReplica_ShowsItWhateverItsClock(int secondsOff)
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon.AddSeconds(secondsOff)), second = new(cloud.DynamoDb, _resources, Noon);
        Circuit ann = new(first.Board, "Ann"), bob = new(second.Board, "Bob");
        ann.Looking.Look("a");
        bob.Looking.Look("a");

        await ExchangeAsync(first, second);

        Assert.Equal(["Bob"], first.Board.Names("a", ann.Id));
        Assert.Equal(["Ann"], second.Board.Names("a", bob.Id));

        bob.Looking.Dispose(); // leaves
        await ExchangeAsync(first, second);
        Assert.Empty(first.Board.Names("a", ann.Id));
    }

    [Fact]
    public async Task Tell_WhatWasToldBefore_WritesNothing()
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon);
        Circuit ann = new(first.Board, "Ann"), again = new(first.Board, "Ann");
        Assert.False(await first.Teller.TellAsync(Cancel)); // nobody looks

        ann.Looking.Look("a");
        Assert.True(await first.Teller.TellAsync(Cancel));
        Assert.False(await first.Teller.TellAsync(Cancel));
        again.Looking.Look("a");
        Assert.False(await first.Teller.TellAsync(Cancel)); // the same person at the same approval
        first.Time.Advance(PresenceRows.Renewed);
        Assert.True(await first.Teller.TellAsync(Cancel)); // before its time to live is over
        ann.Looking.Look(null);
        again.Looking.Look(null);
        Assert.True(await first.Teller.TellAsync(Cancel));
        Assert.False(await first.Teller.TellAsync(Cancel));
    }

    [Fact]
    public async Task Follow_AReplicaThatDied_ForgetsItInTime()
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon), second = new(cloud.DynamoDb, _resources, Noon);
        Circuit ann = new(first.Board, "Ann");
        ann.Looking.Look("a");
        await ExchangeAsync(first, second);
        Assert.Equal(["Ann"], second.Board.Names("a", null));

        second.Time.Advance(TimeSpan.FromSeconds(149)); // nothing more comes from the first
        await second.FollowAsync();
        Assert.Equal(["Ann"], second.Board.Names("a", null));
        second.Time.Advance(TimeSpan.FromSeconds(2));
        await second.FollowAsync();
        Assert.Empty(second.Board.Names("a", null));

        // Who comes later does not see the dead at all.
        Dashboard third = new(cloud.DynamoDb, _resources, Noon.AddMinutes(3));
        await third.FollowAsync();
        Assert.Empty(third.Board.Names("a", null));

        await first.AnnounceAsync(); // it was only cut off
        await second.FollowAsync();
        Assert.Equal(["Ann"], second.Board.Names("a", null));
    }

    [Fact]
    public async Task Stop_AReplica_TakesBackWhatItTold()
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon), second = new(cloud.DynamoDb, _resources, Noon);
        Circuit ann = new(first.Board, "Ann");
        ann.Looking.Look("a");
        await ExchangeAsync(first, second);

        await first.Teller.StopAsync(Cancel);
        await second.FollowAsync();

        Assert.Empty(second.Board.Names("a", null));
    }

    [Fact]
    public async Task Row_OfAReplica_IsNoApprovalAndGoesByItself()
    {
        Dashboard first = new(cloud.DynamoDb, _resources, Noon);
        Circuit ann = new(first.Board, "Ann");
        ann.Looking.Look("a");
        await first.Teller.TellAsync(Cancel);

        Dictionary<string, AttributeValue> row = Assert.Single((await cloud.DynamoDb.ScanAsync(new ScanRequest { TableName = _resources.ApprovalsTable }, Cancel)).Items);
        Assert.Equal(Noon.AddDays(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), row["ExpireAfter"].N);
        Assert.Equal("Presence", row["Status"].S);
    }

    private static async Task ExchangeAsync(params Dashboard[] dashboards)
    {
        foreach (Dashboard dashboard in dashboards)
        {
            await dashboard.AnnounceAsync();
            await dashboard.Teller.TellAsync(Cancel);
        }
        foreach (Dashboard dashboard in dashboards) await dashboard.FollowAsync();
    }

    private sealed class Circuit
    {
        public Circuit(PresenceBoard board, string name)
        {
            Looking = new LookingAt(board, Caller);
            Caller.Become(Permits.Someone(name), null);
        }

        public Caller Caller { get; } = new();

        public LookingAt Looking { get; }

        public string Id => Caller.Person!.Id;
    }

    private sealed class Dashboard
    {
        private readonly ReplicaRegistry _registry;
        private long _announcement;

        public Dashboard(IAmazonDynamoDB dynamoDb, CloudResources resources, DateTimeOffset now)
        {
            Time = new FakeTimeProvider(now);
            Archiver.Web.Approvals.Replicas.Replica replica = new(Time);
            PresenceRows rows = new(dynamoDb, resources, replica, Time);
            _registry = new ReplicaRegistry(dynamoDb, resources, replica, Time);
            Teller = new PresenceTeller(Board, rows, Time, NullLogger<PresenceTeller>.Instance);
            Follower = new PresenceFollower(Board, rows, _registry, Time, NullLogger<PresenceFollower>.Instance);
        }

        public FakeTimeProvider Time { get; }

        public PresenceBoard Board { get; } = new();

        public PresenceTeller Teller { get; }

        private PresenceFollower Follower { get; }

        public Task AnnounceAsync() => _registry.AnnounceAsync(++_announcement, Cancel);

        public async Task FollowAsync()
        {
            await _registry.ListOthersAsync(Cancel); // as the inbox is followed
            await Follower.FollowAsync(Cancel);
        }
    }
}

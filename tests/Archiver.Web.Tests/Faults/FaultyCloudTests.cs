namespace Archiver.Web.Tests.Faults;

/// <summary>A dashboard whose cloud fails, does not answer, throttles and loses answers: in the end all is decided once.</summary>
[Collection(AloneCollection.Name)]
public sealed class FaultyCloudTests
{
    private const int Approvals = 100;
    private const int Patience = 180_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience)]
    [InlineData(CloudCall.Sqs)]
    [InlineData(CloudCall.DynamoDb)]
    [InlineData(CloudCall.States)]
    public async Task Decide_WithAFifthOfAServicesCallsDisturbed_EveryApprovalIsDecidedOnce(string service)
    {
        FractionPlan faults = new(service, 0.2, seed: 5);
        TestClock clock = new(speed: 5);
        await using OwnCloud cloud = await OwnCloud.StartAsync(TestContext.Current.CancellationToken);
        await using DashboardReplica dashboard = new(cloud.Fixture, clock, faults: faults);
        await dashboard.StartAsync();
        PersistentReviewer reviewer = new("Ann", dashboard, clock, new Random(5));

        Task deciding = reviewer.DecideAsync(Approvals, Cancel);
        await cloud.AskAsync(Approvals);
        await deciding;

        await cloud.Ledger.WaitUntilQuietAsync();
        await cloud.Ledger.CheckAsync(reviewer.Told);
        Assert.Equal(Approvals, reviewer.Told.Count);
        Assert.True(faults.Disturbed >= Enum.GetValues<Fault>().Length, $"Of {faults.Calls} calls, {faults.Disturbed} were disturbed: not each kind of fault happened.");
        Assert.Equal(service == CloudCall.DynamoDb, reviewer.Failures > 0);   // a person meets the table's alone
    }

    [Theory(Timeout = Patience)]
    [InlineData(CloudCall.Sqs)]
    [InlineData(CloudCall.DynamoDb)]
    [InlineData(CloudCall.States)]
    public async Task Decide_WithAServiceDownForAMinute_GoesOnWhenItIsBack(string service)
    {
        const int before = 10, meanwhile = 30;
        TestClock clock = new(speed: 15);
        OutagePlan faults = new(service, clock);
        await using OwnCloud cloud = await OwnCloud.StartAsync(TestContext.Current.CancellationToken);
        await using DashboardReplica dashboard = new(cloud.Fixture, clock, faults: faults);
        await dashboard.StartAsync();
        PersistentReviewer reviewer = new("Ann", dashboard, clock, new Random(5));
        Task deciding = reviewer.DecideAsync(before + meanwhile, Cancel);
        await cloud.AskAsync(before);
        await cloud.Ledger.WaitUntilQuietAsync();

        DateTimeOffset back = faults.GoDown(TimeSpan.FromMinutes(1));
        await cloud.AskAsync(meanwhile);
        await deciding;
        await cloud.Ledger.WaitUntilQuietAsync();

        Assert.True(clock.GetUtcNow() >= back, "It was all done before the service was back.");
        Assert.True(faults.Refused > 2, "The outage was hardly met.");
        await cloud.Ledger.CheckAsync(reviewer.Told);
    }
}

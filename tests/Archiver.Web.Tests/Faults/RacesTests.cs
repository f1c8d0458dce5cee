using System.Collections.Concurrent;
using System.Globalization;
using Archiver.CrashSubject;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Faults;

/// <summary>Two dashboards over one cloud, and ten people who want the same.</summary>
[Collection(AloneCollection.Name)]
public sealed class RacesTests
{
    private const int Approvals = 500;
    private const int ReviewersEach = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Decide_TenReviewersOnTheSameApprovals_OneWinsEachAndTheOthersAreToldWho()
    {
        await using OwnCloud cloud = await OwnCloud.StartAsync(TestContext.Current.CancellationToken);
        await using DashboardReplica first = new(cloud.Fixture), second = new(cloud.Fixture);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await cloud.AskAsync(Approvals);
        // Each has all of them on the page before anybody clicks.
        IReadOnlyList<Approval>[] pages = await Task.WhenAll(OwnCloud.WaitingAsync(first, Approvals), OwnCloud.WaitingAsync(second, Approvals));
        ConcurrentBag<(string Id, string Reviewer, DecisionOutcome Outcome)> outcomes = [];

        await Task.WhenAll(new[] { first, second }.SelectMany((dashboard, page) => Enumerable.Range(0, ReviewersEach).Select(async number =>
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"reviewer {number} of dashboard {page}");
            foreach (Approval seen in pages[page])
                outcomes.Add((seen.Id, name, await dashboard.Get<ApprovalDecisions>().DecideAsync(Permits.Decide(name), seen, number % 2 == 0, $"said by {name}", Cancel)));
        })));

        Dictionary<string, Decision> won = outcomes.Where(one => one.Outcome is DecisionOutcome.Accepted)
            .ToDictionary(one => one.Id, one => ((DecisionOutcome.Accepted)one.Outcome).Approval.Decision!);
        Assert.Equal(Approvals, won.Count);
        Assert.All(outcomes.Where(one => one.Outcome is DecisionOutcome.Accepted), one => Assert.Equal(one.Reviewer, won[one.Id].Reviewer));
        var lost = outcomes.Where(one => one.Outcome is not DecisionOutcome.Accepted).ToList();
        Assert.Equal((2 * ReviewersEach - 1) * Approvals, lost.Count);
        Assert.All(lost, one =>
        {
            Decision told = Assert.IsType<DecisionOutcome.AlreadyDecided>(one.Outcome).Approval.Decision!;
            Assert.Equal((won[one.Id].Reviewer, won[one.Id].Approved, won[one.Id].Comment), (told.Reviewer, told.Approved, told.Comment));
            Assert.True((won[one.Id].DecidedAt!.Value - told.DecidedAt!.Value).Duration() < TimeSpan.FromMilliseconds(1)); // a row keeps milliseconds
        });
        Assert.True(won.Values.Select(decision => decision.Reviewer).Distinct().Count() > 1, "One reviewer won all: there was no race.");
        await cloud.Ledger.WaitUntilQuietAsync();
        await cloud.Ledger.CheckAsync(won.Select(one => new JournalLine(one.Key, one.Value.Approved, one.Value.Reviewer!, one.Value.Comment!)));
    }
}

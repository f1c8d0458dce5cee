using System.Globalization;
using Archiver.CrashSubject;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;

namespace Archiver.Web.Tests.Faults;

/// <summary>Decides on what waits, and clicks again, a moment later, where the cloud did not answer.</summary>
internal sealed class PersistentReviewer(string name, DashboardReplica dashboard, TimeProvider time, Random random)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    private readonly List<JournalLine> _told = [];
    private int _decisions;

    /// <summary>What they were told that it stands.</summary>
    public IReadOnlyList<JournalLine> Told => _told;

    /// <summary>How often they were told that the cloud did not answer.</summary>
    public int Failures { get; private set; }

    /// <summary>Decides until so many were decided.</summary>
    public async Task DecideAsync(int count, CancellationToken cancellationToken)
    {
        ApprovalsFeed feed = dashboard.Get<ApprovalsFeed>();
        HashSet<string> done = [];
        while (done.Count < count)
        {
            using ApprovalsSubscription inbox = feed.Subscribe();
            foreach (Approval approval in inbox.Open) await DecideAsync(approval, done, cancellationToken);
            while (done.Count < count && await inbox.Changes.WaitToReadAsync(cancellationToken))
                while (inbox.Changes.TryRead(out Approval? change)) await DecideAsync(change, done, cancellationToken);
        }
    }

    private async Task DecideAsync(Approval seen, HashSet<string> done, CancellationToken cancellationToken)
    {
        if (seen.Status != ApprovalStatus.Pending || done.Contains(seen.Id)) return;
        bool approved = random.Next(2) == 0;
        string comment = $"decision {(++_decisions).ToString(CultureInfo.InvariantCulture)}";
        while (true)
        {
            try
            {
                DecisionOutcome outcome = await dashboard.Get<ApprovalDecisions>().DecideAsync(Permits.Decide(name), seen, approved, comment, cancellationToken);
                // After a lost answer it is their own decision that they find to have been before them.
                Decision decision = outcome switch
                {
                    DecisionOutcome.Accepted accepted => accepted.Approval.Decision!,
                    DecisionOutcome.AlreadyDecided already => already.Approval.Decision!,
                    _ => throw new InvalidOperationException($"Nobody else decides here, and yet: {outcome.GetType().Name}."),
                };
                _told.Add(new JournalLine(seen.Id, decision.Approved, decision.Reviewer!, decision.Comment!));
                Assert.Equal(new JournalLine(seen.Id, approved, name, comment), _told[^1]);
                done.Add(seen.Id);
                return;
            }
            catch (Exception exception) when (CloudFailure.Is(exception))
            {
                Failures++;
                await Task.Delay(Moment, time, cancellationToken);
            }
        }
    }
}

using System.Globalization;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Tests;

namespace Archiver.CrashSubject;

/// <summary>Somebody who decides on whatever waits, at random, and takes one decision in four back where that can be done.</summary>
internal sealed class BusyReviewer(string name, ApprovalDecisions decisions, ApprovalsFeed feed, Journal journal, bool canUndo, Random random)
{
    private readonly Dictionary<string, Approval> _waiting = [];
    private int _decisions;

    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using ApprovalsSubscription inbox = feed.Subscribe();
            _waiting.Clear();
            foreach (Approval approval in inbox.Open) Note(approval);
            bool listening = true;
            while (listening)
            {
                while (inbox.Changes.TryRead(out Approval? change)) Note(change);
                if (_waiting.Count == 0) listening = await inbox.Changes.WaitToReadAsync(cancellationToken);
                else await DecideAsync(_waiting.Values.ElementAt(random.Next(_waiting.Count)), cancellationToken);
            }
        }
    }

    private void Note(Approval approval)
    {
        if (approval.Status == ApprovalStatus.Pending) _waiting[approval.Id] = approval;
        else _waiting.Remove(approval.Id);
    }

    private async Task DecideAsync(Approval seen, CancellationToken cancellationToken)
    {
        _waiting.Remove(seen.Id);
        bool approved = random.Next(2) == 0;
        string comment = $"{name}, decision {(++_decisions).ToString(CultureInfo.InvariantCulture)}";
        if (await decisions.DecideAsync(Permits.Decide(name), seen, approved, comment, cancellationToken) is not DecisionOutcome.Accepted accepted) return;
        if (canUndo && random.Next(4) == 0 && await decisions.UndoAsync(Permits.Undo(name), accepted.Approval, cancellationToken) is UndoOutcome.Undone) return;
        journal.Write(new JournalLine(seen.Id, approved, name, comment));
    }
}

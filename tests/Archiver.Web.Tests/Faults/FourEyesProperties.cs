using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Identity.Access;
using Archiver.Web.Tests.Approvals;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Faults;

/// <summary>
/// Four people at two dashboards approve, deny, take back, claim and release in any order, each by a page that may be as old as it likes; what
/// each is told, and what the row is then, is what a model of a few lines says.
/// </summary>
public sealed class FourEyesProperties(CloudFixture cloud)
{
    private const int ClaimMinutes = 30;

    private static readonly string[] People = ["Ann", "Bob", "Cy", "Sue"]; // Sue started the run

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Property(MaxTest = 40)]
    public async Task Decide_AnyInterleaving_IsWhatTheModelSays(NonEmptyArray<uint> steps, bool three)
    {
        int needed = three ? 3 : 2;
        FakeTimeProvider time = new(Samples.Asked);
        (string, string)[] settings =
        [
            ("Approvals:FourEyes:StarterMayNotDecide", "true"), ("Approvals:FourEyes:ClaimMinutes", $"{ClaimMinutes}"), ("Approvals:FourEyes:Rules:0:Approvals", $"{needed}"),
        ];
        await using DashboardReplica first = new(cloud, time, 5, null, 0, settings), second = new(cloud, time, 5, null, 0, settings);
        Approval asked = Samples.Pending(Guid.NewGuid().ToString("N")) with { StartedBy = new Starter(Id(3), "Sue") };
        await first.Get<ApprovalsStore>().AddAsync(asked, "a token", Cancel);
        List<Approval> pages = [asked];
        Model model = new(needed);

        foreach (uint step in steps.Get)
        {
            int person = (int)(step % 4);
            DashboardReplica dashboard = (step / 4) % 2 == 0 ? first : second;
            Approval seen = pages[(int)((step / 80) % pages.Count)];
            (string told, string expected) = ((step / 8) % 10) switch
            {
                < 4 => (await DecideAsync(dashboard, person, seen, true), model.Decide(person, seen, true, time.GetUtcNow())),
                4 => (await DecideAsync(dashboard, person, seen, false), model.Decide(person, seen, false, time.GetUtcNow())),
                5 => ((await dashboard.Get<ApprovalDecisions>().UndoAsync(Permits.Undo(People[person]), seen, Cancel)).GetType().Name, model.Undo(person, seen)),
                6 => (Name(await dashboard.Get<ApprovalClaims>().ClaimAsync(Permits.For(Operation.ClaimApproval, People[person]), seen, Cancel)), model.Claim(person, time.GetUtcNow())),
                7 => (Name(await dashboard.Get<ApprovalClaims>().ReleaseAsync(Permits.For(Operation.ClaimApproval, People[person]), seen, Cancel)), model.Release(person)),
                8 => (Name(await dashboard.Get<ApprovalClaims>().ReassignAsync(Permits.For(Operation.ReassignApproval, "Olga"), seen, null, Cancel)), model.Take(seen, time.GetUtcNow())),
                _ => ("", Pass(time)),
            };
            Assert.Equal(expected, told);
            ApprovalRecord record = (await first.Get<ApprovalsStore>().GetRecordAsync(asked.Id, Cancel))!;
            model.Check(record);
            pages.Add(record.Approval);
        }
    }

    private static string Id(int person) => Permits.Someone(People[person]).Id;

    private static string Name(ClaimOutcome outcome) => outcome.GetType().Name;

    private static string Pass(FakeTimeProvider time)
    {
        time.Advance(TimeSpan.FromMinutes(ClaimMinutes / 2));
        return "";
    }

    private static async Task<string> DecideAsync(DashboardReplica dashboard, int person, Approval seen, bool approved) =>
        (await dashboard.Get<ApprovalDecisions>().DecideAsync(Permits.Decide(People[person]), seen, approved, "said", Cancel)).GetType().Name;

    private sealed class Model(int needed)
    {
        private readonly List<int> _votes = [];
        private (bool Approved, int By)? _decision;
        private (int By, DateTimeOffset Since)? _claim;
        private int _reopened;
        private long _version = 1;

        public string Decide(int person, Approval seen, bool approved, DateTimeOffset now)
        {
            if (_decision is not null) return nameof(DecisionOutcome.AlreadyDecided);
            if (_reopened != seen.Reopened) return nameof(DecisionOutcome.Changed);
            if (IsBarred(person, now)) return nameof(DecisionOutcome.Barred);
            if (approved && _votes.Contains(person)) return nameof(DecisionOutcome.ApprovedBefore);
            _version++;
            _claim = null;
            _votes.Remove(person);
            if (approved) _votes.Add(person);
            if (approved && _votes.Count < needed) return nameof(DecisionOutcome.Endorsed);
            _decision = (approved, person);
            return nameof(DecisionOutcome.Accepted);
        }

        public string Undo(int person, Approval seen)
        {
            if (seen.Status == ApprovalStatus.Pending)
            {
                bool isThere = _votes.Contains(person);
                if (!isThere && seen.Votes.All(vote => vote.PersonId != Id(person))) return nameof(UndoOutcome.NotYours);
                if (_decision is not null) return nameof(UndoOutcome.TooLate);
                if (isThere) _version++;
                _votes.Remove(person);
                return nameof(UndoOutcome.Undone);
            }
            if (seen.ReviewerId != Id(person)) return nameof(UndoOutcome.NotYours);
            if (_decision is null) return nameof(UndoOutcome.Undone);
            if (_version != seen.Version) return nameof(UndoOutcome.TooLate);
            _version++;
            _reopened++;
            _decision = null;
            _votes.Remove(person);
            return nameof(UndoOutcome.Undone);
        }

        public string Claim(int person, DateTimeOffset now)
        {
            if (_decision is not null) return nameof(ClaimOutcome.NotWaiting);
            if (IsBarred(person, now)) return nameof(ClaimOutcome.Barred);
            if (_votes.Contains(person)) return nameof(ClaimOutcome.ApprovedBefore);
            if (OnIt(now) is not null) return nameof(ClaimOutcome.Done);
            _version++;
            _claim = (person, now);
            return nameof(ClaimOutcome.Done);
        }

        public string Release(int person)
        {
            if (_decision is not null) return nameof(ClaimOutcome.NotWaiting);
            if (_claim is not { } claim) return nameof(ClaimOutcome.Done);
            if (claim.By != person) return nameof(ClaimOutcome.SomebodyElse);
            _version++;
            _claim = null;
            return nameof(ClaimOutcome.Done);
        }

        public string Take(Approval seen, DateTimeOffset now)
        {
            if (_decision is not null) return nameof(ClaimOutcome.NotWaiting);
            if (OnIt(now) is not { } by) return nameof(ClaimOutcome.Done);
            if (seen.Claim?.PersonId != Id(by)) return nameof(ClaimOutcome.SomebodyElse);
            _version++;
            _claim = null;
            return nameof(ClaimOutcome.Done);
        }

        public void Check(ApprovalRecord record)
        {
            Approval row = record.Approval;
            Assert.Equal((_version, _reopened, _decision is null ? ApprovalStatus.Pending : ApprovalStatus.Decided), (row.Version, row.Reopened, row.Status));
            Assert.Equal(_votes.Select(Id), row.Votes.Select(vote => vote.PersonId));
            Assert.Equal(_claim is { } claim ? new ApprovalClaim(Id(claim.By), People[claim.By], claim.Since) : null, row.Claim);
            Assert.Equal((_decision?.Approved, _decision is { } decision ? Id(decision.By) : null), (row.Decision?.Approved, row.ReviewerId));
            if (_decision is { Approved: true }) Assert.Equal(Archiver.Web.Approvals.FourEyes.People.Join([.. _votes.Select(vote => People[vote])]), row.Decision!.Reviewer);
            Assert.Equal(_version, record.Events.Count); // a line for each change
            Assert.DoesNotContain(3, _votes);
        }

        private bool IsBarred(int person, DateTimeOffset now) => person == 3 || (OnIt(now) is { } by && by != person);

        private int? OnIt(DateTimeOffset now) => _claim is { } claim && now < claim.Since.AddMinutes(ClaimMinutes) ? claim.By : null;
    }
}

using Archiver.Web.Approvals.Inbox;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals.FourEyes;

/// <summary>Why a person can't decide on an approval, whatever their role.</summary>
internal abstract record Bar
{
    private Bar() { }

    /// <summary>They started its run.</summary>
    public sealed record StartedIt : Bar;

    /// <summary>Somebody else is on it.</summary>
    public sealed record SomebodyIsOnIt(ApprovalClaim Claim) : Bar;
}

/// <summary>
/// The rules of four eyes: functions of a row, a person and the time and nothing else, so that they say the same on every page, in every
/// endpoint and on every replica that has the same settings.
/// </summary>
internal sealed class FourEyesRules(IOptions<FourEyesOptions> options)
{
    private readonly FourEyesOptions _options = options.Value;

    /// <summary>How many different people have to approve.</summary>
    public int Needed(Approval approval)
    {
        int needed = 1;
        foreach (QuorumRule rule in _options.Rules)
        {
            if (rule.Approvals > needed && rule.Matches(approval)) needed = rule.Approvals;
        }
        return needed;
    }

    /// <summary>The votes that count: each person's once, and that of who started the run only where they may decide.</summary>
    public IReadOnlyList<Vote> Counted(Approval approval, IEnumerable<Vote> votes) =>
        [.. votes.Where(vote => !IsStarterBarred(approval, vote.PersonId)).DistinctBy(vote => vote.PersonId)];

    /// <summary>Why a person can't decide on an approval; nothing where they can.</summary>
    /// <param name="approval">The approval.</param>
    /// <param name="personId">The person.</param>
    /// <param name="now">The time; a claim lapses.</param>
    public Bar? BarFor(Approval approval, string personId, DateTimeOffset now)
    {
        if (IsStarterBarred(approval, personId)) return new Bar.StartedIt();
        return InForce(approval, now) is { } claim && claim.PersonId != personId ? new Bar.SomebodyIsOnIt(claim) : null;
    }

    /// <summary>
    /// The claim on an approval, if there is one that has not lapsed. Clocks differ: a claim lapses by the clock of whoever looks. That never
    /// makes two decisions of one, which the row's version sees to.
    /// </summary>
    public ApprovalClaim? InForce(Approval approval, DateTimeOffset now) =>
        approval.Claim is { } claim && (LapsesAt(claim) is not { } end || now < end) ? claim : null;

    /// <summary>When a claim lapses; nothing where it never does.</summary>
    public DateTimeOffset? LapsesAt(ApprovalClaim claim) => _options.ClaimMinutes == 0 ? null : claim.Since.AddMinutes(_options.ClaimMinutes);

    /// <summary>Whether a person started the run, and may therefore not decide on it.</summary>
    public bool IsStarterBarred(Approval approval, string personId) => _options.StarterMayNotDecide && approval.StartedBy?.Id == personId;
}

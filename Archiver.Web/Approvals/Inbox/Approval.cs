using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.FourEyes;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>Where an approval stands.</summary>
public enum ApprovalStatus
{
    /// <summary>It waits for a person.</summary>
    Pending,

    /// <summary>A person decided, and can still take it back.</summary>
    Decided,

    /// <summary>The decision is on its way to the run: nobody can take it back, and the run may not know it yet.</summary>
    Sending,

    /// <summary>The run has the decision.</summary>
    Delivered,

    /// <summary>The run no longer waits, and no decision made here reached it; <see cref="Approval.Closing"/> says why.</summary>
    Closed,
}

/// <summary>
/// What a workflow asks a person. A row of the approvals table less its task token, which never leaves the store.
/// </summary>
public sealed record Approval
{
    /// <summary>The version of a row that nothing was done to yet.</summary>
    public const long FirstVersion = 1;

    /// <summary>The hash of the task token, <see cref="TaskTokenHash"/>: safe to show and to link to.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>Grows by one with every change of the row: what a reviewer saw is what they decide on.</summary>
    public required long Version { get; init; }

    /// <summary>When the workflow asked.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the run gives up waiting, if it said so.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The run that waits, if it said so.</summary>
    public string? ExecutionArn { get; init; }

    /// <summary>Who started the run, if it said so.</summary>
    public Starter? StartedBy { get; init; }

    /// <summary>What the workflow would do: <c>Archived</c>, <c>Quality_Fail</c> or <c>Unarchivable</c>.</summary>
    public string? Recommendation { get; init; }

    /// <summary>The file, where the message had one.</summary>
    public FileMetadata? File { get; init; }

    /// <summary>Everything else that the message had, as it came.</summary>
    public JsonObject Other { get; init; } = [];

    /// <summary>What was decided, once it was.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Whose decision it is, by their id: of a denial who denied, of an approval who gave the last vote that it took.</summary>
    public string? ReviewerId { get; init; }

    /// <summary>Who has approved so far, in that order, each once.</summary>
    public IReadOnlyList<Vote> Votes { get; init; } = [];

    /// <summary>Who said that they are on it. It may have lapsed since: <see cref="FourEyesRules.InForce"/>.</summary>
    public ApprovalClaim? Claim { get; init; }

    /// <summary>How many decisions were taken back: whoever looked before the last of them has not seen what waits now.</summary>
    public int Reopened { get; init; }

    /// <summary>Why the run no longer waits; of <see cref="ApprovalStatus.Closed"/>.</summary>
    public Closing? Closing { get; init; }

    /// <summary>When a reviewer first had it in front of them.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>Whether it still needs somebody: a person, or the delivery of what they decided.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is ApprovalStatus.Pending or ApprovalStatus.Decided or ApprovalStatus.Sending;

    /// <summary>The run's name, the last part of its ARN.</summary>
    public string? RunName => ExecutionArn?[(ExecutionArn.LastIndexOf(':') + 1)..];

    /// <summary>What a person calls it: the file's name, else the run's, else the beginning of its id.</summary>
    public string Name => File?.Name is { Length: > 0 } name ? name : RunName ?? Id[..12];
}

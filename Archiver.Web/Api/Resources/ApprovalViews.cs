using System.ComponentModel;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Shell.Secrets;

namespace Archiver.Web.Api.Resources;

/// <summary>An approval as programs see it.</summary>
[Description("What a workflow asks a person.")]
internal record ApprovalView
{
    /// <summary>Which one.</summary>
    public required string Id { get; init; }

    /// <summary>What a person calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>Grows with every change: what a caller saw is what they decide on.</summary>
    public required long Version { get; init; }

    /// <summary>When the workflow asked.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the run gives up waiting.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The name of the run that waits.</summary>
    public string? Run { get; init; }

    /// <summary>What the workflow would do.</summary>
    public string? Recommendation { get; init; }

    /// <summary>The file.</summary>
    public FileView? File { get; init; }

    /// <summary>Who started the run.</summary>
    public PersonView? StartedBy { get; init; }

    /// <summary>Who said that they are on it.</summary>
    public ClaimView? Claim { get; init; }

    /// <summary>Who approved so far, where it takes several.</summary>
    public IReadOnlyList<VoteView> Votes { get; init; } = [];

    /// <summary>What was decided.</summary>
    public DecisionView? Decision { get; init; }

    /// <summary>Why the run no longer waits.</summary>
    public ClosingView? Closing { get; init; }

    /// <summary>An approval's view.</summary>
    public static ApprovalView Of(Approval approval) => new()
    {
        Id = approval.Id,
        Name = approval.Name,
        Status = approval.Status,
        Version = approval.Version,
        RequestedAt = approval.RequestedAt,
        ExpiresAt = approval.ExpiresAt,
        Run = approval.RunName,
        Recommendation = approval.Recommendation,
        File = FileView.Of(approval.File),
        StartedBy = approval.StartedBy is { } starter ? new PersonView(starter.Id, starter.Name) : null,
        Claim = ClaimView.Of(approval.Claim),
        Votes = [.. approval.Votes.Select(vote => new VoteView(vote.PersonId, vote.Name, vote.At, vote.Comment))],
        Decision = DecisionView.Of(approval.Decision),
        Closing = ClosingView.Of(approval.Closing),
    };
}

/// <summary>An approval with all that is known of it.</summary>
[Description("An approval with its record and whatever else its message had.")]
internal sealed record ApprovalDetailsView
{
    /// <summary>The approval.</summary>
    public required ApprovalView Approval { get; init; }

    /// <summary>What else the message had.</summary>
    public JsonNode? Other { get; init; }

    /// <summary>What happened to it, in that order.</summary>
    public required IReadOnlyList<RecordLineView> Record { get; init; }

    /// <summary>A record's view. What looks like a task token is hidden, wherever a message had it.</summary>
    public static ApprovalDetailsView Of(ApprovalRecord record) => new()
    {
        Approval = ApprovalView.Of(record.Approval),
        Other = record.Approval.Other.Count == 0 ? null : JsonNode.Parse(SecretText.Json(record.Approval.Other.ToJsonString())!),
        Record = [.. record.Events.Select(line => new RecordLineView(line.At, line.Kind, line.By, line.Detail))],
    };
}

/// <summary>A page of approvals.</summary>
/// <param name="Items">The approvals.</param>
/// <param name="Next">The cursor of the next page; nothing at the end.</param>
internal sealed record ApprovalsPageView(IReadOnlyList<ApprovalView> Items, string? Next);

/// <summary>A file.</summary>
internal sealed record FileView(
    string Name, string? Bucket, string? Key, string? VersionId, long Size, string? ContentType, string? Sha256, bool Archive, int Quality, int QualityThreshold,
    IReadOnlyList<CheckView> Checks)
{
    /// <summary>A file's view.</summary>
    public static FileView? Of(FileMetadata? file) => file is null ? null : new(
        file.Name, file.Bucket, file.Key, file.VersionId, file.Size, file.ContentType, file.Sha256, file.Archive, file.Quality, file.QualityThreshold,
        [.. file.Checks.Select(check => new CheckView(check.Name, check.Passed, check.Detail))]);
}

/// <summary>A check of a file.</summary>
internal sealed record CheckView(string Name, bool Passed, string Detail);

/// <summary>What a person decided.</summary>
internal sealed record DecisionView(bool Approved, string? Reviewer, string? Comment, DateTimeOffset? DecidedAt)
{
    /// <summary>A decision's view.</summary>
    public static DecisionView? Of(Decision? decision) => decision is null ? null : new(decision.Approved, decision.Reviewer, decision.Comment, decision.DecidedAt);
}

/// <summary>Somebody.</summary>
internal sealed record PersonView(string Id, string? Name);

/// <summary>One person's approval.</summary>
internal sealed record VoteView(string PersonId, string Name, DateTimeOffset At, string? Comment);

/// <summary>Who is on an approval.</summary>
internal sealed record ClaimView(string PersonId, string Name, DateTimeOffset Since)
{
    /// <summary>A claim's view.</summary>
    public static ClaimView? Of(ApprovalClaim? claim) => claim is null ? null : new(claim.PersonId, claim.Name, claim.Since);
}

/// <summary>Why a run no longer waits.</summary>
internal sealed record ClosingView(ClosedReason Reason, DateTimeOffset? At, string Text)
{
    /// <summary>A closing's view.</summary>
    public static ClosingView? Of(Closing? closing) => closing is null ? null : new(closing.Reason, closing.At, ClosingText.Plain(closing));
}

/// <summary>A line of an approval's record.</summary>
internal sealed record RecordLineView(DateTimeOffset At, ApprovalEventKind Kind, string? By, string? Detail);

/// <summary>A decision that was taken in.</summary>
/// <param name="Approval">The approval as it stands now.</param>
/// <param name="UndoSeconds">For how many seconds it can be taken back.</param>
internal sealed record DecidedView(ApprovalView Approval, int UndoSeconds);

/// <summary>What became of the decisions of a bulk request, in its order.</summary>
/// <param name="Results">One for each.</param>
internal sealed record DecisionResultsView(IReadOnlyList<DecisionResultView> Results);

/// <summary>What became of one decision of a bulk request.</summary>
/// <param name="Id">The approval.</param>
/// <param name="Status">The HTTP status that it alone would have been answered with.</param>
/// <param name="Decided">The answer, where it was taken in.</param>
/// <param name="Problem">The problem, where it was not.</param>
internal sealed record DecisionResultView(string Id, int Status, JsonNode? Decided, JsonNode? Problem);

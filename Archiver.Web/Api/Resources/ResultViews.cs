using Archiver.Web.Results;

namespace Archiver.Web.Api.Resources;

/// <summary>A result as programs see it. Anybody may have written to the table: a value of another type than it should be is left out.</summary>
internal sealed record ResultView(
    string Id, string? Timestamp, string? Action, bool? Archive, decimal? Quality, bool? Approval, bool? Approved, string? Reviewer, string? Comment,
    string? FileName, string? Bucket, string? Key, decimal? Size, string? ContentType, string? Sha256, string? Run)
{
    /// <summary>A result's view.</summary>
    public static ResultView Of(ResultRow row) => new(
        row.Id, row.Timestamp is { Length: > 0 } at ? at : null, row.Action, row.Archive?.Value, row.Quality?.Value, row.Approval?.Value, row.Approved?.Value, row.Reviewer, row.Comment,
        row.FileName, row.Bucket, row.Key, row.Size?.Value, row.ContentType, row.Sha256, row.RunName);
}

/// <summary>A page of results.</summary>
/// <param name="Items">The results.</param>
/// <param name="Next">The cursor of the next page; nothing at the end.</param>
internal sealed record ResultsPageView(IReadOnlyList<ResultView> Items, string? Next);

/// <summary>Results that were deleted.</summary>
/// <param name="Deleted">How many this request deleted.</param>
/// <param name="Complete">Whether none is left; else the request is to be made again.</param>
internal sealed record ClearedView(int Deleted, bool Complete);

namespace Archiver.Web.Results;

/// <summary>The addresses of what a result leads to.</summary>
internal static class ResultLinks
{
    /// <summary>The address that leads to a result's approval.</summary>
    public const string ApprovalRoute = "/results/{id}/approval";

    /// <summary>A result's own page; nothing for one whose key, which a script may have chosen, is no part of an address.</summary>
    /// <param name="id">The result's key.</param>
    public static string? Page(string id) =>
        id is "" or "." or ".." || id.AsSpan().IndexOfAny('/', '\\') >= 0 || IsDownload(id)
            ? null
            : $"{ResultsUrl.Page}/{Uri.EscapeDataString(id)}";

    private static bool IsDownload(string id) =>
        ResultsUrl.Export.EndsWith($"/{id}", StringComparison.OrdinalIgnoreCase) || ResultsUrl.JsonExport.EndsWith($"/{id}", StringComparison.OrdinalIgnoreCase);

    /// <summary>The approval that led to a result; nothing where nobody was asked, as far as it says.</summary>
    public static string? Approval(ResultRow row) => row is { Approval.Value: true, ExecutionArn: not null } && Page(row.Id) is { } page ? $"{page}/approval" : null;

    /// <summary>A result's run.</summary>
    public static string? Run(ResultRow row) => row.RunName is { } run ? $"/runs/{Uri.EscapeDataString(run)}" : null;
}

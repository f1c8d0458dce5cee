using Archiver.Web.Shell.Language;

namespace Archiver.Web.Approvals;

/// <summary>The texts of the approvals.</summary>
internal static class ApprovalsWords
{
    /// <summary>A text in the viewer's language.</summary>
    public static Words L { get; } = new(typeof(ApprovalsWords));
}

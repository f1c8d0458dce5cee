using Archiver.Web.Shell.Language;

namespace Archiver.Web.Audit;

/// <summary>The texts of the audit trail.</summary>
internal static class AuditWords
{
    /// <summary>A text in the viewer's language.</summary>
    public static Words L { get; } = new(typeof(AuditWords));
}

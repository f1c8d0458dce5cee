using System.ComponentModel.DataAnnotations;

namespace Archiver.Web.Approvals;

/// <summary>The section <c>Approvals</c> of the settings.</summary>
internal sealed class ApprovalsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Approvals";

    /// <summary>For how many seconds a decision can be taken back before it is sent; 0 sends at once.</summary>
    [Range(0, 300, ErrorMessage = "Approvals:UndoSeconds is from 0 to 300.")]
    public int UndoSeconds { get; set; } = 5;

    /// <summary>For how many days the row of a settled approval stays.</summary>
    [Range(1, 3650, ErrorMessage = "Approvals:RetentionDays is from 1 to 3650.")]
    public int RetentionDays { get; set; } = 90;

    /// <summary>How many receivers wait for messages side by side.</summary>
    [Range(1, 32, ErrorMessage = "Approvals:Receivers is from 1 to 32.")]
    public int Receivers { get; set; } = 4;

    /// <summary>How many decisions are sent in a second at most: what <c>SendTaskSuccess</c> refills is 500 in the large regions, 300 elsewhere.</summary>
    [Range(1, 10_000, ErrorMessage = "Approvals:SendsPerSecond is from 1 to 10000.")]
    public int SendsPerSecond { get; set; } = 300;

    /// <summary><see cref="UndoSeconds"/> as a span.</summary>
    public TimeSpan Undo => TimeSpan.FromSeconds(UndoSeconds);

    /// <summary><see cref="RetentionDays"/> as a span.</summary>
    public TimeSpan Retention => TimeSpan.FromDays(RetentionDays);
}

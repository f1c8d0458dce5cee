namespace Archiver.Web.Approvals;

/// <summary>The section <c>Approvals</c> of the settings; <see cref="ApprovalsOptionsReader"/> has what each may be.</summary>
internal sealed class ApprovalsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Approvals";

    /// <summary>For how many seconds a decision can be taken back before it is sent; 0 sends at once.</summary>
    public int UndoSeconds { get; set; } = 5;

    /// <summary>For how many days the row of a settled approval stays.</summary>
    public int RetentionDays { get; set; } = 90;

    /// <summary>How many receivers wait for messages side by side.</summary>
    public int Receivers { get; set; } = 4;

    /// <summary>How many decisions are sent in a second at most: what <c>SendTaskSuccess</c> refills is 500 in the large regions, 300 elsewhere.</summary>
    public int SendsPerSecond { get; set; } = 300;

    /// <summary>Reasons to deny that are often given, nine at most: a digit chooses one.</summary>
    public IReadOnlyList<string> DenyReasons { get; set; } =
        ["Not the final version", "The wrong file", "The quality is too low", "It is there already", "It is not to be archived"];

    /// <summary><see cref="UndoSeconds"/> as a span.</summary>
    public TimeSpan Undo => TimeSpan.FromSeconds(UndoSeconds);

    /// <summary><see cref="RetentionDays"/> as a span.</summary>
    public TimeSpan Retention => TimeSpan.FromDays(RetentionDays);
}

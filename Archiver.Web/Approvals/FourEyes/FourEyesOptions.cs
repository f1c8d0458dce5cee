namespace Archiver.Web.Approvals.FourEyes;

/// <summary>The section <c>Approvals:FourEyes</c> of the settings; <see cref="FourEyesOptionsReader"/> has what each may be. All dashboards of one table share them.</summary>
internal sealed class FourEyesOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Approvals:FourEyes";

    /// <summary>Whether who started a run is kept from deciding on it. Off by default: on one's own machine one person does both.</summary>
    public bool StarterMayNotDecide { get; set; }

    /// <summary>For how many minutes a claim holds; 0 for good.</summary>
    public int ClaimMinutes { get; set; } = 60;

    /// <summary>How many have to approve what; of several rules that match, the one that asks for most.</summary>
    public IReadOnlyList<QuorumRule> Rules { get; set; } = [];
}

using Archiver.Web.Shell.Settings;

namespace Archiver.Web.Shell.Hardening;

/// <summary>The section <c>Limits</c> of the settings: what one person's browser and programs may ask of a process at most.</summary>
internal sealed class LimitsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Limits";

    /// <summary>How many requests a person, or an address that nobody signed in from, may make in a second, over time.</summary>
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>How many of them may come at once.</summary>
    public int Burst { get; set; } = 2000;

    /// <summary>How many dashboards a person may have open at the same time.</summary>
    public int OpenDashboards { get; set; } = 30;

    /// <summary>How many connections the process takes at the same time, of whomever.</summary>
    public int Connections { get; set; } = 5000;
}

/// <summary>Reads the section <c>Limits</c>.</summary>
internal sealed class LimitsOptionsReader(IConfiguration configuration) : WholeNumbersReader<LimitsOptions>(configuration, LimitsOptions.Section,
[
    new(nameof(LimitsOptions.RequestsPerSecond), 1, 100_000, (options, value) => options.RequestsPerSecond = value),
    new(nameof(LimitsOptions.Burst), 50, 1_000_000, (options, value) => options.Burst = value),
    new(nameof(LimitsOptions.OpenDashboards), 1, 10_000, (options, value) => options.OpenDashboards = value),
    new(nameof(LimitsOptions.Connections), 10, 100_000, (options, value) => options.Connections = value),
]);

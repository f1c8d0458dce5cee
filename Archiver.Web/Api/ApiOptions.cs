using Archiver.Web.Shell.Settings;

namespace Archiver.Web.Api;

/// <summary>The section <c>Api</c> of the settings: what one person's programs may ask of a process, within what the section <c>Limits</c> lets through.</summary>
internal sealed class ApiOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Api";

    /// <summary>How many requests a person's programs may make in a second, over time.</summary>
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>How many of them may come at once.</summary>
    public int Burst { get; set; } = 500;
}

/// <summary>Reads the section <c>Api</c>.</summary>
internal sealed class ApiOptionsReader(IConfiguration configuration) : WholeNumbersReader<ApiOptions>(configuration, ApiOptions.Section,
[
    new(nameof(ApiOptions.RequestsPerSecond), 1, 100_000, (options, value) => options.RequestsPerSecond = value),
    new(nameof(ApiOptions.Burst), 1, 1_000_000, (options, value) => options.Burst = value),
]);

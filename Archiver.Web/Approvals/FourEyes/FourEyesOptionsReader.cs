using System.Globalization;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals.FourEyes;

/// <summary>
/// Reads the settings, and says of all that are wrong at once what each may be, by its key. A key that is none is wrong, too: a mistyped
/// condition would quietly make a rule one for everything, and a mistyped rule none.
/// </summary>
internal sealed class FourEyesOptionsReader(IConfiguration configuration) : IConfigureOptions<FourEyesOptions>, IValidateOptions<FourEyesOptions>
{
    private const int LongestClaim = 7 * 24 * 60;
    private const long LargestFile = 50L * 1024 * 1024 * 1024 * 1024; // S3 holds no larger object

    private static readonly string[] Names = [nameof(FourEyesOptions.StarterMayNotDecide), nameof(FourEyesOptions.ClaimMinutes), nameof(FourEyesOptions.Rules)];
    private static readonly string[] RuleNames = [nameof(QuorumRule.Approvals), nameof(QuorumRule.Recommendation), nameof(QuorumRule.MinSizeBytes), nameof(QuorumRule.Prefix)];

    /// <inheritdoc/>
    public void Configure(FourEyesOptions options) => Read(options, []);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, FourEyesOptions options)
    {
        List<string> problems = [];
        Read(new FourEyesOptions(), problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private void Read(FourEyesOptions options, List<string> problems)
    {
        IConfigurationSection section = configuration.GetSection(FourEyesOptions.Section);
        CheckNames(section, Names, problems);
        if (section[nameof(FourEyesOptions.StarterMayNotDecide)] is { } bars)
        {
            if (bool.TryParse(bars, out bool value)) options.StarterMayNotDecide = value;
            else problems.Add($"{section.Path}:{nameof(FourEyesOptions.StarterMayNotDecide)} is '{bars}'; it is true or false.");
        }
        if (Number(section, nameof(FourEyesOptions.ClaimMinutes), 0, LongestClaim, problems) is { } minutes) options.ClaimMinutes = (int)minutes;
        if (section[nameof(FourEyesOptions.Rules)] is { Length: > 0 } text)
            problems.Add($"{section.Path}:{nameof(FourEyesOptions.Rules)} is '{text}'; the rules are {section.Path}:{nameof(FourEyesOptions.Rules)}:0:{nameof(QuorumRule.Approvals)} and so on.");
        options.Rules = [.. section.GetSection(nameof(FourEyesOptions.Rules)).GetChildren().Select(rule => ReadRule(rule, problems)).OfType<QuorumRule>()];
    }

    private static QuorumRule? ReadRule(IConfigurationSection rule, List<string> problems)
    {
        CheckNames(rule, RuleNames, problems);
        if (rule[nameof(QuorumRule.Approvals)] is null)
        {
            problems.Add($"{rule.Path}:{nameof(QuorumRule.Approvals)} is missing; it is a whole number from 1 to {QuorumRule.MostApprovals}.");
            return null;
        }
        long? approvals = Number(rule, nameof(QuorumRule.Approvals), 1, QuorumRule.MostApprovals, problems);
        long? size = Number(rule, nameof(QuorumRule.MinSizeBytes), 0, LargestFile, problems);
        string? recommendation = Text(rule, nameof(QuorumRule.Recommendation), problems), prefix = Text(rule, nameof(QuorumRule.Prefix), problems);
        return approvals is { } count ? new QuorumRule((int)count, recommendation, size, prefix) : null;
    }

    private static long? Number(IConfigurationSection section, string name, long least, long most, List<string> problems)
    {
        if (section[name] is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most) return value;
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"{section.Path}:{name} is '{text}'; it is a whole number from {least} to {most}."));
        return null;
    }

    private static string? Text(IConfigurationSection section, string name, List<string> problems)
    {
        if (section[name] is not { } text) return null;
        if (text.Length > 0) return text;
        problems.Add($"{section.Path}:{name} is empty; leave it out where it does not matter.");
        return null;
    }

    private static void CheckNames(IConfigurationSection section, string[] names, List<string> problems) => problems.AddRange(
        section.GetChildren().Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)).Select(child => $"{child.Path} is no setting; there are {string.Join(", ", names)}."));
}

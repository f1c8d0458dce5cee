using System.Globalization;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals;

/// <summary>Reads the reasons of the section <c>Approvals</c> that a reviewer can choose with a digit.</summary>
internal sealed class DenyReasonsReader(IConfiguration configuration) : IConfigureOptions<ApprovalsOptions>, IValidateOptions<ApprovalsOptions>
{
    private const int Most = 9;
    private const int Longest = 200;

    private static readonly string Key = $"{ApprovalsOptions.Section}:{nameof(ApprovalsOptions.DenyReasons)}";

    /// <inheritdoc/>
    public void Configure(ApprovalsOptions options)
    {
        string[] given = Given();
        if (given.Length > 0) options.DenyReasons = given;
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ApprovalsOptions options)
    {
        string[] given = Given();
        List<string> problems = [];
        if (given.Length > Most) problems.Add(string.Create(CultureInfo.InvariantCulture, $"{Key} has {given.Length} reasons; it has {Most} at most."));
        for (int i = 0; i < given.Length; i++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{Key}:{i}");
            if (given[i].Length is 0 or > Longest) problems.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is a text of 1 to {Longest} characters."));
            else if (Array.IndexOf(given, given[i]) < i) problems.Add($"{key} is there twice: '{given[i]}'.");
        }
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private string[] Given() => [.. configuration.GetSection(Key).GetChildren().Select(child => child.Value?.Trim() ?? "")];
}

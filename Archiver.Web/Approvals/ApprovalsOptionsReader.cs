using System.Globalization;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals;

/// <summary>Reads the settings, and says of all that are wrong at once what each may be, by its key.</summary>
internal sealed class ApprovalsOptionsReader(IConfiguration configuration) : IConfigureOptions<ApprovalsOptions>, IValidateOptions<ApprovalsOptions>
{
    private static readonly Setting[] Settings =
    [
        new(nameof(ApprovalsOptions.UndoSeconds), 0, 300, (options, value) => options.UndoSeconds = value),
        new(nameof(ApprovalsOptions.RetentionDays), 1, 3650, (options, value) => options.RetentionDays = value),
        new(nameof(ApprovalsOptions.Receivers), 1, 32, (options, value) => options.Receivers = value),
        new(nameof(ApprovalsOptions.SendsPerSecond), 1, 10_000, (options, value) => options.SendsPerSecond = value),
    ];

    /// <inheritdoc/>
    public void Configure(ApprovalsOptions options)
    {
        foreach (Setting setting in Settings)
        {
            if (Read(setting) is { } value) setting.Set(options, value);
        }
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ApprovalsOptions options)
    {
        string[] problems =
        [
            .. Settings.Where(setting => Text(setting) is not null && Read(setting) is null).Select(setting => string.Create(
                CultureInfo.InvariantCulture, $"{Key(setting)} is '{Text(setting)}'; it is a whole number from {setting.Least} to {setting.Most}.")),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string Key(Setting setting) => $"{ApprovalsOptions.Section}:{setting.Name}";

    private string? Text(Setting setting) => configuration[Key(setting)];

    private int? Read(Setting setting) =>
        int.TryParse(Text(setting), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= setting.Least && value <= setting.Most ? value : null;

    private sealed record Setting(string Name, int Least, int Most, Action<ApprovalsOptions, int> Set);
}

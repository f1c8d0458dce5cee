using System.Globalization;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Shell.Settings;

/// <summary>A setting that is a whole number.</summary>
/// <typeparam name="TOptions">The options that it is one of.</typeparam>
/// <param name="Name">Its name in the section.</param>
/// <param name="Least">The least that it may be.</param>
/// <param name="Most">The most that it may be.</param>
/// <param name="Set">Takes it.</param>
internal sealed record WholeNumber<TOptions>(string Name, int Least, int Most, Action<TOptions, int> Set);

/// <summary>Reads a section of whole numbers, and says of all that are wrong at once what each may be, by its key.</summary>
/// <typeparam name="TOptions">What the section is read into.</typeparam>
/// <param name="configuration">The settings.</param>
/// <param name="section">The section's name.</param>
/// <param name="numbers">What it has.</param>
internal abstract class WholeNumbersReader<TOptions>(IConfiguration configuration, string section, IReadOnlyList<WholeNumber<TOptions>> numbers)
    : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
{
    /// <inheritdoc/>
    public void Configure(TOptions options)
    {
        foreach (WholeNumber<TOptions> number in numbers)
        {
            if (Read(number) is { } value) number.Set(options, value);
        }
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        string[] problems =
        [
            .. numbers.Where(number => Text(number) is not null && Read(number) is null).Select(number => string.Create(
                CultureInfo.InvariantCulture, $"{Key(number)} is '{Text(number)}'; it is a whole number from {number.Least} to {number.Most}.")),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private string Key(WholeNumber<TOptions> number) => $"{section}:{number.Name}";

    private string? Text(WholeNumber<TOptions> number) => configuration[Key(number)];

    private int? Read(WholeNumber<TOptions> number) =>
        int.TryParse(Text(number), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= number.Least && value <= number.Most ? value : null;
}

using System.CommandLine;

namespace Archiver.Infra.Commands;

/// <summary><c>--parameter Key=Value</c>: a value for a parameter of the template, as often as there are values.</summary>
internal static class ParameterOption
{
    /// <summary>Makes the option.</summary>
    public static Option<string[]> Create()
    {
        Option<string[]> option = new("--parameter") { Description = "A value for a parameter of the template; give it once for each.", HelpName = "Key=Value" };
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"--parameter takes Key=Value, not '{text}'.");
        });
        return option;
    }

    /// <summary>The values by name; the last of a name counts.</summary>
    public static Dictionary<string, string> Read(string[]? texts)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string text in texts ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            values[text[..equals]] = text[(equals + 1)..];
        }
        return values;
    }
}

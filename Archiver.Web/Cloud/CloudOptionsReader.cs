using System.Globalization;
using System.Text.RegularExpressions;

namespace Archiver.Web.Cloud;

/// <summary>Reads the section <c>Cloud</c> and says everything that is wrong with it at once, each by its key.</summary>
internal static partial class CloudOptionsReader
{
    /// <exception cref="StartupException">Something is wrong.</exception>
    public static CloudOptions Read(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(CloudOptions.Section);
        List<string> problems = [];
        CloudOptions options = new();

        if (section["Mode"] is { } mode)
        {
            if (Enum.TryParse(mode, ignoreCase: true, out CloudMode parsed) && Enum.IsDefined(parsed)) options.Mode = parsed;
            else problems.Add($"Cloud:Mode is '{mode}'; it is Local or Aws.");
        }
        if (section["Local:Port"] is { } port)
        {
            if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 65535) options.Local.Port = number;
            else problems.Add($"Cloud:Local:Port is '{port}'; it is a whole number from 0 to 65535.");
        }
        if (section["Local:DataDirectory"] is { } directory)
        {
            if (!string.IsNullOrWhiteSpace(directory)) options.Local.DataDirectory = directory;
            else problems.Add("Cloud:Local:DataDirectory is empty; it is a folder.");
        }
        if (section["StackName"] is { } stack)
        {
            if (StackName().IsMatch(stack)) options.StackName = stack;
            else problems.Add($"Cloud:StackName is '{stack}'; it begins with a letter and has letters, digits and hyphens, 128 at most.");
        }
        options.Local.StackName = options.StackName;

        return problems.Count == 0 ? options : throw new StartupException(problems);
    }

    [GeneratedRegex("^[A-Za-z][-A-Za-z0-9]{0,127}$")]
    private static partial Regex StackName();
}

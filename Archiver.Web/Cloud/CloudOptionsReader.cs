using System.Globalization;
using Archiver.Infra.LocalCloud;
using Microsoft.Extensions.Configuration.CommandLine;

namespace Archiver.Web.Cloud;

/// <summary>Reads the section <c>Cloud</c> and says everything that is wrong with it at once, each by its key.</summary>
internal static class CloudOptionsReader
{
    private const string SecretKey = $"{CloudOptions.Section}:Local:SecretAccessKey";

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
            if (int.TryParse(port, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) options.Local.Port = number;
            else problems.Add($"Cloud:Local:Port is '{port}'; it is a whole number.");
        }
        options.Local.DataDirectory = section["Local:DataDirectory"] ?? options.Local.DataDirectory;
        if (section["Local:InboxSettleTime"] is { } settle)
        {
            if (TimeSpan.TryParse(settle, CultureInfo.InvariantCulture, out TimeSpan time)) options.Local.InboxSettleTime = time;
            else problems.Add($"Cloud:Local:InboxSettleTime is '{settle}'; it is a time such as 00:00:02.");
        }
        foreach (IConfigurationSection parameter in section.GetSection("Local:Parameters").GetChildren())
            options.Local.Parameters[parameter.Key] = parameter.Value ?? "";
        options.Local.AccessKeyId = section["Local:AccessKeyId"];
        options.Local.SecretAccessKey = section["Local:SecretAccessKey"];
        if (OnCommandLine(configuration, SecretKey))
            problems.Add($"{SecretKey} is on the command line, where every user of this machine can read it; set it in the environment (Cloud__Local__SecretAccessKey).");
        options.StackName = options.Local.StackName = section["StackName"] ?? options.StackName;
        problems.AddRange(LocalCloudOptionsValidator.Errors(options.Local));

        return problems.Count == 0 ? options : throw new StartupException(problems);
    }

    private static bool OnCommandLine(IConfiguration configuration, string key) =>
        configuration is IConfigurationRoot root && root.Providers.OfType<CommandLineConfigurationProvider>().Any(provider => provider.TryGet(key, out _));
}

using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Verify;

namespace Archiver.Web.Shell;

/// <summary>What the program does instead of serving, where its first word is no option: <c>audit verify</c>.</summary>
internal static class ConsoleCommands
{
    private const string Usage = "Usage: audit verify [FILE] [--head N:HASH], and any setting as --KEY=VALUE.";
    private const string Head = "--head";
    private const int Misused = 2;

    /// <summary>Whether the program was started for a command.</summary>
    public static bool IsCommand(string[] args) => args is [{ Length: > 0 } first, ..] && first[0] is not ('-' or '/') && !first.Contains('=', StringComparison.Ordinal);

    /// <summary>Runs it.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="configuration">The settings, of which the options are a part.</param>
    /// <param name="output">Where it says what it was asked for.</param>
    /// <param name="error">Where it says what is wrong.</param>
    /// <returns>The exit code; 2 where the arguments make no command.</returns>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TextWriter output, TextWriter error)
    {
        (string[] words, string? given) = Read(args);
        AuditHead? head = null;
        if (words is ["audit", "verify", .. { Length: <= 1 } file] && (given is null || AuditHead.TryParse(given, out head)))
            return await new AuditVerifyCommand(file is [{ } path] ? path : null, head).RunAsync(configuration, output, error);
        await error.WriteLineAsync(Usage);
        return Misused;
    }

    // An option takes the next word with it, unless it has its value behind an equals sign. The settings' own reader would take a
    // path that begins with a slash for an option.
    private static (string[] Words, string? Head) Read(string[] args)
    {
        List<string> words = [];
        string? head = null;
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(args[i]);
                continue;
            }
            string[] option = args[i].Split('=', 2);
            string value = option.Length == 2 ? option[1] : ++i < args.Length ? args[i] : "";
            if (option[0].Equals(Head, StringComparison.OrdinalIgnoreCase)) head = value;
        }
        return ([.. words], head);
    }
}

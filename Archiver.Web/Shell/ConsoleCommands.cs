using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Verify;

namespace Archiver.Web.Shell;

/// <summary>What the program does instead of serving, where its first word is no option: <c>audit verify</c>.</summary>
internal static class ConsoleCommands
{
    private const string Usage = "Usage: audit verify [FILE] [--head N:HASH], and any setting as --KEY=VALUE.";
    private const int Misused = 2;

    /// <summary>Whether the program was started for a command.</summary>
    public static bool IsCommand(string[] args) => args is [{ Length: > 0 } first, ..] && first[0] is not ('-' or '/') && !first.Contains('=', StringComparison.Ordinal);

    /// <summary>Runs it.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="configuration">The settings, of which the arguments are a part.</param>
    /// <param name="output">Where it says what it was asked for.</param>
    /// <param name="error">Where it says what is wrong.</param>
    /// <returns>The exit code; 2 where the arguments make no command.</returns>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TextWriter output, TextWriter error)
    {
        string? given = configuration["head"];
        AuditHead? head = null;
        if (Words(args) is ["audit", "verify", .. { Length: <= 1 } file] && (given is null || AuditHead.TryParse(given, out head)))
            return await new AuditVerifyCommand(file is [{ } path] ? path : null, head).RunAsync(configuration, output, error);
        await error.WriteLineAsync(Usage);
        return Misused;
    }

    // An option takes the next word with it, unless it has its value behind an equals sign: as the settings read them.
    private static string[] Words(string[] args)
    {
        List<string> words = [];
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) words.Add(args[i]);
            else if (!args[i].Contains('=', StringComparison.Ordinal)) i++;
        }
        return [.. words];
    }
}

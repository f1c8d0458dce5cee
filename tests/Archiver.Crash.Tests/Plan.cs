using System.Globalization;

namespace Archiver.Crash.Tests;

/// <summary>How many kills, and where. <c>ARCHIVER_CRASH_KILLS</c> and <c>ARCHIVER_CRASH_SEED</c> set what <c>crash.sh</c> is told.</summary>
internal static class Plan
{
    /// <summary>How many kills there are, in both set-ups together.</summary>
    public static int Kills { get; } = Read("ARCHIVER_CRASH_KILLS") ?? 100;

    /// <summary>Three of five kills take everything with them.</summary>
    public static int KillsOfOneProcess => (Kills * 3 + 4) / 5;

    /// <summary>The others take one of two dashboards.</summary>
    public static int KillsOfReplicas => Kills - KillsOfOneProcess;

    /// <summary>What the random points come from.</summary>
    public static int Seed { get; } = Read("ARCHIVER_CRASH_SEED") ?? Random.Shared.Next();

    /// <summary>How many runs ask: 200, and in longer forms so many that no life is idle.</summary>
    public static int Runs(int kills) => Math.Max(200, 2 * kills);

    private static int? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

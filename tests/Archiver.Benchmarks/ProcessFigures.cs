using System.Globalization;

namespace Archiver.Benchmarks;

/// <summary>What a process takes, as Linux counts it.</summary>
internal static class ProcessFigures
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux that there is

    /// <summary>A line of the process' status, in MB.</summary>
    public static long Memory(int process, string name) => long.Parse(
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    /// <summary>The processor time that it had so far, of all cores together.</summary>
    public static TimeSpan Processor(int process)
    {
        // The fields after the program's name, which is in brackets and may have blanks: proc(5), utime and stime.
        string[] fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        return TimeSpan.FromSeconds((long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
    }
}

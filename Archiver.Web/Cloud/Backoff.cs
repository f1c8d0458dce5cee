namespace Archiver.Web.Cloud;

/// <summary>How long to wait before the next attempt at a call that failed.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Full jitter over an exponential ceiling: anywhere from 1 ms to 200 ms doubled with every attempt, 20 s at most.</summary>
    /// <param name="attempt">The failures so far, from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, double random)
    {
        double ceiling = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30) - 1));
        return TimeSpan.FromMilliseconds(Math.Max(1, ceiling * Math.Clamp(random, 0, 1)));
    }
}

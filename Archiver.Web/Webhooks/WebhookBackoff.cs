namespace Archiver.Web.Webhooks;

/// <summary>How long a webhook that did not take a message is left alone before the next attempt.</summary>
internal static class WebhookBackoff
{
    // What the queue can hide a message for.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestByItself = TimeSpan.FromHours(6);

    /// <summary>
    /// Five seconds, doubled with every attempt, six hours at most, and of that anything between half and all: receivers that come back
    /// together are not hit together. What the receiver asks for is the least.
    /// </summary>
    /// <param name="attempt">The attempts so far, from 1.</param>
    /// <param name="retryAfter">What the receiver asked for.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? retryAfter, double random)
    {
        double ceiling = Math.Min(LongestByItself.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Clamp(attempt, 1, 30) - 1));
        double seconds = Math.Max(retryAfter?.TotalSeconds ?? 0, ceiling * (0.5 + (Math.Clamp(random, 0, 1) / 2)));
        return TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(seconds), 1, Longest.TotalSeconds));
    }
}

using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.StatesLanguage.Model;

/// <summary>How often and when a state is tried again. https://states-language.net/spec.html#errors</summary>
/// <param name="ErrorEquals">After which errors.</param>
/// <param name="IntervalSeconds">The seconds before the first retry.</param>
/// <param name="MaxAttempts">The most retries.</param>
/// <param name="BackoffRate">What each interval is multiplied by for the next.</param>
/// <param name="MaxDelaySeconds">The longest interval, in seconds.</param>
/// <param name="FullJitter">An interval is any time up to its computed length.</param>
internal sealed record Retrier(
    IReadOnlyList<string> ErrorEquals, long IntervalSeconds, long MaxAttempts, double BackoffRate, long? MaxDelaySeconds, bool FullJitter)
{
    /// <summary>The time before a retry.</summary>
    /// <param name="retries">The retries that this retrier made before.</param>
    /// <param name="random">Where jitter comes from.</param>
    public TimeSpan Delay(int retries, Random random)
    {
        var longest = Math.Min(MaxDelaySeconds ?? StatesLimits.Seconds, StatesLimits.Seconds);
        var seconds = Math.Min(IntervalSeconds * Math.Pow(BackoffRate, retries), longest);
        // Spreading retries needs no secret randomness.
#pragma warning disable CA5394
        return TimeSpan.FromSeconds(FullJitter ? seconds * random.NextDouble() : seconds);
#pragma warning restore CA5394
    }
}

/// <summary>Where a state's errors lead. https://states-language.net/spec.html#fallback-states</summary>
/// <param name="ErrorEquals">Which errors.</param>
/// <param name="Next">The state to go on with.</param>
/// <param name="DiscardsError">That state gets the raw input alone.</param>
/// <param name="ResultPath">Where in the raw input the error is put; nothing where it replaces the input.</param>
internal sealed record Catcher(IReadOnlyList<string> ErrorEquals, string Next, bool DiscardsError, ReferencePath? ResultPath);

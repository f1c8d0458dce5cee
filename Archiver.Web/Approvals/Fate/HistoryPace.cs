using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Fate;

/// <summary>
/// The pace of <c>GetExecutionHistory</c>, of which an account has 20 a second in each region, and 400 at once. Everything else that
/// runs there draws on the same, so that this takes half.
/// </summary>
internal sealed class HistoryPace(TimeProvider time) : CallPace(CallsPerSecond, Burst, LeftToPersons, time)
{
    /// <summary>How many calls a second there may be in the long run.</summary>
    public const int CallsPerSecond = 10;

    /// <summary>How many calls there may be at once after a rest.</summary>
    public const int Burst = 200;

    /// <summary>How many of these the background leaves.</summary>
    public const int LeftToPersons = Burst / 2;
}

using System.Globalization;

namespace Archiver.Web.Approvals.Replicas;

/// <summary>
/// This process among the dashboards that share the inbox. Each of its changes carries its name and a stamp; the stamps of one
/// replica only grow, whatever its clock does, so that others can read on from where they were without trusting that clock.
/// </summary>
internal sealed class Replica(TimeProvider time)
{
    private const string StampPattern = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private readonly Lock _lock = new();
    private long _last;

    /// <summary>Names this process; another start of the same program is another replica.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Raised once a change of this replica is in the table.</summary>
    public event Action? Changed;

    /// <summary>A stamp for a change: later than each before, all of one length, so that texts sort as the changes do.</summary>
    public string NextStamp()
    {
        lock (_lock)
        {
            _last = Math.Max(_last + 1, time.GetUtcNow().UtcTicks);
            return Format(_last);
        }
    }

    /// <summary>Says that a change is in the table.</summary>
    public void NoteChanged() => Changed?.Invoke();

    /// <summary>The stamp that a span of time lies before another.</summary>
    public static string Before(string stamp, TimeSpan span) =>
        Format(DateTime.ParseExact(stamp, StampPattern, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal).Ticks - span.Ticks);

    private static string Format(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString(StampPattern, CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Archiver.Web.Shell;

/// <summary>Times as the person in front of this circuit reads them: in the zone of their browser, and as their culture writes them.</summary>
public sealed class ViewerTime(TimeProvider time)
{
    private TimeZoneInfo _zone = time.LocalTimeZone;

    /// <summary>The zone became known after the first render.</summary>
    public event Action? ZoneChanged;

    /// <summary>The zone: the browser's, or the server's own until that is known.</summary>
    public TimeZoneInfo Zone => _zone;

    // The invariant culture is nobody's: its own date is America's without saying so.
    private static bool IsNobodys => CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture);

    /// <summary>Takes the browser's zone; one that the server doesn't know leaves the server's own.</summary>
    /// <param name="ianaName">Such as <c>Europe/Vienna</c>.</param>
    public void SetZone(string ianaName)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(ianaName, out TimeZoneInfo? zone) || zone.Equals(_zone)) return;
        _zone = zone;
        ZoneChanged?.Invoke();
    }

    /// <summary>A moment, exact to the second, such as <c>01.03.2026 14:02:11</c>; <c>2026-03-01 14:02:11</c> where there is no culture.</summary>
    public string Exact(DateTimeOffset moment) => Write(moment, IsNobodys ? "yyyy-MM-dd HH:mm:ss" : "G");

    /// <summary>A moment's time of day, such as <c>14:02</c>.</summary>
    public string TimeOfDay(DateTimeOffset moment) => Write(moment, IsNobodys ? "HH:mm" : "t");

    /// <summary>A day, such as <c>01.03.2026</c>; <c>2026-03-01</c> where there is no culture.</summary>
    public string Day(DateOnly day) => day.ToString(IsNobodys ? "yyyy-MM-dd" : "d", CultureInfo.CurrentCulture);

    /// <summary>The day that it is now for the viewer.</summary>
    public DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), _zone).DateTime);

    private string Write(DateTimeOffset moment, string format) => TimeZoneInfo.ConvertTime(moment, _zone).DateTime.ToString(format, CultureInfo.CurrentCulture);
}

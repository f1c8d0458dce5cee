using Archiver.Web.Runs.Story;

namespace Archiver.Web.Runs.Timeline;

/// <summary>A stretch of a row.</summary>
/// <param name="Start">Where it starts, as a part of the whole run, from 0 to 1.</param>
/// <param name="Length">How long it is, as a part of the whole run.</param>
/// <param name="Status">What became of it.</param>
public readonly record struct TimelineBar(double Start, double Length, StateStatus Status);

/// <summary>A state's row in the timeline.</summary>
/// <param name="State">The state's name.</param>
/// <param name="Depth">In how many other states it is.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="FirstAfter">How long after the run's start it was entered first.</param>
/// <param name="Took">How long its visits took together.</param>
/// <param name="Visits">How often it was entered.</param>
/// <param name="Attempts">How often it was attempted.</param>
/// <param name="Bars">When it was at work.</param>
public sealed record TimelineRow(
    string State, int Depth, StateStatus Status, TimeSpan FirstAfter, TimeSpan Took, int Visits, int Attempts, IReadOnlyList<TimelineBar> Bars);

/// <summary>Makes the rows of the timeline of a run.</summary>
internal static class TimelineRows
{
    /// <summary>The most bars of a row: those that no screen could keep apart become one.</summary>
    public const int MostBars = 200;

    /// <summary>The rows, in the order in which the states were entered first; what is in a state comes after it.</summary>
    /// <param name="story">The run.</param>
    /// <param name="startedAt">When it started.</param>
    /// <param name="until">When it ended, or the moment that it is now.</param>
    public static IReadOnlyList<TimelineRow> Of(RunStory story, DateTimeOffset startedAt, DateTimeOffset until)
    {
        double whole = Math.Max(1, (until - startedAt).TotalMilliseconds);
        return
        [
            .. story.Visits.GroupBy(visit => visit.Name, StringComparer.Ordinal).Select(visits => new TimelineRow(
                visits.Key, Depth(story, visits.First()), story.StatusOf(visits.Key), visits.First().EnteredAt - startedAt,
                visits.Aggregate(TimeSpan.Zero, (sum, visit) => sum + Positive(visit.Took(until))),
                visits.Count(), visits.Sum(visit => visit.Attempts.Count),
                Merge([.. visits.Select(visit => Bar(visit, startedAt, until, whole)).OrderBy(bar => bar.Start)]))),
        ];
    }

    private static TimelineBar Bar(StateVisit visit, DateTimeOffset startedAt, DateTimeOffset until, double whole)
    {
        double start = Math.Clamp((visit.EnteredAt - startedAt).TotalMilliseconds / whole, 0, 1);
        double length = Math.Clamp(Positive(visit.Took(until)).TotalMilliseconds / whole, 0, 1 - start);
        return new TimelineBar(start, length, visit.Status);
    }

    private static List<TimelineBar> Merge(IReadOnlyList<TimelineBar> bars)
    {
        if (bars.Count <= MostBars) return [.. bars];
        List<TimelineBar> merged = [];
        foreach (TimelineBar bar in bars)
        {
            // Of what is put together the worse status is shown.
            if (merged is [.., var last] && (int)(last.Start * MostBars) == (int)(bar.Start * MostBars))
            {
                double end = Math.Max(last.Start + last.Length, bar.Start + bar.Length);
                merged[^1] = new TimelineBar(last.Start, end - last.Start, (StateStatus)Math.Max((int)last.Status, (int)bar.Status));
            }
            else
            {
                merged.Add(bar);
            }
        }
        return merged;
    }

    private static int Depth(RunStory story, StateVisit visit)
    {
        int depth = 0;
        for (int? parent = visit.Parent; parent is { } number; parent = story.Visits[number].Parent) depth++;
        return depth;
    }

    private static TimeSpan Positive(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}

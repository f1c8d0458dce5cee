namespace Archiver.Web.Runs.Story;

/// <summary>A step that a run took.</summary>
/// <param name="From">The state that it came from; nothing for the start.</param>
/// <param name="To">The state that it went to; nothing for the end.</param>
/// <param name="IsCatch">Whether an error led there.</param>
public readonly record struct TakenStep(string? From, string? To, bool IsCatch);

/// <summary>What a run's history comes to, by state: a picture of one moment, which does not change.</summary>
public sealed class RunStory
{
    /// <summary>A run of which nothing is known.</summary>
    public static readonly RunStory Empty = new([], isOver: false);

    // The worst of what became of the items speaks for the state.
    private static readonly StateStatus[] Severity =
    [
        StateStatus.NotEntered, StateStatus.Succeeded, StateStatus.Caught, StateStatus.Stopped, StateStatus.TimedOut, StateStatus.Failed,
        StateStatus.Running, StateStatus.Waiting, StateStatus.Retrying,
    ];

    private readonly ILookup<string, StateVisit> _byName;

    /// <summary>Makes the picture.</summary>
    /// <param name="visits">The visits, in the order in which the states were entered.</param>
    /// <param name="isOver">Whether the run came to its end by itself.</param>
    public RunStory(IReadOnlyList<StateVisit> visits, bool isOver)
    {
        Visits = visits;
        _byName = visits.ToLookup(visit => visit.Name, StringComparer.Ordinal);
        Taken = Steps(visits, isOver);
    }

    /// <summary>The visits, in the order in which the states were entered.</summary>
    public IReadOnlyList<StateVisit> Visits { get; }

    /// <summary>The steps that the run took.</summary>
    public IReadOnlySet<TakenStep> Taken { get; }

    /// <summary>The visits of a state, the first one first.</summary>
    public IReadOnlyList<StateVisit> VisitsOf(string state) => [.. _byName[state]];

    /// <summary>Where a state stands: what its latest visit says, and of several items the worst, unless one is still at work.</summary>
    public StateStatus StatusOf(string state) => _byName[state]
        .GroupBy(visit => (visit.Parent, visit.Iteration))
        .Select(item => item.Last().Status)
        .DefaultIfEmpty(StateStatus.NotEntered)
        .MaxBy(status => Array.IndexOf(Severity, status));

    private static HashSet<TakenStep> Steps(IReadOnlyList<StateVisit> visits, bool isOver)
    {
        HashSet<TakenStep> taken = [];
        foreach (StateVisit visit in visits)
        {
            if (visit.From is { } from) taken.Add(new TakenStep(visits[from].Name, visit.Name, visits[from].Status == StateStatus.Caught));
            else if (visit.Parent is null) taken.Add(new TakenStep(null, visit.Name, false));
        }
        if (isOver && visits.LastOrDefault(visit => visit.Parent is null) is { } last) taken.Add(new TakenStep(last.Name, null, false));
        return taken;
    }
}

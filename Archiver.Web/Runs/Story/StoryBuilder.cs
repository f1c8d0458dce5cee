using System.Globalization;

namespace Archiver.Web.Runs.Story;

/// <summary>
/// Reads a history into visits, event by event, as the events come. Each event names the one that led to it, which is followed here:
/// branches and iterations interleave, so that an event's neighbour need not have to do with it. Not for several threads.
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
/// </summary>
internal sealed class StoryBuilder
{
    private readonly List<StateVisit> _visits = [];

    // What an event is in: the visit, and in a Map state the item.
    private readonly Dictionary<long, (int? Visit, int? Iteration)> _places = [];
    private readonly Dictionary<int, (int? Visit, int? Iteration)> _contexts = [];
    private readonly Dictionary<long, int> _exits = [];

    // What was open when the run ended, as it was: a redrive goes on there.
    private readonly Dictionary<int, StateVisit> _endedWithRun = [];
    private readonly List<int> _redriven = [];
    private bool _isOver;

    /// <summary>The picture of what was read so far.</summary>
    public RunStory Story() => new([.. _visits], _isOver);

    /// <summary>Takes the next events, oldest first.</summary>
    public void Add(IEnumerable<RunEvent> events)
    {
        foreach (RunEvent one in events) Add(one);
    }

    private void Add(RunEvent one)
    {
        (int? visit, int? iteration) = _places.GetValueOrDefault(one.PreviousId);
        string type = one.Type;
        switch (type)
        {
            case var _ when type.EndsWith("StateEntered", StringComparison.Ordinal):
                Enter(one, visit, iteration);
                break;
            case var _ when type.EndsWith("StateExited", StringComparison.Ordinal):
                Exit(one, visit);
                break;
            case var _ when type.StartsWith("Execution", StringComparison.Ordinal):
                Turn(one, visit);
                break;
            case var _ when type.StartsWith("MapIteration", StringComparison.Ordinal):
                Iterate(one, visit);
                break;
            case var _ when StateOf(one, visit) is { } state:
                _visits[state] = VisitEvents.Apply(_visits[state], one);
                _places[one.Id] = (state, null);
                break;
            default:
                _places[one.Id] = (visit, iteration);
                break;
        }
    }

    private void Enter(RunEvent one, int? visit, int? iteration)
    {
        string name = one.Subject ?? "";
        // A state that is redriven may be entered anew; its former visit stays what it was.
        int former = _redriven.FindIndex(again => _visits[again].Name == name);
        if (former >= 0)
        {
            _visits[_redriven[former]] = _endedWithRun[_redriven[former]];
            _redriven.RemoveAt(former);
        }
        int number = _visits.Count;
        string type = one.Type[..^"StateEntered".Length];
        _visits.Add(new StateVisit
        {
            Number = number,
            Name = name,
            Type = type,
            EnteredAt = one.At,
            Status = type == "Wait" ? StateStatus.Waiting : StateStatus.Running,
            Input = one.Detail("Input"),
            From = _exits.TryGetValue(one.PreviousId, out int from) ? from : null,
            Parent = visit,
            Iteration = iteration ?? (visit is { } parent ? _visits[parent].Iteration : null),
        });
        _places[one.Id] = (number, null);
        _contexts[number] = (visit, iteration);
    }

    private void Exit(RunEvent one, int? visit)
    {
        // What led to it tells which visit it is; where that is not known (it was redriven), the name does.
        if (visit is not { } number || _visits[number].Name != one.Subject || !_visits[number].IsOpen)
            number = _visits.FindLastIndex(open => open.IsOpen && open.Name == one.Subject);
        if (number < 0) return;
        StateVisit left = _visits[number];
        _visits[number] = left with
        {
            EndedAt = one.At,
            Output = one.Detail("Output"),
            // A state that failed is left only where its error was caught.
            Status = left.Status is StateStatus.Retrying or StateStatus.Failed ? StateStatus.Caught : StateStatus.Succeeded,
        };
        EndWithin(number, one.At);
        _redriven.Remove(number);
        _exits[one.Id] = number;
        _places[one.Id] = _contexts[number];
    }

    // A branch that failed, and those beside it, end with their state, and have no event that says so.
    private void EndWithin(int container, DateTimeOffset at)
    {
        if (_visits[container].Type is not ("Parallel" or "Map")) return;
        for (int number = container + 1; number < _visits.Count; number++)
        {
            if (!_visits[number].IsOpen || !IsWithin(number, container)) continue;
            _visits[number] = Ended(_visits[number], at, _visits[number].Status is StateStatus.Retrying or StateStatus.Failed ? StateStatus.Failed : StateStatus.Stopped);
        }
    }

    private bool IsWithin(int number, int container)
    {
        int? at = _visits[number].Parent;
        while (at is { } parent && parent != container) at = _visits[parent].Parent;
        return at is not null;
    }

    private static StateVisit Ended(StateVisit open, DateTimeOffset at, StateStatus status)
    {
        StateStatus its = status == StateStatus.Failed && open.Attempts is [.., { Status: StateStatus.TimedOut }] ? StateStatus.TimedOut : status;
        return open with
        {
            EndedAt = at,
            Status = its,
            Attempts = [.. open.Attempts.Select(attempt => attempt.EndedAt is null ? attempt with { EndedAt = at, Status = its } : attempt)],
        };
    }

    private void Turn(RunEvent one, int? visit)
    {
        switch (one.Type)
        {
            case "ExecutionSucceeded":
                _isOver = true;
                break;
            case "ExecutionFailed":
                _isOver = visit is { } failed && _visits[failed].Type == "Fail";
                End(one, visit, StateStatus.Failed);
                break;
            case "ExecutionTimedOut":
                End(one, visit, StateStatus.TimedOut);
                break;
            case "ExecutionAborted":
                End(one, visit, StateStatus.Stopped);
                break;
            case "ExecutionRedriven":
                Redrive();
                break;
            default:
                break;
        }
        // What follows a redrive goes on where the run was; nothing else follows these.
        _places[one.Id] = default;
    }

    // What is open ends with the run: the one that the run failed with, and what it is in, failed; the others were stopped.
    private void End(RunEvent one, int? visit, StateStatus status)
    {
        HashSet<int> failing = [];
        int? culprit = visit ?? (_visits.FindLastIndex(open => open.IsOpen) is >= 0 and int last ? last : null);
        for (int? at = culprit; at is { } number; at = _visits[number].Parent) failing.Add(number);
        _endedWithRun.Clear();
        for (int number = 0; number < _visits.Count; number++)
        {
            StateVisit open = _visits[number];
            if (!open.IsOpen) continue;
            bool names = number == culprit && status == StateStatus.Failed;
            _endedWithRun[number] = _visits[number] = Ended(open, one.At, status != StateStatus.Failed || failing.Contains(number) ? status : StateStatus.Stopped) with
            {
                Error = open.Error ?? (names ? one.Detail("Error") : null),
                Cause = open.Cause ?? (names ? one.Detail("Cause") : null),
            };
        }
    }

    private void Redrive()
    {
        _isOver = false;
        _redriven.Clear();
        foreach ((int number, StateVisit ended) in _endedWithRun.OrderBy(one => one.Key))
        {
            _visits[number] = ended with { EndedAt = null, Status = StateStatus.Running };
            _redriven.Add(number);
        }
    }

    private void Iterate(RunEvent one, int? visit)
    {
        int? index = int.TryParse(one.Detail("Index"), CultureInfo.InvariantCulture, out int item) ? item : null;
        // An iteration starts right from its Map state, and ends from somewhere within.
        int? map = visit is { } at && _visits[at].Name == one.Subject ? at : Ancestor(visit, one.Subject);
        _places[one.Id] = (map, one.Type == "MapIterationStarted" ? index : null);
    }

    private int? Ancestor(int? visit, string? name)
    {
        int? at = visit;
        while (at is { } number && _visits[number].Name != name) at = _visits[number].Parent;
        if (at is not null) return at;
        return _visits.FindLastIndex(open => open.IsOpen && open.Name == name) is >= 0 and int found ? found : null;
    }

    /// <summary>The visit that an event of a task or of a container is about.</summary>
    private int? StateOf(RunEvent one, int? visit)
    {
        if (!VisitEvents.Concerns(one.Type)) return null;
        string? container = VisitEvents.ContainerOf(one.Type);
        if (visit is null)
        {
            // The first after a redrive: it goes on with a state of its kind that was open.
            int again = _redriven.FindIndex(number => container is null ? _visits[number].Type == "Task" : _visits[number].Type == container);
            return again < 0 ? null : _redriven[again];
        }
        if (container is null || _visits[visit.Value].Type == container) return visit;
        // A container's end is led to by what is in it.
        int? at = visit;
        while (at is { } number && _visits[number].Type != container) at = _visits[number].Parent;
        return at ?? visit;
    }
}

using Amazon.StepFunctions.Model;

namespace Archiver.Web.Approvals.Fate;

/// <summary>
/// A run's history, or the newest part of it, and what it tells of the tasks in it. Every event names the one that led to it, which
/// is followed here: branches and iterations interleave, and neighbours need not have to do with each other. It holds
/// task tokens, and so lives no longer than the reading of it.
/// </summary>
internal sealed class TaskHistory
{
    private readonly Dictionary<long, HistoryEvent> _events = [];
    private readonly Dictionary<long, List<HistoryEvent>> _followers = [];
    private readonly Dictionary<string, HistoryEvent> _asked = new(StringComparer.Ordinal);

    // What is looked for by its place in the history, in the order of the events' numbers.
    private readonly SortedDictionary<long, HistoryEvent> _run = [];
    private readonly SortedDictionary<long, HistoryEvent> _containerEnds = [];
    private readonly SortedDictionary<long, HistoryEvent> _questions = [];
    private readonly SortedSet<long> _entered = [];

    /// <summary>Whether it goes back to the run's start.</summary>
    public bool IsWhole => _events.ContainsKey(1);

    /// <summary>Reads what a history tells of one task.</summary>
    /// <param name="events">The whole history, in any order.</param>
    /// <param name="id">The task's token, as <see cref="Inbox.TaskTokenHash"/> names it.</param>
    public static TaskFate Read(IEnumerable<HistoryEvent> events, string id)
    {
        TaskHistory history = new();
        history.Add(events);
        return history.FateOf(id) ?? new TaskFate.Unknown();
    }

    /// <summary>Adds the next older part.</summary>
    /// <param name="events">Those that come right before what is there, none left out; in any order.</param>
    public void Add(IEnumerable<HistoryEvent> events)
    {
        foreach (HistoryEvent one in events)
        {
            long number = one.Id!.Value;
            if (!_events.TryAdd(number, one)) continue;
            if (!_followers.TryGetValue(Before(one), out List<HistoryEvent>? followers)) _followers[Before(one)] = followers = [];
            followers.Add(one);
            if (one.EndsRun() || one.Type.Value == "ExecutionRedriven") _run.Add(number, one);
            if (one.EndsContainer()) _containerEnds.Add(number, one);
            if (one.EntersState()) _entered.Add(number);
            if (!one.AsksWithToken()) continue;
            _questions.Add(number, one);
            foreach (string hash in TaskTokenSearch.HashesIn(one.TaskScheduledEventDetails.Parameters)) Asked(hash, one);
        }
    }

    // A token that a later task is given as data, too, is still the first one's.
    private void Asked(string hash, HistoryEvent one)
    {
        if (!_asked.TryGetValue(hash, out HistoryEvent? other) || other.Id > one.Id) _asked[hash] = one;
    }

    /// <summary>What became of a task; nothing while only an older part of the history can tell.</summary>
    /// <param name="id">The task's token, as <see cref="Inbox.TaskTokenHash"/> names it.</param>
    public TaskFate? FateOf(string id)
    {
        if (!_asked.TryGetValue(id, out HistoryEvent? task)) return IsWhole ? new TaskFate.Unknown() : null;
        (HistoryEvent? end, bool submitted) = EndOf(task);
        return end?.Type.Value switch
        {
            null => FateWithRun(task),
            "TaskSucceeded" => new TaskFate.Answered(end.At(), true, end.TaskSucceededEventDetails?.Output, null, null),
            // Before the call was through it is the call that failed; after it, only whoever holds the token can fail the task.
            "TaskFailed" when submitted =>
                new TaskFate.Answered(end.At(), false, null, end.TaskFailedEventDetails?.Error, end.TaskFailedEventDetails?.Cause),
            "TaskTimedOut" => (TaskFate?)AskedAgain(task, end) ?? new TaskFate.TimedOut(end.At()),
            _ => (TaskFate?)AskedAgain(task, end) ?? (RunEndRightAfter(end) is { } over ? FateOfRun(over) : Abandoned(end)),
        };
    }

    private static TaskFate.Abandoned Abandoned(HistoryEvent end) => new(
        end.At(),
        end.TaskFailedEventDetails?.Error ?? end.TaskSubmitFailedEventDetails?.Error ?? end.TaskStartFailedEventDetails?.Error,
        end.TaskFailedEventDetails?.Cause ?? end.TaskSubmitFailedEventDetails?.Cause ?? end.TaskStartFailedEventDetails?.Cause);

    /// <summary>The event that ended a task itself, if one did, and whether its call had got through before.</summary>
    private (HistoryEvent? End, bool Submitted) EndOf(HistoryEvent task)
    {
        bool submitted = false;
        for (HistoryEvent? step = task; step is not null;)
        {
            List<HistoryEvent> next = Followers(step);
            if (next.Find(EventKinds.EndsTask) is { } end) return (end, submitted);
            step = next.Find(EventKinds.IsUnderWay);
            submitted |= step?.Type.Value == "TaskSubmitted";
        }
        return (null, submitted);
    }

    /// <summary>The fate of a task that nothing ended by itself: it shares that of its run, or of the state that holds it.</summary>
    private TaskFate? FateWithRun(HistoryEvent task)
    {
        if (RunEndAfter(task) is { } over) return (TaskFate?)AskedAfterRedrive(task, over) ?? FateOfRun(over);
        HistoryEvent[] ends = [.. _containerEnds.Values.Where(one => one.Id > task.Id)];
        if (ends.Length == 0) return new TaskFate.Waiting();

        if (Containers(task) is not { } around) return null;
        foreach (HistoryEvent end in ends)
        {
            if (Containers(end) is not { } ended) return null;
            if (ended.Count > 0 && around.Contains(ended[0])) return new TaskFate.Abandoned(end.At(), null, null);
        }
        return new TaskFate.Waiting();
    }

    /// <summary>Whether a task that ended was tried again, with another token.</summary>
    private TaskFate.Superseded? AskedAgain(HistoryEvent task, HistoryEvent end)
    {
        if (Followers(end).Find(one => one.Type.Value == "TaskScheduled") is { } retry) return new TaskFate.Superseded(retry.At());
        return RunEndRightAfter(end) is { } over ? AskedAfterRedrive(task, over) : null;
    }

    /// <summary>
    /// Whether a redrive asked anew. Its first task follows the redrive, not the task that it repeats; among several, the one that
    /// was called with the same, but for the token, is it.
    /// </summary>
    private TaskFate.Superseded? AskedAfterRedrive(HistoryEvent task, HistoryEvent over)
    {
        HistoryEvent? redrive = _run.Values.FirstOrDefault(one => one.Id > over.Id);
        if (redrive?.Type.Value != "ExecutionRedriven") return null;
        long until = _run.Values.FirstOrDefault(one => one.Id > redrive.Id)?.Id ?? long.MaxValue;
        HistoryEvent[] anew =
        [
            .. _questions.Values.Where(one => one.Id > redrive.Id && one.Id < until
                && one.TaskScheduledEventDetails.ResourceType == task.TaskScheduledEventDetails.ResourceType
                && one.TaskScheduledEventDetails.Resource == task.TaskScheduledEventDetails.Resource
                && IsRepeat(one, task, redrive)),
        ];
        HistoryEvent? repeat = anew.Length == 1 ? anew[0] : Array.Find(anew, one => IsCalledLike(one, task));
        return repeat is null ? null : new TaskFate.Superseded(repeat.At());
    }

    /// <summary>Whether a task goes on where the run was when it ended, instead of in a state that was entered since.</summary>
    private bool IsRepeat(HistoryEvent one, HistoryEvent task, HistoryEvent redrive)
    {
        HistoryEvent? before = Leading(one);
        for (; before is not null && before.Id > task.Id; before = Leading(before))
        {
            if (before.EntersState()) return false;
            if (before == redrive) return true;
        }
        return before == task;
    }

    private static bool IsCalledLike(HistoryEvent one, HistoryEvent other)
    {
        string left = one.TaskScheduledEventDetails.Parameters ?? "", right = other.TaskScheduledEventDetails.Parameters ?? "";
        int head = left.AsSpan().CommonPrefixLength(right);
        int tail = 0;
        while (tail < Math.Min(left.Length, right.Length) - head && left[^(tail + 1)] == right[^(tail + 1)]) tail++;
        // What is left between the two is one text without a quotation mark in it: the token.
        return !left.AsSpan(head, left.Length - head - tail).Contains('"') && !right.AsSpan(head, right.Length - head - tail).Contains('"');
    }

    private HistoryEvent? RunEndAfter(HistoryEvent one) => _run.Values.FirstOrDefault(each => each.Id > one.Id && each.EndsRun());

    /// <summary>The end of the run that an event led to: no state was entered in between.</summary>
    private HistoryEvent? RunEndRightAfter(HistoryEvent one) =>
        RunEndAfter(one) is { } over && _entered.GetViewBetween(one.Id!.Value, over.Id!.Value).Count == 0 ? over : null;

    private static TaskFate FateOfRun(HistoryEvent over) => over.Type.Value switch
    {
        "ExecutionAborted" => new TaskFate.RunStopped(over.At(), over.ExecutionAbortedEventDetails?.Cause),
        "ExecutionFailed" => new TaskFate.RunFailed(over.At(), over.ExecutionFailedEventDetails?.Error, over.ExecutionFailedEventDetails?.Cause),
        "ExecutionTimedOut" => new TaskFate.RunTimedOut(over.At()),
        _ => new TaskFate.Abandoned(over.At(), null, null),
    };

    /// <summary>
    /// The Parallel and Map states that an event is in, by the numbers of their entries, the innermost first; nothing when the
    /// history does not go back far enough.
    /// </summary>
    private List<long>? Containers(HistoryEvent one)
    {
        List<long> entries = [];
        int left = 0;
        HistoryEvent before = one;
        while (Before(before) != 0)
        {
            if (!_events.TryGetValue(Before(before), out HistoryEvent? leading)) return null;
            before = leading;
            if (before.ExitsContainer()) left++;
            else if (before.EntersContainer() && left > 0) left--;
            else if (before.EntersContainer()) entries.Add(before.Id!.Value);
        }
        return entries;
    }

    private HistoryEvent? Leading(HistoryEvent one) => _events.GetValueOrDefault(Before(one));

    private List<HistoryEvent> Followers(HistoryEvent one) => _followers.GetValueOrDefault(one.Id!.Value) ?? [];

    private static long Before(HistoryEvent one) => one.PreviousEventId ?? 0;
}

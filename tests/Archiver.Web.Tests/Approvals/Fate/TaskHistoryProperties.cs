using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.Inbox;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Approvals.Fate;

/// <summary>Branches whose tasks are asked, answered, timed out and tried again in any interleaving, and what must hold of all of them.</summary>
public sealed class TaskHistoryProperties
{
    private const int Branches = 5;

    [Property(MaxTest = 200)]
    public bool Fate_OfEveryTask_IsWhatWasDoneToIt(NonEmptyArray<byte> steps, byte end)
    {
        (HistoryBuilder history, Dictionary<string, Type> expected) = Play(steps.Get, end);
        return expected.All(pair => TaskHistory.Read(history.Events, TaskTokenHash.Of(pair.Key)).GetType() == pair.Value);
    }

    [Property(MaxTest = 200)]
    public bool Fate_ReadBackwardsByPages_IsThatOfTheWholeAndNeverChanges(NonEmptyArray<byte> steps, byte end, PositiveInt pageSize)
    {
        (HistoryBuilder built, Dictionary<string, Type> expected) = Play(steps.Get, end);
        int size = 1 + (pageSize.Get % 20);
        TaskHistory history = new();
        Dictionary<string, TaskFate> told = [];
        for (int until = built.Events.Count; until > 0; until -= size)
        {
            history.Add(built.Events.Take(until).Skip(Math.Max(0, until - size)).Reverse());
            foreach (string token in expected.Keys)
            {
                TaskFate? fate = history.FateOf(TaskTokenHash.Of(token));
                if (told.TryGetValue(token, out TaskFate? before) && fate != before) return false;
                if (fate is not null) told[token] = fate;
            }
        }
        return history.IsWhole && expected.Keys.All(token => told[token] == TaskHistory.Read(built.Events, TaskTokenHash.Of(token)));
    }

    private static (HistoryBuilder History, Dictionary<string, Type> Expected) Play(byte[] steps, byte end)
    {
        HistoryBuilder history = new();
        Dictionary<string, Type> expected = [];
        long parallel = history.Add("ParallelStateStarted", history.Enter("Parallel"));
        long[] at = [.. Enumerable.Repeat(parallel, Branches)];
        string?[] open = new string?[Branches];
        int tokens = 0;
        foreach (byte step in steps)
        {
            int branch = step % Branches;
            switch ((step / Branches) % 6, open[branch])
            {
                case (_, null):
                    at[branch] = history.Ask(Ask(branch), at[branch]);
                    break;
                case (0, _):
                    End(branch, history.Exit("Task", history.Succeed(at[branch])), typeof(TaskFate.Answered));
                    break;
                case (1, _):
                    End(branch, history.Exit("Task", history.Fail(at[branch])), typeof(TaskFate.Answered));
                    break;
                case (2, _):
                    End(branch, history.Exit("Task", history.TimeOut(at[branch])), typeof(TaskFate.TimedOut));
                    break;
                case (3, _):
                    End(branch, history.TimeOut(at[branch]), typeof(TaskFate.Superseded));
                    at[branch] = history.Wait(Ask(branch), at[branch]);
                    break;
                case (4, _):
                    // A state within the branch ends beside the open task of another.
                    int other = (branch + 1) % Branches;
                    if (open[other] is not null) break;
                    long inner = history.Pass(history.Add("ParallelStateStarted", history.Enter("Parallel", at[other])));
                    at[other] = history.Exit("Parallel", history.Add("ParallelStateSucceeded", inner));
                    break;
                default:
                    history.Add("MapRunStarted", at[branch]); // of no meaning to a task
                    break;
            }
        }
        Type? ended = (end % 4) switch { 0 => typeof(TaskFate.RunStopped), 1 => typeof(TaskFate.RunFailed), 2 => typeof(TaskFate.RunTimedOut), _ => null };
        if (ended == typeof(TaskFate.RunStopped)) history.StopRun();
        if (ended == typeof(TaskFate.RunFailed)) history.FailRun();
        if (ended == typeof(TaskFate.RunTimedOut)) history.Add("ExecutionTimedOut");
        foreach (string? token in open)
        {
            if (token is not null) expected[token] = ended ?? typeof(TaskFate.Waiting);
        }
        return (history, expected);

        string Ask(int branch) => open[branch] = $"token {++tokens}";

        void End(int branch, long last, Type fate)
        {
            expected[open[branch]!] = fate;
            (open[branch], at[branch]) = (null, last);
        }
    }
}

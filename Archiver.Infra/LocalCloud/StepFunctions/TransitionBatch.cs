using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>Transitions of one execution that follow one another and become durable together.</summary>
internal sealed class TransitionBatch
{
    /// <summary>Begins with a transition.</summary>
    public TransitionBatch(Transition first)
    {
        Snapshot = first.Snapshot;
        Then(first);
    }

    /// <summary>Where the execution stands after all of them.</summary>
    public ExecutionSnapshot Snapshot { get; private set; }

    /// <summary>What its history gained.</summary>
    public List<HistoryEvent> Events { get; } = [];

    /// <summary>The timers that they ask for.</summary>
    public List<ExecutionEffect.ScheduleTimer> Timers { get; } = [];

    /// <summary>The calls that they ask for.</summary>
    public List<ExecutionEffect.ScheduleTask> Calls { get; } = [];

    /// <summary>Adds the next transition; one that was not applied changes nothing.</summary>
    public void Then(Transition next)
    {
        if (!next.Applied)
            return;
        Snapshot = next.Snapshot;
        Events.AddRange(next.Events);
        foreach (ExecutionEffect effect in next.Effects)
        {
            switch (effect)
            {
                case ExecutionEffect.ScheduleTimer timer:
                    Timers.Add(timer);
                    break;
                case ExecutionEffect.ScheduleTask task:
                    Calls.Add(task);
                    break;
                default:
                    throw new InvalidOperationException($"An effect of a kind that is not known: {effect}.");
            }
        }
    }
}

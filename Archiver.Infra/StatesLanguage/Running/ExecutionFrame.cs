using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Running;

/// <summary>What a level of an execution waits for.</summary>
internal enum FrameWait
{
    /// <summary>Nothing: the level is where it ended.</summary>
    None,

    /// <summary>The open task <see cref="ExecutionFrame.TaskId"/>.</summary>
    Task,

    /// <summary>The end of a Wait state, at <see cref="ExecutionFrame.WakeAt"/>.</summary>
    Wait,

    /// <summary>The next attempt of a retried state, at <see cref="ExecutionFrame.WakeAt"/>.</summary>
    Retry,

    /// <summary>Its turn: the step before had run through enough states (<see cref="StatesLimits.TransitionsPerStep"/>).</summary>
    Turn,
}

/// <summary>
/// One level at which an execution stands in a state. A machine without concurrent states has one; a Parallel or Map state's
/// branches are the children of the frame that entered it, which is why a frame and not the snapshot holds the state.
/// </summary>
internal sealed record ExecutionFrame
{
    /// <summary>The state that this level is in, or that it ended in.</summary>
    public required string State { get; init; }

    /// <summary>The state's raw input, as it was entered with.</summary>
    public required JsonNode? Input { get; init; }

    /// <summary>When the state was entered (<c>$$.State.EnteredTime</c>).</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>The event that says so.</summary>
    public long EnteredEventId { get; init; }

    /// <summary>The newest event of this level, to which its next one links.</summary>
    public required long LastEventId { get; init; }

    /// <summary>The state's retries so far (<c>$$.State.RetryCount</c>).</summary>
    public int RetryCount { get; init; }

    /// <summary>The retries so far of each of the state's retriers, in their order.</summary>
    public IReadOnlyList<int> RetrierCounts { get; init; } = [];

    /// <summary>What the level waits for.</summary>
    public FrameWait Waiting { get; init; }

    /// <summary>The open task that it waits for.</summary>
    public string? TaskId { get; init; }

    /// <summary>The timer that it waits for.</summary>
    public string? TimerId { get; init; }

    /// <summary>When that timer is due.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>The levels below: the branches of a concurrent state.</summary>
    public IReadOnlyList<ExecutionFrame> Branches { get; init; } = [];
}

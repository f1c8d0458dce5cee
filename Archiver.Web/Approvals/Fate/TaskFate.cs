namespace Archiver.Web.Approvals.Fate;

/// <summary>
/// What became of the task that waits with one task token, as its run's history tells it. The service's own refusal,
/// <c>TaskTimedOut</c>, says only that nothing waits with the token any more.
/// </summary>
internal abstract record TaskFate
{
    private TaskFate() { }

    /// <summary>The case's name and no more: an answer is a run's data, which belongs into no log.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>It waits still.</summary>
    public sealed record Waiting : TaskFate;

    /// <summary>Somebody answered with this very token: <c>SendTaskSuccess</c> or <c>SendTaskFailure</c>, of whomever.</summary>
    /// <param name="At">When.</param>
    /// <param name="Success">Which of the two.</param>
    /// <param name="Output">The answer, JSON, as it was given; of a success.</param>
    /// <param name="Error">The error's name, where one was given; of a failure.</param>
    /// <param name="Cause">The cause, where one was given; of a failure.</param>
    public sealed record Answered(DateTimeOffset At, bool Success, string? Output, string? Error, string? Cause) : TaskFate;

    /// <summary>Nobody answered in time, or the heartbeat failed to come; the state was not tried again.</summary>
    /// <param name="At">When.</param>
    public sealed record TimedOut(DateTimeOffset At) : TaskFate;

    /// <summary>The state was tried again with a new token, by its <c>Retry</c> or by a redrive: the newer one is what the run waits with.</summary>
    /// <param name="At">When the new token was given out.</param>
    public sealed record Superseded(DateTimeOffset At) : TaskFate;

    /// <summary>The run was stopped while the task waited.</summary>
    /// <param name="At">When.</param>
    /// <param name="Cause">Why, where whoever stopped it said so.</param>
    public sealed record RunStopped(DateTimeOffset At, string? Cause) : TaskFate;

    /// <summary>The run failed while the task waited.</summary>
    /// <param name="At">When.</param>
    /// <param name="Error">The error's name.</param>
    /// <param name="Cause">The cause.</param>
    public sealed record RunFailed(DateTimeOffset At, string? Error, string? Cause) : TaskFate;

    /// <summary>The run's own time ran out while the task waited.</summary>
    /// <param name="At">When.</param>
    public sealed record RunTimedOut(DateTimeOffset At) : TaskFate;

    /// <summary>
    /// The run went on without an answer: another branch failed and took this one's with it, or the state's own call failed
    /// after it had given the token out.
    /// </summary>
    /// <param name="At">When.</param>
    /// <param name="Error">The error's name, where the call failed.</param>
    /// <param name="Cause">The cause, where the call failed.</param>
    public sealed record Abandoned(DateTimeOffset At, string? Error, string? Cause) : TaskFate;

    /// <summary>There is no such run any more: a history is kept for 90 days after the end.</summary>
    public sealed record RunGone : TaskFate;

    /// <summary>The history can't tell: it has no task with this token, or can't be read.</summary>
    public sealed record Unknown : TaskFate;
}

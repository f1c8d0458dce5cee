using Amazon.StepFunctions;

namespace Archiver.Web.Runs;

/// <summary>A run as a list shows it.</summary>
/// <param name="Name">The execution's name.</param>
/// <param name="Arn">The execution's ARN.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="StoppedAt">When it ended, once it did.</param>
public sealed record RunSummary(string Name, string Arn, ExecutionStatus Status, DateTimeOffset StartedAt, DateTimeOffset? StoppedAt);

/// <summary>A page of the list of runs, newest first.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="NextToken">What reads the next page; nothing at the end.</param>
public sealed record RunsPage(IReadOnlyList<RunSummary> Runs, string? NextToken);

/// <summary>A run as its own page shows it.</summary>
/// <param name="Summary">What the list shows.</param>
/// <param name="Input">What it was started with, JSON.</param>
/// <param name="Output">What it gave, JSON, once it succeeded.</param>
/// <param name="Error">The error's name, once it failed, timed out or was stopped.</param>
/// <param name="Cause">The error's cause.</param>
/// <param name="CanRedrive">Whether it can go on from where it failed.</param>
public sealed record RunDetails(RunSummary Summary, string? Input, string? Output, string? Error, string? Cause, bool CanRedrive);

/// <summary>One event of a run's history.</summary>
/// <param name="Id">From 1.</param>
/// <param name="At">When.</param>
/// <param name="Type">Such as <c>TaskStateEntered</c>.</param>
/// <param name="Subject">The state or the resource that it is about, where it is about one.</param>
/// <param name="Details">What more it says, by member, with task tokens hidden.</param>
public sealed record RunEvent(long Id, DateTimeOffset At, string Type, string? Subject, IReadOnlyList<RunEventDetail> Details)
{
    /// <summary>The event that led to it; 0 for none.</summary>
    public long PreviousId { get; init; }

    /// <summary>A member of what more it says; nothing where it has none of that name.</summary>
    public string? Detail(string name)
    {
        foreach (RunEventDetail detail in Details)
        {
            if (detail.Name == name) return detail.Value;
        }
        return null;
    }
}

/// <summary>A member of an event's details.</summary>
/// <param name="Name">Such as <c>Input</c>.</param>
/// <param name="Value">Its value; JSON is indented.</param>
public sealed record RunEventDetail(string Name, string Value);

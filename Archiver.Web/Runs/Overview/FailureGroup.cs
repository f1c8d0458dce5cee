namespace Archiver.Web.Runs.Overview;

/// <summary>A run that failed, and why.</summary>
/// <param name="Run">The run.</param>
/// <param name="Error">The error's name; empty where none was given.</param>
/// <param name="Cause">The error's cause.</param>
public sealed record RunFailure(RunSummary Run, string Error, string? Cause);

/// <summary>Runs that failed with the same error.</summary>
/// <param name="Error">The error's name; empty where none was given.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Latest">The one that ended last.</param>
public sealed record FailureGroup(string Error, int Count, RunFailure Latest)
{
    /// <summary>Puts failures together by their errors, the most frequent first.</summary>
    public static IReadOnlyList<FailureGroup> Of(IEnumerable<RunFailure> failures) =>
    [
        .. failures.GroupBy(failure => failure.Error, StringComparer.Ordinal)
            .Select(group => new FailureGroup(group.Key, group.Count(), group.MaxBy(failure => failure.Run.StoppedAt ?? failure.Run.StartedAt)!))
            .OrderByDescending(group => group.Count).ThenBy(group => group.Error, StringComparer.Ordinal),
    ];
}

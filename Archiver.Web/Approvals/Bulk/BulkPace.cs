using System.Collections.Concurrent;
using Archiver.Web.Cloud;
using Archiver.Web.Shell.Hardening;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>
/// The pace of decisions that are given for many at once: what a person may ask of the process in a second otherwise, whatever number of
/// tabs they do it in.
/// </summary>
internal sealed class BulkPace(IOptions<LimitsOptions> limits, TimeProvider time) : IDisposable
{
    // One for each person who ever decided on many at once here: few, and small.
    private readonly ConcurrentDictionary<string, PersonPace> _paces = new(StringComparer.Ordinal);

    /// <summary>Waits until a person may give the next one.</summary>
    /// <param name="personId">Who.</param>
    public Task WaitAsync(string personId, CancellationToken cancellationToken) =>
        _paces.GetOrAdd(personId, _ => new PersonPace(limits.Value.RequestsPerSecond, time)).WaitAsync(CallPriority.Person, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PersonPace pace in _paces.Values) pace.Dispose();
    }

    // A fifth of a second's worth is saved up: the rest of the process is to get its turns in between.
    private sealed class PersonPace(int perSecond, TimeProvider time) : CallPace(perSecond, Math.Max(BulkRun.AtOnce, perSecond / 5), 0, time);
}

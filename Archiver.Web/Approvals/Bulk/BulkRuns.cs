using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>The decision on many that this circuit is about: it goes on while its person looks at other pages, and ends with the circuit.</summary>
internal sealed class BulkRuns(BulkWork work) : IDisposable
{
    /// <summary>There is another one, or none any more.</summary>
    public event Action? Changed;

    /// <summary>The one that is under way, or whose results were not put away yet.</summary>
    public BulkRun? Current { get; private set; }

    /// <summary>Makes the next one; it is not begun yet.</summary>
    /// <param name="approvals">What is decided on, as the person had it in front of them.</param>
    /// <param name="decision">What is decided.</param>
    public BulkRun Create(IEnumerable<Approval> approvals, BulkDecision decision)
    {
        Current?.Dispose();
        Current = new BulkRun(approvals, decision, work);
        Changed?.Invoke();
        return Current;
    }

    /// <summary>Puts the results away.</summary>
    public void Clear()
    {
        if (Current is not { } run) return;
        run.Dispose();
        Current = null;
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose() => Current?.Dispose();
}

using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Approvals.Intake;

/// <summary>Listens to what is told of approvals, and can fail to.</summary>
internal sealed class TellableEvents : IApprovalEvents
{
    private readonly Lock _lock = new();

    public List<(string Kind, string Id)> Told { get; } = [];

    public Exception? Failure { get; set; }

    public Task AskedAsync(Approval approval, CancellationToken cancellationToken) => Tell("asked", approval);

    public Task DecidedAsync(Approval approval, CancellationToken cancellationToken) => Tell("decided", approval);

    private Task Tell(string kind, Approval approval)
    {
        if (Failure is { } failure) return Task.FromException(failure);
        lock (_lock) Told.Add((kind, approval.Id));
        return Task.CompletedTask;
    }
}

using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals;

/// <summary>Whoever wants to be told of what happens to approvals. It is told at least once, also across crashes: whoever tells it repeats that with the step that it is part of.</summary>
internal interface IApprovalEvents
{
    /// <summary>A workflow asked. On return, that is as durable as the row.</summary>
    /// <exception cref="Exception">It could not be told, as <see cref="Cloud.CloudFailure"/> knows it; it is to be told again.</exception>
    Task AskedAsync(Approval approval, CancellationToken cancellationToken);

    /// <summary>A run was told what was decided. On return, that is as durable as the row.</summary>
    /// <exception cref="Exception">It could not be told, as <see cref="Cloud.CloudFailure"/> knows it; it is to be told again.</exception>
    Task DecidedAsync(Approval approval, CancellationToken cancellationToken);
}

/// <summary>Nobody wants to be told.</summary>
internal sealed class NoApprovalEvents : IApprovalEvents
{
    /// <inheritdoc/>
    public Task AskedAsync(Approval approval, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DecidedAsync(Approval approval, CancellationToken cancellationToken) => Task.CompletedTask;
}

using System.Text.Json;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>Tells a run what was decided, and records that it knows or why it can't be told.</summary>
internal sealed partial class DecisionDelivery(
    IAmazonStepFunctions stepFunctions, ApprovalsStore store, ApprovalsFeed feed, DeliverySchedule schedule, RunState runs, ILogger<DecisionDelivery> logger)
{
    /// <summary>Sets a decision on its way, so that nobody can take it back any more.</summary>
    /// <returns>What is to be sent; nothing where there is nothing to send for this version: it was taken back, or another replica sends it.</returns>
    public async Task<DueDelivery?> BeginAsync(DueDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Approval.Status == ApprovalStatus.Sending) return delivery;
        ChangeOutcome change = await store.BeginSendingAsync(delivery.Approval.Id, delivery.Approval.Version, cancellationToken);
        if (change is { Won: true, Approval: { } sending })
        {
            schedule.Advance(sending);
            feed.Publish(sending);
            return delivery with { Approval = sending, TaskToken = change.TaskToken };
        }
        if (change.Approval is { } other) feed.Publish(other);
        return null;
    }

    /// <summary>Sends one decision. Safe to repeat: the token takes one answer, and the row one ending.</summary>
    public async Task SendAsync(DueDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Approval is not { Status: ApprovalStatus.Sending, Decision: { } decision } approval) return;
        if ((delivery.TaskToken ?? await store.GetTaskTokenAsync(approval.Id, cancellationToken)) is not { } token) return;

        Closing? refusal = null;
        string? detail = null;
        try
        {
            await stepFunctions.SendTaskSuccessAsync(
                new SendTaskSuccessRequest { TaskToken = token, Output = JsonSerializer.Serialize(decision, ContractsJson.Default.Decision) }, cancellationToken);
        }
        catch (AmazonStepFunctionsException exception) when (exception is TaskTimedOutException or TaskDoesNotExistException or InvalidTokenException)
        {
            refusal = await ExplainAsync(approval, decision, exception, cancellationToken);
            if (refusal is null) detail = "An earlier attempt had got through; only its answer was lost.";
        }

        ChangeOutcome change = refusal is null
            ? await store.MarkDeliveredAsync(approval.Id, approval.Version, detail, cancellationToken)
            : await store.CloseAsync(approval, refusal, cancellationToken);
        if (change.Approval is { } settled) feed.Publish(settled);
        if (refusal is not null) LogRefused(logger, approval.Id, refusal.Reason);
    }

    // The error alone does not tell an earlier call of ours that got through from a run that ended: the run's history does.
    private async Task<Closing?> ExplainAsync(Approval approval, Decision decision, AmazonStepFunctionsException exception, CancellationToken cancellationToken)
    {
        if (exception is not TaskTimedOutException) return new Closing(ClosedReason.TokenUnknown);
        return await runs.HasDecisionAsync(approval, decision, cancellationToken)
            ? null
            : await runs.WhyNotWaitingAsync(approval, cancellationToken) ?? new Closing(ClosedReason.AnsweredElsewhere);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The decision on {Id} was not taken: {Reason}")]
    private static partial void LogRefused(ILogger logger, string id, ClosedReason reason);
}

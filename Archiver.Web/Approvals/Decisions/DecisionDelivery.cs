using System.Text.Json;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>Tells a run what was decided, and records that it knows or why it can't be told.</summary>
internal sealed partial class DecisionDelivery(
    IAmazonStepFunctions stepFunctions, ApprovalsStore store, ApprovalsFeed feed, RunState runs, TimeProvider time, ILogger<DecisionDelivery> logger)
{
    /// <summary>Delivers one decision. Safe to repeat: the token takes one answer, and the row one ending.</summary>
    public async Task DeliverAsync(Approval approval, CancellationToken cancellationToken)
    {
        if (approval is not { Status: ApprovalStatus.Decided, Decision: { } decision }) return;
        if (await store.GetTaskTokenAsync(approval.Id, cancellationToken) is not { } token) return;

        string? refusal = null;
        try
        {
            await stepFunctions.SendTaskSuccessAsync(
                new SendTaskSuccessRequest { TaskToken = token, Output = JsonSerializer.Serialize(decision, ContractsJson.Default.Decision) }, cancellationToken);
        }
        catch (AmazonStepFunctionsException exception) when (exception is TaskTimedOutException or TaskDoesNotExistException or InvalidTokenException)
        {
            refusal = await ExplainAsync(approval, decision, exception, cancellationToken);
        }

        ChangeOutcome change = refusal is null
            ? await store.MarkDeliveredAsync(approval.Id, approval.Version, time.GetUtcNow(), cancellationToken)
            : await store.CloseAsync(approval, refusal, cancellationToken);
        if (change.Approval is { } settled) feed.Publish(settled);
        if (refusal is not null) LogRefused(logger, approval.Id, refusal);
    }

    // The error alone does not tell an earlier call of ours that got through from a run that ended: the run's history does.
    private async Task<string?> ExplainAsync(Approval approval, Decision decision, AmazonStepFunctionsException exception, CancellationToken cancellationToken)
    {
        if (exception is not TaskTimedOutException) return "The workflow does not know this approval's task token.";
        return await runs.HasDecisionAsync(approval, decision, cancellationToken)
            ? null
            : await runs.WhyNotWaitingAsync(approval, cancellationToken) ?? "The workflow no longer waits for this decision: it was answered elsewhere, or its time ran out.";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The decision on {Id} was not taken: {Refusal}")]
    private static partial void LogRefused(ILogger logger, string id, string refusal);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>Tells a run what was decided, and records that it knows or why it can't be told.</summary>
internal sealed partial class DecisionDelivery(
    IAmazonStepFunctions stepFunctions, ApprovalsStore store, ApprovalsFeed feed, DeliverySchedule schedule, TaskFateReader fates, SendPace pace,
    IApprovalEvents events, ILogger<DecisionDelivery> logger)
{
    // The service may show an event a moment late.
    private const int MostLooks = 8;

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
    /// <returns>Whether that was the end of it; else it is to be tried again, since the history does not show yet what refused it.</returns>
    public async Task<bool> SendAsync(DueDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Approval is not { Status: ApprovalStatus.Sending, Decision: { } decision } approval) return true;
        if ((delivery.TaskToken ?? await store.GetTaskTokenAsync(approval.Id, cancellationToken)) is not { } token) return true;
        string output = JsonSerializer.Serialize(decision, ContractsJson.Default.Decision);

        Closing? refusal = null;
        string? detail = null;
        try
        {
            await pace.WaitAsync(CallPriority.Person, cancellationToken);
            await stepFunctions.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = output }, cancellationToken);
        }
        catch (Exception exception) when (exception is TaskDoesNotExistException or InvalidTokenException)
        {
            refusal = new Closing(ClosedReason.TokenUnknown);
        }
        catch (TaskTimedOutException)
        {
            // The error alone does not tell an earlier call of ours that got through from a run that went on: its history does.
            TaskFate fate = approval.ExecutionArn is { } run
                ? await fates.ReadAsync(run, approval.Id, CallPriority.Person, cancellationToken)
                : new TaskFate.Unknown();
            if (fate is TaskFate.Waiting && delivery.Failures < MostLooks) return false;
            if (fate is TaskFate.Answered { Success: true, Output: { } answer } && IsSame(answer, output))
                detail = "An earlier attempt had got through; only its answer was lost.";
            else
                refusal = FateClosing.Of(fate) ?? new Closing(ClosedReason.Unexplained);
        }

        // Before the row says that all is done: a crash in between repeats it.
        if (refusal is null) await events.DecidedAsync(approval, cancellationToken);
        ChangeOutcome change = refusal is null
            ? await store.MarkDeliveredAsync(approval.Id, approval.Version, detail, cancellationToken)
            : await store.CloseAsync(approval, refusal, cancellationToken);
        if (change.Approval is { } settled) feed.Publish(settled);
        if (refusal is not null) LogRefused(logger, approval.Id, refusal.Reason);
        return true;
    }

    private static bool IsSame(string answer, string output)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(answer), JsonNode.Parse(output));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The decision on {Id} was not taken: {Reason}")]
    private static partial void LogRefused(ILogger logger, string id, ClosedReason reason);
}

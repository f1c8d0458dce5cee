using System.Text.Json;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>Asks a run where it stands, to say of an approval what is true of it.</summary>
internal sealed class RunState(IAmazonStepFunctions stepFunctions)
{
    /// <summary>Why the run no longer waits for anything; nothing while it runs, or when there is no telling.</summary>
    public async Task<Closing?> WhyNotWaitingAsync(Approval approval, CancellationToken cancellationToken)
    {
        if (approval.ExecutionArn is not { } arn) return null;
        try
        {
            DescribeExecutionResponse run = await stepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = arn }, cancellationToken);
            if (run.Status == ExecutionStatus.RUNNING || run.Status == ExecutionStatus.PENDING_REDRIVE) return null;
            ClosedReason reason = run.Status == ExecutionStatus.ABORTED ? ClosedReason.RunStopped
                : run.Status == ExecutionStatus.TIMED_OUT ? ClosedReason.RunTimedOut
                : run.Status == ExecutionStatus.FAILED ? ClosedReason.RunFailed
                : ClosedReason.RunEnded;
            return new Closing(reason, run.StopDate is { } at ? new DateTimeOffset(at.ToUniversalTime()) : null, run.Cause);
        }
        catch (AmazonStepFunctionsException exception) when (exception is ExecutionDoesNotExistException or InvalidArnException)
        {
            return new Closing(ClosedReason.RunGone);
        }
    }

    /// <summary>Whether the run has this very decision: an earlier call of ours got through, and only its answer was lost.</summary>
    public async Task<bool> HasDecisionAsync(Approval approval, Decision decision, CancellationToken cancellationToken)
    {
        if (approval.ExecutionArn is not { } arn) return false;
        string expected = JsonSerializer.Serialize(decision, ContractsJson.Default.Decision);
        GetExecutionHistoryRequest request = new() { ExecutionArn = arn, ReverseOrder = true, MaxResults = 200 };
        try
        {
            do
            {
                GetExecutionHistoryResponse page = await stepFunctions.GetExecutionHistoryAsync(request, cancellationToken);
                if (page.Events?.Any(one => one.TaskSucceededEventDetails?.Output == expected) == true) return true;
                request.NextToken = page.NextToken;
            }
            while (request.NextToken is not null);
        }
        catch (ExecutionDoesNotExistException)
        {
            // History goes 90 days after the end.
        }
        return false;
    }
}

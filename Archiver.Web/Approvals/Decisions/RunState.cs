using System.Text.Json;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>Asks a run where it stands, to say of an approval what is true of it.</summary>
internal sealed class RunState(IAmazonStepFunctions stepFunctions)
{
    /// <summary>Why the run no longer waits for anything, a sentence; nothing while it runs, or when there is no telling.</summary>
    public async Task<string?> WhyNotWaitingAsync(Approval approval, CancellationToken cancellationToken)
    {
        if (approval.ExecutionArn is not { } arn) return null;
        try
        {
            DescribeExecutionResponse run = await stepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = arn }, cancellationToken);
            if (run.Status == ExecutionStatus.RUNNING || run.Status == ExecutionStatus.PENDING_REDRIVE) return null;
            string reason = run.Cause is { Length: > 0 } cause ? $" ({cause})" : "";
            return run.Status == ExecutionStatus.ABORTED ? $"The run was stopped{reason}."
                : run.Status == ExecutionStatus.TIMED_OUT ? "The run's time ran out."
                : run.Status == ExecutionStatus.FAILED ? $"The run failed{reason}."
                : "The run went on and ended: nobody answered here in time, or it was answered elsewhere.";
        }
        catch (AmazonStepFunctionsException exception) when (exception is ExecutionDoesNotExistException or InvalidArnException)
        {
            return "The run does not exist any more.";
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

using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Fate;

/// <summary>
/// Asks a run's history what became of its tasks: from the newest event backwards, and no further than it takes. What it reads
/// holds task tokens; none of it is kept or logged. The service may show an event a moment late, so that a task which
/// was refused this very second can be told to wait still.
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
/// </summary>
internal sealed class TaskFateReader(IAmazonStepFunctions stepFunctions, HistoryPace pace)
{
    /// <summary>
    /// How many pages of one history are read at most; where they don't tell, the fate is <see cref="TaskFate.Unknown"/>. A history has
    /// 25,000 events at most, so that only pages which the service cuts short, for their bytes, are past this.
    /// </summary>
    public const int MostPages = 30;

    // What waits or just ended is at the end, and a page of all that the service gives is some hundred kilobytes.
    private const int FirstPage = 100;
    private const int NextPages = 1000;

    /// <summary>Reads one task's fate.</summary>
    /// <param name="executionArn">The run that gave the token out.</param>
    /// <param name="id">The token, as <see cref="Inbox.TaskTokenHash"/> names it: the approval's id.</param>
    /// <param name="priority">Who waits for it.</param>
    /// <exception cref="AmazonStepFunctionsException">The service throttles, or fails.</exception>
    public async Task<TaskFate> ReadAsync(string executionArn, string id, CallPriority priority, CancellationToken cancellationToken) =>
        (await ReadAsync(executionArn, [id], priority, cancellationToken))[id];

    /// <summary>Reads the fates of several tasks of one run for the price of one.</summary>
    /// <returns>The fate of each.</returns>
    /// <inheritdoc cref="ReadAsync(string, string, CallPriority, CancellationToken)"/>
    /// <param name="ids">The tokens, as <see cref="Inbox.TaskTokenHash"/> names them.</param>
    public async Task<IReadOnlyDictionary<string, TaskFate>> ReadAsync(
        string executionArn, IReadOnlyCollection<string> ids, CallPriority priority, CancellationToken cancellationToken)
    {
        Dictionary<string, TaskFate> fates = new(StringComparer.Ordinal);
        List<string> open = [.. ids.Distinct(StringComparer.Ordinal)];
        TaskHistory history = new();
        GetExecutionHistoryRequest request = new() { ExecutionArn = executionArn, ReverseOrder = true, IncludeExecutionData = true, MaxResults = FirstPage };
        for (int pages = 0; pages < MostPages && open.Count > 0; pages++)
        {
            GetExecutionHistoryResponse page;
            await pace.WaitAsync(priority, cancellationToken);
            try
            {
                page = await stepFunctions.GetExecutionHistoryAsync(request, cancellationToken);
            }
            catch (AmazonStepFunctionsException exception) when (OfUnreadable(exception) is { } fate)
            {
                foreach (string id in open) fates[id] = fate;
                return fates;
            }

            history.Add((page.Events ?? []).Select(WithoutData));
            open.RemoveAll(id => history.FateOf(id) is { } fate && fates.TryAdd(id, fate));
            if (page.NextToken is null) break;
            request.NextToken = page.NextToken;
            request.MaxResults = NextPages;
        }
        foreach (string id in open) fates[id] = new TaskFate.Unknown();
        return fates;
    }

    // Asked again, each of these is answered the same; everything else may pass.
    private static TaskFate? OfUnreadable(AmazonStepFunctionsException exception) => exception switch
    {
        ExecutionDoesNotExistException => new TaskFate.RunGone(),
        InvalidArnException => new TaskFate.Unknown(), // a message may call its run what it likes
        { ErrorCode: "AccessDeniedException" or "ValidationException" or "KmsAccessDeniedException" or "KmsInvalidStateException" } => new TaskFate.Unknown(),
        _ => null,
    };

    // The states' inputs and outputs are most of a history's bytes, and tell nothing here.
    private static HistoryEvent WithoutData(HistoryEvent one)
    {
        one.ExecutionStartedEventDetails = null;
        one.StateEnteredEventDetails = null;
        one.StateExitedEventDetails = null;
        one.LambdaFunctionScheduledEventDetails = null;
        one.LambdaFunctionSucceededEventDetails = null;
        if (one.TaskSubmittedEventDetails is { } submitted) submitted.Output = null;
        return one;
    }
}

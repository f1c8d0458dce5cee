using System.Globalization;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Archiver.Web.Tests.Approvals.Fate;

/// <summary>Histories by their runs' ARNs, newest events first, a page at a time as the service gives them.</summary>
internal sealed class FakeHistory() : AmazonStepFunctionsClient(
    new AnonymousAWSCredentials(), new AmazonStepFunctionsConfig { ServiceURL = "http://127.0.0.1:1", AuthenticationRegion = "us-east-1" })
{
    /// <summary>The histories.</summary>
    public Dictionary<string, HistoryBuilder> Runs { get; } = [];

    /// <summary>What was asked, run by run.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What a run's calls fail with.</summary>
    public Func<string, Exception?> Failure { get; set; } = _ => null;

    /// <summary>The most events a page has, whatever was asked for.</summary>
    public int LongestPage { get; set; } = 1000;

    public override async Task<GetExecutionHistoryResponse> GetExecutionHistoryAsync(GetExecutionHistoryRequest request, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        Asked.Add(request.ExecutionArn);
        Assert.True(request.ReverseOrder);
        if (Failure(request.ExecutionArn) is { } failure) throw failure;
        if (!Runs.TryGetValue(request.ExecutionArn, out HistoryBuilder? history)) throw new ExecutionDoesNotExistException("Execution Does Not Exist");
        int until = request.NextToken is { } token ? int.Parse(token, CultureInfo.InvariantCulture) : history.Events.Count;
        int from = Math.Max(0, until - Math.Min(LongestPage, request.MaxResults ?? 100));
        return new GetExecutionHistoryResponse
        {
            Events = [.. history.Events.Skip(from).Take(until - from).Reverse()],
            NextToken = from == 0 ? null : from.ToString(CultureInfo.InvariantCulture),
        };
    }
}

using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.GetExecutionHistoryAsync"/> takes.</summary>
public class GetExecutionHistoryRequest : AmazonStepFunctionsRequest
{
    /// <summary>The ARN of the execution.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ExecutionArn { get; set; }

    /// <summary>How many to give a page, 1,000 at most; 0 is the default of 100.</summary>
    [AWSProperty(Min = 0, Max = 1000)]
    public int? MaxResults { get; set; }

    /// <summary>True for the newest event first.</summary>
    public bool? ReverseOrder { get; set; }

    /// <summary>The token that the page before gave; null for the first page.</summary>
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }

    /// <summary>False leaves inputs and outputs out of the events; true is the default.</summary>
    public bool? IncludeExecutionData { get; set; }
}

using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.ListExecutionsAsync"/> takes.</summary>
public class ListExecutionsRequest : AmazonStepFunctionsRequest
{
    /// <summary>The ARN of the state machine whose executions are listed. Give this or <see cref="MapRunArn"/>.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>The status to list; null for every status.</summary>
    public ExecutionStatus StatusFilter { get; set; }

    /// <summary>How many to give a page, 1,000 at most; 0 is the default of 100.</summary>
    [AWSProperty(Min = 0, Max = 1000)]
    public int? MaxResults { get; set; }

    /// <summary>The token that the page before gave; null for the first page.</summary>
    [AWSProperty(Min = 1, Max = 3096)]
    public string NextToken { get; set; }

    /// <summary>The ARN of the Map Run whose child executions are listed. Give this or <see cref="StateMachineArn"/>.</summary>
    [AWSProperty(Min = 1, Max = 2000)]
    public string MapRunArn { get; set; }

    /// <summary>Lists only what was, or only what was not, redriven; null for both.</summary>
    public ExecutionRedriveFilter RedriveFilter { get; set; }
}

using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.ListStateMachinesAsync"/> takes.</summary>
public class ListStateMachinesRequest : AmazonStepFunctionsRequest
{
    /// <summary>How many to give a page, 1,000 at most; 0 is the default of 100.</summary>
    [AWSProperty(Min = 0, Max = 1000)]
    public int? MaxResults { get; set; }

    /// <summary>The token that the page before gave; null for the first page.</summary>
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }
}

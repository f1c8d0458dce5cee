using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.ListExecutionsAsync"/> gives.</summary>
public class ListExecutionsResponse : AmazonWebServiceResponse
{
    /// <summary>The executions of this page, the newest first.</summary>
    [AWSProperty(Required = true)]
    public List<ExecutionListItem> Executions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The token of the next page, good for 24 hours; null on the last page.</summary>
    [AWSProperty(Min = 1, Max = 3096)]
    public string NextToken { get; set; }
}

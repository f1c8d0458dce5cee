using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.ListStateMachinesAsync"/> gives.</summary>
public class ListStateMachinesResponse : AmazonWebServiceResponse
{
    /// <summary>The machines of this page.</summary>
    [AWSProperty(Required = true)]
    public List<StateMachineListItem> StateMachines { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The token of the next page, good for 24 hours; null on the last page.</summary>
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }
}

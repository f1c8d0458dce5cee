using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.GetExecutionHistoryAsync"/> gives.</summary>
public class GetExecutionHistoryResponse : AmazonWebServiceResponse
{
    /// <summary>The events of this page, in the order that was asked for.</summary>
    [AWSProperty(Required = true)]
    public List<HistoryEvent> Events { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The token of the next page, good for 24 hours; null on the last page.</summary>
    [AWSProperty(Min = 1, Max = 1024)]
    public string NextToken { get; set; }
}

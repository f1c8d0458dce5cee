using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.DescribeStateMachineForExecutionAsync"/> gives.</summary>
public class DescribeStateMachineForExecutionResponse : AmazonWebServiceResponse
{
    /// <summary>The ARN of the state machine.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>The name of the state machine.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>The machine's definition in the Amazon States Language.</summary>
    [AWSProperty(Required = true, Sensitive = true, Min = 1, Max = 1048576)]
    public string Definition { get; set; }

    /// <summary>The ARN of the role that the state machine runs as.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string RoleArn { get; set; }

    /// <summary>When the machine was updated last before the execution started.</summary>
    [AWSProperty(Required = true)]
    public DateTime? UpdateDate { get; set; }

    /// <summary>What is logged, and where to.</summary>
    public LoggingConfiguration LoggingConfiguration { get; set; }

    /// <summary>Whether X-Ray tracing is on.</summary>
    public TracingConfiguration TracingConfiguration { get; set; }

    /// <summary>The ARN of the Map Run that started the child execution; null for any other.</summary>
    [AWSProperty(Min = 1, Max = 2000)]
    public string MapRunArn { get; set; }

    /// <summary>The label of a Map state, where the ARN carries one.</summary>
    public string Label { get; set; }

    /// <summary>The revision of definition and role; null before the first update.</summary>
    public string RevisionId { get; set; }

    /// <summary>The key that encrypts the machine and its executions.</summary>
    public EncryptionConfiguration EncryptionConfiguration { get; set; }

    /// <summary>The variables that each state refers to, by the state's name.</summary>
    [AWSProperty(Sensitive = true)]
    public Dictionary<string, List<string>> VariableReferences { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

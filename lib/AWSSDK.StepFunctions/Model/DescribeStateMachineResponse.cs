using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.DescribeStateMachineAsync"/> gives.</summary>
public class DescribeStateMachineResponse : AmazonWebServiceResponse
{
    /// <summary>The ARN of the state machine.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>The name of the state machine.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>The status of the state machine.</summary>
    public StateMachineStatus Status { get; set; }

    /// <summary>The machine's definition in the Amazon States Language.</summary>
    [AWSProperty(Required = true, Sensitive = true, Min = 1, Max = 1048576)]
    public string Definition { get; set; }

    /// <summary>The ARN of the role that the state machine runs as.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string RoleArn { get; set; }

    /// <summary><c>STANDARD</c> or <c>EXPRESS</c>.</summary>
    [AWSProperty(Required = true)]
    public StateMachineType Type { get; set; }

    /// <summary>When the machine, or the version that was asked for, was created.</summary>
    [AWSProperty(Required = true)]
    public DateTime? CreationDate { get; set; }

    /// <summary>What is logged, and where to.</summary>
    public LoggingConfiguration LoggingConfiguration { get; set; }

    /// <summary>Whether X-Ray tracing is on.</summary>
    public TracingConfiguration TracingConfiguration { get; set; }

    /// <summary>The label of a Map state, where the ARN carries one.</summary>
    public string Label { get; set; }

    /// <summary>The revision of definition and role; null before the first update.</summary>
    public string RevisionId { get; set; }

    /// <summary>The description of the version that was asked for.</summary>
    [AWSProperty(Sensitive = true, Max = 256)]
    public string Description { get; set; }

    /// <summary>The key that encrypts the machine and its executions.</summary>
    public EncryptionConfiguration EncryptionConfiguration { get; set; }

    /// <summary>The variables that each state refers to, by the state's name.</summary>
    [AWSProperty(Sensitive = true)]
    public Dictionary<string, List<string>> VariableReferences { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

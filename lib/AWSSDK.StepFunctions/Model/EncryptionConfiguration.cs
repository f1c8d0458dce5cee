using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>The key that encrypts a state machine and its executions at rest.</summary>
public class EncryptionConfiguration
{
    /// <summary>The key: an ARN, an id or an alias.</summary>
    [AWSProperty(Min = 1, Max = 2048)]
    public string KmsKeyId { get; set; }

    /// <summary>How long a data key is used before a new one is asked for, in seconds: 60 to 900, 300 by default.</summary>
    [AWSProperty(Min = 60, Max = 900)]
    public int? KmsDataKeyReusePeriodSeconds { get; set; }

    /// <summary>Whose key it is.</summary>
    [AWSProperty(Required = true)]
    public EncryptionType Type { get; set; }
}

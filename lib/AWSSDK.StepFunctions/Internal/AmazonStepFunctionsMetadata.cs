using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Internal;

/// <summary>What the runtime needs to know of the service.</summary>
public class AmazonStepFunctionsMetadata : IServiceMetadata
{
    internal const string Id = "SFN";

    /// <summary>The service's id in the AWS SDKs: <c>SFN</c>.</summary>
    public string ServiceId => Id;

    /// <summary>Operations whose name here is not the one on the wire: none.</summary>
    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}

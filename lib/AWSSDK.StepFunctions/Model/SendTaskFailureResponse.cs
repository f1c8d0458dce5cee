using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.SendTaskFailureAsync"/> gives.</summary>
public class SendTaskFailureResponse : AmazonWebServiceResponse;

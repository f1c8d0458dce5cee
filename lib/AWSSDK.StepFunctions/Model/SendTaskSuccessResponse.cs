using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.SendTaskSuccessAsync"/> gives.</summary>
public class SendTaskSuccessResponse : AmazonWebServiceResponse;

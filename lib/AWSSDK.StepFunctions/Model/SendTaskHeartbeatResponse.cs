using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.SendTaskHeartbeatAsync"/> gives.</summary>
public class SendTaskHeartbeatResponse : AmazonWebServiceResponse;

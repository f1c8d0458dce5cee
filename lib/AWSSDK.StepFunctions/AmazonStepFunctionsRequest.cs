using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>The base of every request to AWS Step Functions.</summary>
public class AmazonStepFunctionsRequest : AmazonWebServiceRequest;

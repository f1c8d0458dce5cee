using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary>Names a service's refusal as Step Functions does.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html</remarks>
internal static class ServiceErrors
{
    /// <summary>The failed task of a refused call: <c>SQS.QueueDoesNotExistException</c>,
    /// <c>DynamoDB.ConditionalCheckFailedException</c>.</summary>
    public static TaskOutcome.Failed ToFailure(AwsError error, string serviceId)
    {
        string name = error.Code.EndsWith("Exception", StringComparison.Ordinal) ? error.Code : error.Code + "Exception";
        return new TaskOutcome.Failed(
            $"{serviceId}.{name}",
            $"{error.Message} (Service: {serviceId}; Status Code: {error.StatusCode}; Error Code: {error.Code}; Request ID: {Guid.NewGuid()}; Proxy: null)");
    }
}

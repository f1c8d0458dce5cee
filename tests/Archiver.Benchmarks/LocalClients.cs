using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.StepFunctions;

namespace Archiver.Benchmarks;

/// <summary>The real SDK's clients for a local cloud.</summary>
internal sealed class LocalClients(Uri endpoint) : IDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("local", "local");

    public AmazonStepFunctionsClient StepFunctions { get; } =
        new(Credentials, new AmazonStepFunctionsConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" });

    public AmazonSQSClient Sqs { get; } =
        new(Credentials, new AmazonSQSConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" });

    public AmazonDynamoDBClient DynamoDb { get; } =
        new(Credentials, new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" });

    public void Dispose()
    {
        StepFunctions.Dispose();
        Sqs.Dispose();
        DynamoDb.Dispose();
    }
}

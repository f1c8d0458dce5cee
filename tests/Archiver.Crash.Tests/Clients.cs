using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.StepFunctions;

namespace Archiver.Crash.Tests;

/// <summary>The test's own way to a local cloud: a call fails at once where the cloud is gone.</summary>
internal sealed class Clients(Uri endpoint) : IDisposable
{
    private static readonly BasicAWSCredentials Anybody = new("local", "local");

    public AmazonDynamoDBClient DynamoDb { get; } = new(Anybody, Configured(new AmazonDynamoDBConfig(), endpoint));

    public AmazonSQSClient Sqs { get; } = new(Anybody, Configured(new AmazonSQSConfig(), endpoint));

    public AmazonStepFunctionsClient StepFunctions { get; } = new(Anybody, Configured(new AmazonStepFunctionsConfig(), endpoint));

    public void Dispose()
    {
        DynamoDb.Dispose();
        Sqs.Dispose();
        StepFunctions.Dispose();
    }

    private static T Configured<T>(T config, Uri endpoint) where T : ClientConfig
    {
        config.ServiceURL = endpoint.ToString();
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = 0;
        return config;
    }
}

using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.SQS;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Infra.Tests.LocalCloud;
using Archiver.Infra.Tests.LocalCloud.DynamoDb;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The whole stack of the template in a local cloud of its own, with the SDK's clients.</summary>
internal sealed class DeployedStack : IAsyncDisposable
{
    public const string Inbox = "archiver-inbox-000000000000";
    public const string Archive = "archiver-archive-000000000000";
    public const string Rejected = "archiver-rejected-000000000000";
    public const string Machine = "arn:aws:states:us-east-1:000000000000:stateMachine:archiver-ArchiverStateMachine";
    public const string ExpressMachine = "arn:aws:states:us-east-1:000000000000:stateMachine:archiver-express";

    private readonly TestCloud _cloud;

    private DeployedStack(TestCloud cloud)
    {
        _cloud = cloud;
        S3 = cloud.Client(new AmazonS3Config { ForcePathStyle = true }, (credentials, config) => new AmazonS3Client(credentials, config));
        Sqs = cloud.Client(new AmazonSQSConfig(), (credentials, config) => new AmazonSQSClient(credentials, config));
        // StartSyncExecution goes to a host of its own, which a local cloud has not.
        StepFunctions = cloud.Client(
            new AmazonStepFunctionsConfig { DisableHostPrefixInjection = true }, (credentials, config) => new AmazonStepFunctionsClient(credentials, config));
        DynamoDb = DynamoDbFixture.Connect(cloud);
    }

    public AmazonS3Client S3 { get; }

    public AmazonSQSClient Sqs { get; }

    public AmazonStepFunctionsClient StepFunctions { get; }

    public AmazonDynamoDBClient DynamoDb { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<DeployedStack> StartAsync() =>
        new(await TestCloud.StartAsync(templatePath: Path.Combine(AppContext.BaseDirectory, "template.yaml")));

    public async ValueTask DisposeAsync()
    {
        S3.Dispose();
        Sqs.Dispose();
        StepFunctions.Dispose();
        DynamoDb.Dispose();
        await _cloud.DisposeAsync();
    }

    /// <summary>Waits until a run has ended.</summary>
    public async Task<DescribeExecutionResponse> EndAsync(string arn)
    {
        while (true)
        {
            DescribeExecutionResponse run = await StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = arn }, Cancel);
            if (run.Status != ExecutionStatus.RUNNING) return run;
        }
    }

    /// <summary>The result that a run has recorded.</summary>
    public async Task<Dictionary<string, AttributeValue>> RecordAsync(string name) =>
        (await DynamoDb.GetItemAsync("archiver-ArchiveTable", new() { ["Id"] = new AttributeValue(name) }, Cancel)).Item;
}

using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.StepFunctions;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Events;
using Archiver.Infra.LocalCloud.StepFunctions;
using Archiver.Infra.Tests.LocalCloud.DynamoDb;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.Tests.LocalCloud.Events;

/// <summary>A local cloud with a stack, and the clients for what events lead to.</summary>
internal sealed class EventsCloud : IAsyncDisposable
{
    private readonly HttpClient _http;

    private EventsCloud(TestCloud cloud)
    {
        Cloud = cloud;
        _http = new HttpClient { BaseAddress = cloud.Endpoint };
        S3 = cloud.Client(new AmazonS3Config { ForcePathStyle = true }, (credentials, config) => new AmazonS3Client(credentials, config));
        Sqs = cloud.Client(new AmazonSQSConfig(), (credentials, config) => new AmazonSQSClient(credentials, config));
        StepFunctions = cloud.Client(new AmazonStepFunctionsConfig(), (credentials, config) => new AmazonStepFunctionsClient(credentials, config));
        DynamoDb = DynamoDbFixture.Connect(cloud);
    }

    public TestCloud Cloud { get; }

    public AmazonS3Client S3 { get; }

    public AmazonSQSClient Sqs { get; }

    public AmazonStepFunctionsClient StepFunctions { get; }

    public AmazonDynamoDBClient DynamoDb { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a cloud with a template, or with the deployed one.</summary>
    public static async Task<EventsCloud> StartAsync(
        string? template = null, string? dataDirectory = null, TimeProvider? time = null, Action<LocalCloudOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        if (template is null)
            return new EventsCloud(await TestCloud.StartAsync(time, Path.Combine(AppContext.BaseDirectory, "template.yaml"), dataDirectory, configure, loggers));
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, template, Cancel);
            return new EventsCloud(await TestCloud.StartAsync(time, file, dataDirectory, configure, loggers));
        }
        finally
        {
            File.Delete(file);
        }
    }

    public T Get<T>() where T : notnull => Cloud.Server.Services.GetRequiredService<T>();

    /// <summary>Waits until everything that is owed now was told, delivered and run.</summary>
    public async Task SettleAsync()
    {
        await Get<ObjectEventSource>().Pump.RunNowAsync(Cancel);
        await Get<EventDelivery>().Pump.RunNowAsync(Cancel);
        await Get<ExecutionEngine>().WhenIdleAsync();
    }

    public Task<PutObjectResponse> PutAsync(string bucket, string key, string content = "words") =>
        S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = content }, Cancel);

    /// <summary>The bodies of the messages in a queue, ten at most.</summary>
    public async Task<List<Amazon.SQS.Model.Message>> MessagesAsync(string queue) => (await Sqs.ReceiveMessageAsync(
        new Amazon.SQS.Model.ReceiveMessageRequest
        {
            QueueUrl = (await Sqs.GetQueueUrlAsync(queue, Cancel)).QueueUrl, MaxNumberOfMessages = 10, MessageAttributeNames = ["All"], VisibilityTimeout = 0,
        }, Cancel)).Messages ?? [];

    /// <summary>Makes a call to EventBridge by plain HTTP.</summary>
    public async Task<(int Status, JsonObject Body)> PostAsync(string operation, JsonObject body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/");
        request.Headers.Add("X-Amz-Target", $"AWSEvents.{operation}");
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1");
        using HttpResponseMessage response = await _http.SendAsync(request, Cancel);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!.AsObject());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        S3.Dispose();
        Sqs.Dispose();
        StepFunctions.Dispose();
        DynamoDb.Dispose();
        await Cloud.DisposeAsync();
    }
}

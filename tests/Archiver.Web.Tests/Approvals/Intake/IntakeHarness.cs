using System.Net;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.DeadLetters;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Approvals.Replicas;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals.Intake;

/// <summary>The intake over queues of its own, with clients whose calls a test can make fail on their way. Time stands still till it is advanced.</summary>
internal sealed class IntakeHarness : IDisposable
{
    private readonly CloudFixture _cloud;
    private readonly AmazonSQSClient _sqs;
    private readonly AmazonDynamoDBClient _dynamoDb;
    private int _underWay;

    private IntakeHarness(CloudFixture cloud, CloudResources resources)
    {
        _cloud = cloud;
        Resources = resources;
        string endpoint = cloud.Connection.Options.DefaultClientConfig.ServiceURL;
        _sqs = new(
            new BasicAWSCredentials("local", "local"),
            new AmazonSQSConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, HttpClientFactory = new FaultyClients(this) });
        _dynamoDb = new(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, HttpClientFactory = new FaultyClients(this) });
        Status = new IntakeStatus(Time);
        Store = new ApprovalsStore(_dynamoDb, resources, new Replica(Time), Options.Create(new ApprovalsOptions()), Time);
        Intake = new ApprovalIntake(_sqs, Store, Feed, Status, resources, Events, Time, NullLogger<ApprovalIntake>.Instance);
        DeadLetters = new DeadLetterQueue(_sqs, resources, Time, NullLogger<DeadLetterQueue>.Instance);
        DeadLetterIntake = new DeadLetterIntake(DeadLetters, Intake, Status, Time, NullLogger<DeadLetterIntake>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public CloudResources Resources { get; }

    public ApprovalsFeed Feed { get; } = new();

    public IntakeStatus Status { get; }

    public TellableEvents Events { get; } = new();

    public ApprovalsStore Store { get; }

    public ApprovalIntake Intake { get; }

    public DeadLetterQueue DeadLetters { get; }

    public DeadLetterIntake DeadLetterIntake { get; }

    /// <summary>Sees every call, and answers in the cloud's place where it gives an answer.</summary>
    public Func<string, string, HttpResponseMessage?>? Fault { get; set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Makes the queues.</summary>
    /// <param name="maxReceives">After how many receives a message is a dead letter; 0 for never.</param>
    public static async Task<IntakeHarness> CreateAsync(CloudFixture cloud, int maxReceives = 5)
    {
        string name = $"intake-{Guid.NewGuid():N}";
        (string queue, string deadLetters) = await CreateQueuesAsync(cloud, name, maxReceives);
        return new IntakeHarness(cloud, cloud.Resources with { HumanQueueUrl = queue, DeadLetterQueueUrl = deadLetters });
    }

    /// <summary>Makes a queue and its dead-letter queue.</summary>
    public static async Task<(string Queue, string DeadLetters)> CreateQueuesAsync(CloudFixture cloud, string name, int maxReceives)
    {
        string deadLetters = (await cloud.Sqs.CreateQueueAsync(name + "-dead", Cancel)).QueueUrl;
        string arn = (await cloud.Sqs.GetQueueAttributesAsync(deadLetters, ["QueueArn"], Cancel)).QueueARN;
        CreateQueueRequest request = new() { QueueName = name };
        if (maxReceives > 0) request.Attributes = new() { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":{{maxReceives}}}""" };
        return ((await cloud.Sqs.CreateQueueAsync(request, Cancel)).QueueUrl, deadLetters);
    }

    /// <summary>An answer with which AWS's JSON services refuse.</summary>
    public static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0") };

    public static HttpResponseMessage Broken() => Answer(HttpStatusCode.InternalServerError, """{"__type":"com.amazonaws#InternalServerError","message":"It is broken."}""");

    public async Task<string> SendAsync(string body, string? queue = null) =>
        (await _cloud.Sqs.SendMessageAsync(queue ?? Resources.HumanQueueUrl, body, Cancel)).MessageId;

    public async Task<QueueCount> CountAsync(string? queue = null) =>
        await new MessageQueue(_cloud.Sqs, queue ?? Resources.HumanQueueUrl, TimeProvider.System).CountAsync(Cancel);

    /// <summary>What is there to be received now.</summary>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(string queue) => (await _cloud.Sqs.ReceiveMessageAsync(
        new ReceiveMessageRequest { QueueUrl = queue, MaxNumberOfMessages = 10, WaitTimeSeconds = 0, MessageSystemAttributeNames = ["All"], MessageAttributeNames = ["All"] }, Cancel)).Messages ?? [];

    /// <summary>Completes when the intake's state is as wanted.</summary>
    public async Task UntilAsync(Func<IntakeState, bool> wanted)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (wanted(Status.State)) reached.TrySetResult();
        }
        Status.Changed += Look;
        Look();
        await reached.Task.WaitAsync(Cancel);
        Status.Changed -= Look;
    }

    /// <summary>Lets time go by until something is so. It stands still while a call is under way: that takes as long as it takes.</summary>
    public async Task AdvanceUntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            if (Volatile.Read(ref _underWay) == 0) Time.Advance(TimeSpan.FromMilliseconds(100));
            await CountAsync(); // a real call, beside which what was waited for goes on
        }
    }

    /// <inheritdoc cref="AdvanceUntilAsync(Func{Task{bool}})"/>
    public async Task AdvanceUntilAsync(Task task)
    {
        await AdvanceUntilAsync(() => Task.FromResult(task.IsCompleted));
        await task;
    }

    public void Dispose()
    {
        DeadLetters.Dispose();
        _sqs.Dispose();
        _dynamoDb.Dispose();
    }

    private sealed class FaultyClients(IntakeHarness harness) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new FaultyHandler(harness));
    }

    private sealed class FaultyHandler(IntakeHarness harness) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref harness._underWay);
            try
            {
                string operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1];
                string body = await request.Content!.ReadAsStringAsync(cancellationToken);
                return harness.Fault?.Invoke(operation, body) ?? await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref harness._underWay);
            }
        }
    }
}

using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Sqs;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

/// <summary>A local cloud with a watched clock, and the real SDK's client for its queues.</summary>
internal sealed class SqsCloud : IAsyncDisposable
{
    private SqsCloud(TestCloud cloud, WatchedTime time)
    {
        Cloud = cloud;
        Time = time;
        Client = cloud.Client(new AmazonSQSConfig(), (credentials, config) => new AmazonSQSClient(credentials, config));
    }

    public TestCloud Cloud { get; }

    public WatchedTime Time { get; }

    public AmazonSQSClient Client { get; }

    public SqsService Service => Cloud.Server.Services.GetRequiredService<SqsService>();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SqsCloud> StartAsync(WatchedTime? time = null, string? dataDirectory = null)
    {
        time ??= new WatchedTime();
        return new SqsCloud(await TestCloud.StartAsync(time, dataDirectory: dataDirectory), time);
    }

    public T Get<T>() where T : notnull => Cloud.Server.Services.GetRequiredService<T>();

    /// <summary>Makes a queue and gives its URL.</summary>
    public async Task<string> QueueAsync(string name = "orders", params (string Name, string Value)[] attributes) =>
        (await Client.CreateQueueAsync(
            new CreateQueueRequest { QueueName = name, Attributes = attributes.ToDictionary(pair => pair.Name, pair => pair.Value) }, Token)).QueueUrl;

    /// <summary>Makes a queue <c>orders</c> whose messages go to <c>dead</c> after some receives.</summary>
    public async Task<(string Url, string DeadUrl)> QueueWithDeadLettersAsync(int maxReceiveCount)
    {
        string dead = await QueueAsync("dead");
        string url = await QueueAsync("orders",
            ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{ArnOf("dead")}}","maxReceiveCount":"{{maxReceiveCount}}"}"""));
        return (url, dead);
    }

    public static string ArnOf(string name) => new CloudIdentity().Arn("sqs", name);

    public async Task<string> SendAsync(string url, string body = "hello", int? delaySeconds = null) =>
        (await Client.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = body, DelaySeconds = delaySeconds }, Token)).MessageId;

    /// <summary>Receives up to ten messages with all their attributes, without waiting unless told to.</summary>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(
        string url, int maxMessages = 10, int? visibilityTimeout = null, int waitSeconds = 0, CancellationToken? cancellationToken = null) =>
        (await Client.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = url,
                MaxNumberOfMessages = maxMessages,
                VisibilityTimeout = visibilityTimeout,
                WaitTimeSeconds = waitSeconds,
                MessageSystemAttributeNames = ["All"],
                MessageAttributeNames = ["All"],
            },
            cancellationToken ?? Token)).Messages ?? [];

    public async Task<Message> ReceiveOneAsync(string url, int? visibilityTimeout = null) =>
        Assert.Single(await ReceiveAsync(url, 1, visibilityTimeout));

    public async Task<IReadOnlyDictionary<string, string>> AttributesAsync(string url, params List<string> names) =>
        (await Client.GetQueueAttributesAsync(url, names.Count == 0 ? ["All"] : names, Token)).Attributes ?? [];

    /// <summary>The numbers of messages that are visible, in flight and delayed.</summary>
    public async Task<(int Visible, int InFlight, int Delayed)> CountsAsync(string url)
    {
        IReadOnlyDictionary<string, string> attributes = await AttributesAsync(url);
        return (Count("ApproximateNumberOfMessages"), Count("ApproximateNumberOfMessagesNotVisible"), Count("ApproximateNumberOfMessagesDelayed"));

        int Count(string name) => int.Parse(attributes[name], CultureInfo.InvariantCulture);
    }

    /// <summary>Asserts that a call is refused with the code that the protocol of old has for it, which is what clients show.</summary>
    public static async Task<AmazonSQSException> RefusedAsync(string code, Func<Task> call)
    {
        AmazonSQSException exception = await Assert.ThrowsAnyAsync<AmazonSQSException>(call);
        Assert.Equal(code, exception.ErrorCode);
        return exception;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cloud.DisposeAsync();
    }
}

using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Archiver.EndToEnd;

/// <summary>The human queue of a cloud, as any state machine writes to it.</summary>
internal static class HumanQueue
{
    public static async Task SendAsync(Uri cloud, string body)
    {
        using AmazonSQSClient sqs = new(new BasicAWSCredentials("local", "local"), new AmazonSQSConfig { ServiceURL = cloud.ToString(), AuthenticationRegion = "us-east-1" });
        string queue = Assert.Single((await sqs.ListQueuesAsync(new ListQueuesRequest(), TestContext.Current.CancellationToken)).QueueUrls, url => url.Contains("HumanSQS", StringComparison.Ordinal));
        await sqs.SendMessageAsync(queue, body, TestContext.Current.CancellationToken);
    }
}

using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Web.Cloud;

namespace Archiver.CrashSubject;

/// <summary>Fits the human queue to a life of a second.</summary>
internal static class ShortQueue
{
    /// <summary>
    /// Messages come back two seconds after whoever received them was killed, not thirty, and as often as that takes: a hundred
    /// crashes in two minutes are more than the five receives of the template are made for.
    /// </summary>
    public static async Task SetAsync(IAmazonSQS sqs, CloudResources cloud)
    {
        GetQueueAttributesResponse deadLetters = await sqs.GetQueueAttributesAsync(cloud.DeadLetterQueueUrl, ["QueueArn"]);
        await sqs.SetQueueAttributesAsync(cloud.HumanQueueUrl, new()
        {
            ["VisibilityTimeout"] = "2",
            ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{deadLetters.QueueARN}}","maxReceiveCount":1000}""",
        });
    }
}

using Amazon.SQS.Model;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public sealed class SqsRestartTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("archiver-sqs-");
    private readonly WatchedTime _time = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Restart_QueuesAndMessages_AreAsTheyWere()
    {
        IReadOnlyDictionary<string, string> before;
        await using (SqsCloud sqs = await StartAsync())
        {
            (string url, _) = await sqs.QueueWithDeadLettersAsync(2);
            await sqs.Client.TagQueueAsync(new TagQueueRequest { QueueUrl = url, Tags = new() { ["team"] = "a" } }, SqsCloud.Token);
            await sqs.Client.SendMessageAsync(
                new SendMessageRequest
                {
                    QueueUrl = url,
                    MessageBody = "visible",
                    MessageAttributes = new() { ["bytes"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([7]) } },
                },
                SqsCloud.Token);
            await sqs.SendAsync(url, "delayed", delaySeconds: 600);
            before = await sqs.AttributesAsync(url);
        }

        await using (SqsCloud sqs = await StartAsync())
        {
            string url = (await sqs.Client.GetQueueUrlAsync("orders", SqsCloud.Token)).QueueUrl;
            Assert.Equal(before, await sqs.AttributesAsync(url));
            Assert.Equal("a", (await sqs.Client.ListQueueTagsAsync(new ListQueueTagsRequest { QueueUrl = url }, SqsCloud.Token)).Tags["team"]);
            Message message = await sqs.ReceiveOneAsync(url);
            Assert.Equal("visible", message.Body);
            Assert.Equal([7], message.MessageAttributes["bytes"].BinaryValue.ToArray());
            _time.Advance(TimeSpan.FromSeconds(600));
            Assert.Contains("delayed", (await sqs.ReceiveAsync(url)).Select(one => one.Body));
        }
    }

    [Fact]
    public async Task Restart_MessageInFlight_ComesBackAfterItsTimeOutAndItsHandleStaysGood()
    {
        Message held, lost;
        await using (SqsCloud sqs = await StartAsync())
        {
            string url = await sqs.QueueAsync();
            await sqs.SendAsync(url, "held");
            await sqs.SendAsync(url, "lost");
            held = await sqs.ReceiveOneAsync(url);
            lost = await sqs.ReceiveOneAsync(url);
        }

        await using (SqsCloud sqs = await StartAsync())
        {
            string url = await sqs.QueueAsync();
            Assert.Empty(await sqs.ReceiveAsync(url));
            await sqs.Client.DeleteMessageAsync(url, held.ReceiptHandle, SqsCloud.Token);

            _time.Advance(TimeSpan.FromSeconds(30));

            Message back = await sqs.ReceiveOneAsync(url);
            Assert.Equal((lost.MessageId, "2"), (back.MessageId, back.Attributes["ApproximateReceiveCount"]));
        }
    }

    [Fact]
    public async Task Restart_DeletedAndPurged_StayGone()
    {
        await using (SqsCloud sqs = await StartAsync())
        {
            string url = await sqs.QueueAsync();
            await sqs.SendAsync(url);
            await sqs.Client.PurgeQueueAsync(url, SqsCloud.Token);
            string gone = await sqs.QueueAsync("gone");
            await sqs.Client.DeleteQueueAsync(gone, SqsCloud.Token);
        }

        await using (SqsCloud sqs = await StartAsync())
        {
            string url = Assert.Single((await sqs.Client.ListQueuesAsync("", SqsCloud.Token)).QueueUrls);
            Assert.Empty(await sqs.ReceiveAsync(url));
        }
    }

    private Task<SqsCloud> StartAsync() => SqsCloud.StartAsync(_time, _directory.FullName);
}

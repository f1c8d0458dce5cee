using System.Text;
using Amazon.SQS.Model;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class SqsMessageTests
{
    [Theory]
    [InlineData("hello")]
    [InlineData("{\"TaskToken\":\"abc\"}")]
    [InlineData("<b>\"quotes\" & 'more'</b>\t\r\n")]
    [InlineData("日本語 grün \U0001F600")]
    public async Task SendMessage_AnyText_ComesBackAsItWas(string body)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        string id = await sqs.SendAsync(url, body); // The SDK checks the MD5 of what it sent, and of what it receives.
        Message message = await sqs.ReceiveOneAsync(url);

        Assert.Equal((id, body), (message.MessageId, message.Body));
        Assert.Null(message.MessageAttributes);
    }

    [Fact]
    public async Task SendMessage_Attributes_ComeBackWithTheirDigest()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        Dictionary<string, MessageAttributeValue> attributes = new()
        {
            ["text"] = new() { DataType = "String.label", StringValue = "grün \U0001F600" },
            ["number"] = new() { DataType = "Number", StringValue = "0230.01" },
            ["bytes"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0, 1, 254, 255]) },
        };

        SendMessageResponse sent = await sqs.Client.SendMessageAsync(
            new SendMessageRequest { QueueUrl = url, MessageBody = "x", MessageAttributes = attributes }, SqsCloud.Token);
        Message message = await sqs.ReceiveOneAsync(url);

        Assert.Equal(["bytes", "number", "text"], message.MessageAttributes.Keys.Order());
        Assert.Equal("grün \U0001F600", message.MessageAttributes["text"].StringValue);
        Assert.Equal("String.label", message.MessageAttributes["text"].DataType);
        Assert.Equal("0230.01", message.MessageAttributes["number"].StringValue);
        Assert.Equal([0, 1, 254, 255], message.MessageAttributes["bytes"].BinaryValue.ToArray());
        Assert.Equal(sent.MD5OfMessageAttributes, message.MD5OfMessageAttributes);
    }

    [Fact]
    public async Task ReceiveMessage_SomeAttributes_HasTheDigestOfThose()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("VisibilityTimeout", "0"));
        await sqs.Client.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = url,
                MessageBody = "x",
                MessageAttributes = new()
                {
                    ["timestamp"] = new() { DataType = "Number", StringValue = "1493147359900" },
                    ["other"] = new() { DataType = "String", StringValue = "y" },
                },
            },
            SqsCloud.Token);

        Message some = Assert.Single((await sqs.Client.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["time.*"] }, SqsCloud.Token)).Messages);
        Message none = Assert.Single((await sqs.Client.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url }, SqsCloud.Token)).Messages);

        Assert.Equal(["timestamp"], some.MessageAttributes.Keys);
        Assert.Equal("235c5c510d26fb653d073faed50ae77c", some.MD5OfMessageAttributes);
        Assert.Null(none.MessageAttributes);
        Assert.Null(none.MD5OfMessageAttributes);
        Assert.Null(none.Attributes);
    }

    [Fact]
    public async Task ReceiveMessage_SystemAttributes_TellTheMessagesStory()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("VisibilityTimeout", "10"));
        long sent = sqs.Time.GetUtcNow().ToUnixTimeMilliseconds();
        await sqs.Client.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = url,
                MessageBody = "x",
                MessageGroupId = "tenant-1",
                MessageSystemAttributes = new() { ["AWSTraceHeader"] = new() { DataType = "String", StringValue = "Root=1-5759e988-bd862e3fe1be46a994272793" } },
            },
            SqsCloud.Token);
        sqs.Time.Advance(TimeSpan.FromSeconds(5));
        Message first = await sqs.ReceiveOneAsync(url);
        sqs.Time.Advance(TimeSpan.FromSeconds(10));
        Message second = await sqs.ReceiveOneAsync(url);

        Dictionary<string, string> expected = new()
        {
            ["SenderId"] = "000000000000",
            ["SentTimestamp"] = $"{sent}",
            ["ApproximateFirstReceiveTimestamp"] = $"{sent + 5_000}",
            ["ApproximateReceiveCount"] = "1",
            ["MessageGroupId"] = "tenant-1",
            ["AWSTraceHeader"] = "Root=1-5759e988-bd862e3fe1be46a994272793",
        };
        Assert.Equal(expected, first.Attributes);
        expected["ApproximateReceiveCount"] = "2";
        Assert.Equal(expected, second.Attributes);
        Assert.NotEqual(first.ReceiptHandle, second.ReceiptHandle);
    }

    [Fact]
    public async Task ReceiveMessage_SystemAttributesByName_GivesThose()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);

        ReceiveMessageResponse response = await sqs.Client.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, MessageSystemAttributeNames = ["ApproximateReceiveCount", "AWSTraceHeader"] }, SqsCloud.Token);

        Assert.Equal(new Dictionary<string, string> { ["ApproximateReceiveCount"] = "1" }, Assert.Single(response.Messages).Attributes);
    }

    [Fact]
    public async Task ReceiveMessage_EmptyQueue_HasNoMessages()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        Assert.Null((await sqs.Client.ReceiveMessageAsync(url, SqsCloud.Token)).Messages);
    }

    [Fact]
    public async Task ReceiveMessage_MoreThanAskedFor_GivesTheOldestFirst()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        for (int index = 0; index < 12; index++) await sqs.SendAsync(url, $"{index}");

        Assert.Equal(["0"], (await sqs.ReceiveAsync(url, 1)).Select(message => message.Body));
        Assert.Equal(Enumerable.Range(1, 10).Select(index => $"{index}"), (await sqs.ReceiveAsync(url, 10)).Select(message => message.Body));
        Assert.Equal(["11"], (await sqs.ReceiveAsync(url, 10)).Select(message => message.Body));
        Assert.Empty(await sqs.ReceiveAsync(url));
    }

    [Fact]
    public async Task SendMessage_AtTheSizeLimit_IsTakenAndOneByteMoreIsNot()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        string largest = new string('é', 524_288);
        Assert.Equal(1_048_576, Encoding.UTF8.GetByteCount(largest));

        await sqs.SendAsync(url, largest);
        Assert.Equal(largest, (await sqs.ReceiveOneAsync(url)).Body);

        Exception exception = await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.SendAsync(url, largest + "x"));
        Assert.Contains("1048576", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendMessage_QueueWithASmallerLimit_CountsAttributesToo()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("MaximumMessageSize", "1024"));
        SendMessageRequest request = new()
        {
            QueueUrl = url,
            MessageBody = new string('x', 1024 - 8),
            MessageAttributes = new() { ["a"] = new() { DataType = "String", StringValue = "b" } },
        };

        await sqs.Client.SendMessageAsync(request, SqsCloud.Token);
        request.MessageBody += "x";

        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.SendMessageAsync(request, SqsCloud.Token));
    }

    [Theory]
    [InlineData("nul \0")]
    [InlineData("bell \a")]
    [InlineData("\uFFFE")]
    public async Task SendMessage_CharactersThatAreNotAllowed_AreRefused(string body)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        await Assert.ThrowsAsync<InvalidMessageContentsException>(() => sqs.SendAsync(url, body));
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task SendMessage_ParametersThatCannotBe_AreRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        await SqsCloud.RefusedAsync("MissingParameter", () => sqs.SendAsync(url, ""));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.SendAsync(url, delaySeconds: 901));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.SendAsync(url, delaySeconds: -1));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.SendMessageAsync(
            new SendMessageRequest { QueueUrl = url, MessageBody = "x", MessageDeduplicationId = "d" }, SqsCloud.Token));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.SendMessageAsync(
            new SendMessageRequest { QueueUrl = url, MessageBody = "x", MessageGroupId = "with space" }, SqsCloud.Token));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.SendMessageAsync(
            new SendMessageRequest { QueueUrl = url, MessageBody = "x", MessageAttributes = new() { ["a"] = new() { DataType = "Text", StringValue = "b" } } }, SqsCloud.Token));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.SendMessageAsync(
            new SendMessageRequest { QueueUrl = url, MessageBody = "x", MessageSystemAttributes = new() { ["Other"] = new() { DataType = "String", StringValue = "b" } } }, SqsCloud.Token));
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task ReceiveMessage_ParametersThatCannotBe_AreRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.ReceiveAsync(url, 0));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.ReceiveAsync(url, 11));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.ReceiveAsync(url, visibilityTimeout: -1));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.ReceiveAsync(url, visibilityTimeout: 43_201));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.ReceiveAsync(url, waitSeconds: 21));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.ReceiveAsync(url, waitSeconds: -1));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, ReceiveRequestAttemptId = "a" }, SqsCloud.Token));
        await Assert.ThrowsAnyAsync<Amazon.SQS.AmazonSQSException>(() => sqs.Client.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, MessageSystemAttributeNames = ["Nonsense"] }, SqsCloud.Token));
    }

    [Fact]
    public async Task DeleteMessage_Received_IsGoneForGood()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message message = await sqs.ReceiveOneAsync(url);

        await sqs.Client.DeleteMessageAsync(url, message.ReceiptHandle, SqsCloud.Token);
        await sqs.Client.DeleteMessageAsync(url, message.ReceiptHandle, SqsCloud.Token);

        sqs.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(await sqs.ReceiveAsync(url));
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task DeleteMessage_OldHandle_SaysYesAndDeletesNothing()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message first = await sqs.ReceiveOneAsync(url);
        sqs.Time.Advance(TimeSpan.FromSeconds(30));
        Message second = await sqs.ReceiveOneAsync(url);

        await sqs.Client.DeleteMessageAsync(url, first.ReceiptHandle, SqsCloud.Token);
        Assert.Equal((0, 1, 0), await sqs.CountsAsync(url));

        await sqs.Client.DeleteMessageAsync(url, second.ReceiptHandle, SqsCloud.Token);
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task DeleteMessage_AfterItsTimeOutButBeforeAnotherReceive_Deletes()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message message = await sqs.ReceiveOneAsync(url);
        sqs.Time.Advance(TimeSpan.FromSeconds(31));

        await sqs.Client.DeleteMessageAsync(url, message.ReceiptHandle, SqsCloud.Token);

        Assert.Empty(await sqs.ReceiveAsync(url));
    }

    [Fact]
    public async Task DeleteMessage_HandleThatIsNone_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        string other = await sqs.QueueAsync("other");
        await sqs.SendAsync(other);
        string handle = (await sqs.ReceiveOneAsync(other)).ReceiptHandle;

        foreach (string bad in new[] { "nonsense", handle[..^4], handle + "AAAA", handle })
            await Assert.ThrowsAsync<ReceiptHandleIsInvalidException>(() => sqs.Client.DeleteMessageAsync(url, bad, SqsCloud.Token));
        await SqsCloud.RefusedAsync("MissingParameter", () => sqs.Client.DeleteMessageAsync(url, "", SqsCloud.Token));
    }
}

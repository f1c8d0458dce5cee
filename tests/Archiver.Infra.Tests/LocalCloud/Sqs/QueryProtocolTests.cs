using System.Net;
using System.Text;
using System.Xml.Linq;
using Amazon.SQS.Model;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

/// <summary>SQS as clients from before 2023 speak to it: forms in, XML out.</summary>
public class QueryProtocolTests
{
    private static readonly XNamespace Ns = "http://queue.amazonaws.com/doc/2012-11-05/";

    /// <summary>Calls to a cloud with a queue <c>orders</c> (its URL stands for <c>$url</c>), and the result of each, if it has one.</summary>
    public static TheoryData<string, string?> Calls => new()
    {
        { "Action=CreateQueue&QueueName=other&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5&Tag.1.Key=a&Tag.1.Value=b", "<QueueUrl>$other</QueueUrl>" },
        { "Action=GetQueueUrl&QueueName=orders", "<QueueUrl>$url</QueueUrl>" },
        { "Action=ListQueues", "<QueueUrl>$url</QueueUrl>" },
        { "Action=ListQueues&QueueNamePrefix=x&MaxResults=10", "" },
        {
            "Action=GetQueueAttributes&QueueUrl=$url&AttributeName.1=VisibilityTimeout&AttributeName.2=DelaySeconds",
            "<Attribute><Name>VisibilityTimeout</Name><Value>30</Value></Attribute><Attribute><Name>DelaySeconds</Name><Value>0</Value></Attribute>"
        },
        { "Action=GetQueueAttributes&QueueUrl=$url&AttributeName=", "" },
        { "Action=SetQueueAttributes&QueueUrl=$url&Attribute.1.Name=DelaySeconds&Attribute.1.Value=7", null },
        { "Action=TagQueue&QueueUrl=$url&Tag.1.Key=team&Tag.1.Value=blue", null },
        { "Action=UntagQueue&QueueUrl=$url&TagKey.1=stage", null },
        { "Action=ListQueueTags&QueueUrl=$url", "<Tag><Key>stage</Key><Value>test</Value></Tag>" },
        { "Action=ListDeadLetterSourceQueues&QueueUrl=$url", "" },
        { "Action=ReceiveMessage&QueueUrl=$url&MaxNumberOfMessages=10&WaitTimeSeconds=0", "" },
        { "Action=PurgeQueue&QueueUrl=$url", null },
        { "Action=DeleteQueue&QueueUrl=$url", null },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_AsAnOldClientSendsIt_IsAnsweredInXml(string form, string? result)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.Client.TagQueueAsync(new TagQueueRequest { QueueUrl = url, Tags = new() { ["stage"] = "test" } }, SqsCloud.Token);

        (HttpResponseMessage response, XElement answer) = await PostAsync(sqs, Urls(form));

        string action = form.Split('=', '&')[1];
        string requestId = Assert.Single(response.Headers.GetValues("x-amzn-RequestId"));
        string wrapped = result switch { null => "", "" => $"<{action}Result/>", _ => $"<{action}Result>{Urls(result)}</{action}Result>" };
        XElement expected = XElement.Parse(
            $"<{action}Response xmlns=\"{Ns}\">{wrapped}<ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></{action}Response>");
        Assert.Equal(Inner(expected), Inner(answer));
        Assert.Equal(expected.Name, answer.Name);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/xml", response.Content.Headers.ContentType!.MediaType);

        string Urls(string text) => text
            .Replace("$url", url, StringComparison.Ordinal).Replace("$other", url.Replace("orders", "other", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateQueue_AttributesAndTags_AreTheQueues()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        await ResultAsync(sqs, "CreateQueue",
            ("QueueName", "orders"), ("Attribute.1.Name", "DelaySeconds"), ("Attribute.1.Value", "5"),
            ("Attribute.2.Name", "VisibilityTimeout"), ("Attribute.2.Value", "60"), ("Tag.1.Key", "team"), ("Tag.1.Value", "blue"));

        string url = (await sqs.Client.GetQueueUrlAsync("orders", SqsCloud.Token)).QueueUrl;
        IReadOnlyDictionary<string, string> attributes = await sqs.AttributesAsync(url, "DelaySeconds", "VisibilityTimeout");
        Assert.Equal(("5", "60"), (attributes["DelaySeconds"], attributes["VisibilityTimeout"]));
        Assert.Equal("blue", (await sqs.Client.ListQueueTagsAsync(new ListQueueTagsRequest { QueueUrl = url }, SqsCloud.Token)).Tags["team"]);
    }

    [Fact]
    public async Task ReceiveMessage_BodyAndAttributesSentByForm_ComeBackAsTheyWere()
    {
        const string body = "a\r\nb <&> \"é\" \ud83d\ude00 + %20";
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        XElement sent = await ResultAsync(sqs, "SendMessage",
            ("QueueUrl", url), ("MessageBody", body), ("DelaySeconds", "0"),
            ("MessageAttribute.1.Name", "kind"), ("MessageAttribute.1.Value.StringValue", "a b"), ("MessageAttribute.1.Value.DataType", "String"),
            ("MessageAttribute.2.Name", "raw"), ("MessageAttribute.2.Value.BinaryValue", "AQI="), ("MessageAttribute.2.Value.DataType", "Binary"),
            ("MessageSystemAttribute.1.Name", "AWSTraceHeader"), ("MessageSystemAttribute.1.Value.StringValue", "Root=1"),
            ("MessageSystemAttribute.1.Value.DataType", "String"));
        XElement received = await ResultAsync(sqs, "ReceiveMessage",
            ("QueueUrl", url), ("MaxNumberOfMessages", "10"), ("AttributeName.1", "AWSTraceHeader"), ("AttributeName.2", "ApproximateReceiveCount"),
            ("MessageAttributeName.1", "All"));

        XElement message = Assert.Single(received.Elements(Ns + "Message"));
        Assert.Equal(body, Text(message, "Body"));
        Assert.Equal(Text(sent, "MessageId"), Text(message, "MessageId"));
        Assert.NotEmpty(Text(message, "ReceiptHandle"));
        Assert.Equal(
            [("ApproximateReceiveCount", "1"), ("AWSTraceHeader", "Root=1")],
            message.Elements(Ns + "Attribute").Select(attribute => (Text(attribute, "Name"), Text(attribute, "Value"))));
        Assert.Equal(
            ["<Name>kind</Name><Value><StringValue>a b</StringValue><DataType>String</DataType></Value>",
            "<Name>raw</Name><Value><BinaryValue>AQI=</BinaryValue><DataType>Binary</DataType></Value>"],
            message.Elements(Ns + "MessageAttribute").Select(Inner));
        // The SDK checks the digests that it gets.
        SendMessageResponse same = await sqs.Client.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = url,
                MessageBody = body,
                MessageAttributes = new()
                {
                    ["kind"] = new MessageAttributeValue { DataType = "String", StringValue = "a b" },
                    ["raw"] = new MessageAttributeValue { DataType = "Binary", BinaryValue = new MemoryStream([1, 2]) },
                },
            },
            SqsCloud.Token);
        Assert.Equal((same.MD5OfMessageBody, same.MD5OfMessageBody), (Text(sent, "MD5OfMessageBody"), Text(message, "MD5OfBody")));
        Assert.Equal(same.MD5OfMessageAttributes, Text(sent, "MD5OfMessageAttributes"));
        Assert.Equal(same.MD5OfMessageAttributes, Text(message, "MD5OfMessageAttributes"));
    }

    [Fact]
    public async Task Batches_EntryByEntry_SucceedOrFail()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        XElement sent = await ResultAsync(sqs, "SendMessageBatch",
            ("QueueUrl", url), ("SendMessageBatchRequestEntry.2.Id", "bad"), ("SendMessageBatchRequestEntry.2.MessageBody", "\u0001"),
            ("SendMessageBatchRequestEntry.1.Id", "good"), ("SendMessageBatchRequestEntry.1.MessageBody", "hello"),
            ("SendMessageBatchRequestEntry.1.DelaySeconds", "0"), ("SendMessageBatchRequestEntry.1.MessageAttribute.1.Name", "n"),
            ("SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue", "7"),
            ("SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType", "Number"));

        XElement good = Assert.Single(sent.Elements(Ns + "SendMessageBatchResultEntry"));
        Assert.Equal(("good", "5d41402abc4b2a76b9719d911017c592"), (Text(good, "Id"), Text(good, "MD5OfMessageBody")));
        XElement bad = Assert.Single(sent.Elements(Ns + "BatchResultErrorEntry"));
        Assert.Equal(("bad", "true", "InvalidMessageContents"), (Text(bad, "Id"), Text(bad, "SenderFault"), Text(bad, "Code")));

        Message message = await sqs.ReceiveOneAsync(url);
        Assert.Equal("7", message.MessageAttributes["n"].StringValue);
        XElement changed = await ResultAsync(sqs, "ChangeMessageVisibilityBatch",
            ("QueueUrl", url), ("ChangeMessageVisibilityBatchRequestEntry.1.Id", "a"),
            ("ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle", message.ReceiptHandle),
            ("ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout", "0"));
        Assert.Equal(["<Id>a</Id>"], changed.Elements(Ns + "ChangeMessageVisibilityBatchResultEntry").Select(Inner));
        message = await sqs.ReceiveOneAsync(url);
        XElement deleted = await ResultAsync(sqs, "DeleteMessageBatch",
            ("QueueUrl", url), ("DeleteMessageBatchRequestEntry.1.Id", "b"), ("DeleteMessageBatchRequestEntry.1.ReceiptHandle", message.ReceiptHandle));
        Assert.Equal(["<Id>b</Id>"], deleted.Elements(Ns + "DeleteMessageBatchResultEntry").Select(Inner));
        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
    }

    [Fact]
    public async Task Message_ByTheQueuesAddress_IsSentReturnedAndDeleted()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        Uri queue = new(await sqs.QueueAsync());

        await PostAsync(sqs, "Action=SendMessage&MessageBody=hello", queue);
        string handle = Uri.EscapeDataString((await sqs.ReceiveOneAsync(queue.AbsoluteUri)).ReceiptHandle);
        (_, XElement returned) = await PostAsync(sqs, $"Action=ChangeMessageVisibility&VisibilityTimeout=0&ReceiptHandle={handle}", queue);
        Assert.Equal((1, 0, 0), await sqs.CountsAsync(queue.AbsoluteUri));
        handle = Uri.EscapeDataString((await sqs.ReceiveOneAsync(queue.AbsoluteUri)).ReceiptHandle);
        (_, XElement deleted) = await PostAsync(sqs, $"Action=DeleteMessage&ReceiptHandle={handle}", queue);

        Assert.Equal((0, 0, 0), await sqs.CountsAsync(queue.AbsoluteUri));
        Assert.Equal(("ChangeMessageVisibilityResponse", "DeleteMessageResponse"), (returned.Name.LocalName, deleted.Name.LocalName));
    }

    [Theory]
    [InlineData("Action=SendMessage&QueueUrl=$urlX&MessageBody=x", "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.")]
    [InlineData("Action=SendMessage&QueueUrl=$url", "MissingParameter", "The request must contain the parameter MessageBody.")]
    [InlineData("Action=SetQueueAttributes&QueueUrl=$url&Attribute.1.Name=DelaySeconds", "MissingParameter", "The request must contain the parameter Attribute.1.Value.")]
    [InlineData("Action=ReceiveMessage&QueueUrl=$url&MaxNumberOfMessages=ten", "InvalidParameterValue",
        "Value ten for parameter MaxNumberOfMessages is invalid. Reason: Must be an integer.")]
    [InlineData("Action=GetQueueAttributes&QueueUrl=$url&AttributeName.first=All", "InvalidParameterValue",
        "The parameter AttributeName.first must have a number for its place in AttributeName.")]
    [InlineData("Action=TagQueue&QueueUrl=$url&Tag.1.Key=a&Tag.1.Value=1&Tag.2.Key=a&Tag.2.Value=2", "InvalidParameterValue",
        "Value a for parameter Tag.2 is invalid. Reason: It is there twice.")]
    [InlineData("Action=DeleteMessageBatch&QueueUrl=$url", "AWS.SimpleQueueService.EmptyBatchRequest",
        "There should be at least one DeleteMessageBatchRequestEntry in the request.")]
    [InlineData("Action=GetQueueAttributes&QueueUrl=$url&AttributeName.1=%01", "InvalidAttributeName", "Unknown Attribute \ufffd.")]
    [InlineData("Action=Nonsense&QueueUrl=$url", "InvalidAction", "The local cloud does not have sqs:Nonsense.")]
    [InlineData("Action=ListQueues&Version=2009-02-01", "NoSuchVersion", "The request's Version must be 2012-11-05.")]
    public async Task Call_ThatIsRefused_TellsTheErrorInXml(string form, string code, string message)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        (HttpResponseMessage response, XElement answer) = await PostAsync(sqs, form.Replace("$url", url, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(Ns + "ErrorResponse", answer.Name);
        XElement error = answer.Element(Ns + "Error")!;
        Assert.Equal(("Sender", code, message), (Text(error, "Type"), Text(error, "Code"), Text(error, "Message")));
        Assert.Equal(Assert.Single(response.Headers.GetValues("x-amzn-RequestId")), Text(answer, "RequestId"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_LargerThanTheLimit_IsRefused(bool chunked)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        using HttpRequestMessage request = Request(sqs.Cloud.Endpoint, "Action=ListQueues&x=" + new string('x', 8 * 1024 * 1024), "sqs");
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true; // So that the answer is read before a body that nobody takes is sent.

        (HttpResponseMessage response, XElement answer) = await SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("RequestEntityTooLarge", Text(answer.Element(Ns + "Error")!, "Code"));
    }

    [Fact]
    public async Task Forms_SignedForOtherServices_AreNotTaken()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        using HttpRequestMessage toSts = Request(sqs.Cloud.Endpoint, "Action=GetCallerIdentity&Version=2011-06-15", "sts");
        using HttpRequestMessage toS3 = Request(sqs.Cloud.Endpoint, "Action=ListQueues&Version=2012-11-05", "s3");

        (_, XElement sts) = await SendAsync(toSts);
        (_, XElement s3) = await SendAsync(toS3);

        Assert.Equal("GetCallerIdentityResponse", sts.Name.LocalName);
        Assert.Equal("Error", s3.Name.LocalName); // S3's own, which has no namespace
        Assert.Equal(XNamespace.None, s3.Name.Namespace);
    }

    private static string Text(XElement parent, string name) => parent.Element(Ns + name)!.Value;

    /// <summary>What is in an element, without the namespace.</summary>
    private static string Inner(XElement element) => string
        .Concat(element.Elements().Select(child => child.ToString(SaveOptions.DisableFormatting)))
        .Replace($" xmlns=\"{Ns}\"", "", StringComparison.Ordinal)
        .Replace(" />", "/>", StringComparison.Ordinal);

    private static async Task<XElement> ResultAsync(SqsCloud sqs, string action, params (string Name, string Value)[] fields)
    {
        string form = string.Concat(fields.Select(field => $"&{field.Name}={Uri.EscapeDataString(field.Value)}"));
        (HttpResponseMessage response, XElement answer) = await PostAsync(sqs, $"Action={action}{form}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return answer.Element(Ns + $"{action}Result")!;
    }

    private static async Task<(HttpResponseMessage Response, XElement Answer)> PostAsync(SqsCloud sqs, string form, Uri? address = null)
    {
        string version = form.Contains("&Version=", StringComparison.Ordinal) ? "" : "&Version=2012-11-05";
        using HttpRequestMessage request = Request(address ?? sqs.Cloud.Endpoint, form + version, "sqs");
        return await SendAsync(request);
    }

    private static HttpRequestMessage Request(Uri address, string form, string service)
    {
        HttpRequestMessage request = new(HttpMethod.Post, address)
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=local/20260102/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        return request;
    }

    private static async Task<(HttpResponseMessage Response, XElement Answer)> SendAsync(HttpRequestMessage request)
    {
        using HttpClient http = new();
        HttpResponseMessage response = await http.SendAsync(request, SqsCloud.Token);
        return (response, XElement.Parse(await response.Content.ReadAsStringAsync(SqsCloud.Token), LoadOptions.PreserveWhitespace));
    }
}

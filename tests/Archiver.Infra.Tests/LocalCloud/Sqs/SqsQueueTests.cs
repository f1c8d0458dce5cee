using Amazon.SQS.Model;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class SqsQueueTests
{
    [Fact]
    public async Task CreateQueue_NewName_AnswersWithItsUrl()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        string url = await sqs.QueueAsync("orders");

        Assert.Equal($"{sqs.Cloud.Endpoint.GetLeftPart(UriPartial.Authority)}/000000000000/orders", url);
        Assert.Equal(url, (await sqs.Client.GetQueueUrlAsync("orders", SqsCloud.Token)).QueueUrl);
    }

    [Fact]
    public async Task CreateQueue_SameAttributesAgain_AnswersWithTheSameQueue()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("VisibilityTimeout", "7"), ("DelaySeconds", "0"));
        string id = await sqs.SendAsync(url);

        Assert.Equal(url, await sqs.QueueAsync("orders", ("VisibilityTimeout", "7")));
        Assert.Equal(url, await sqs.QueueAsync("orders"));

        Assert.Equal(id, (await sqs.ReceiveOneAsync(url)).MessageId);
    }

    [Fact]
    public async Task CreateQueue_OtherAttributes_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        await sqs.QueueAsync("orders", ("VisibilityTimeout", "7"));

        QueueNameExistsException exception = await Assert.ThrowsAsync<QueueNameExistsException>(() => sqs.QueueAsync("orders", ("VisibilityTimeout", "8")));

        Assert.Equal("QueueAlreadyExists", exception.ErrorCode);
        Assert.Contains("VisibilityTimeout", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("dot.ted")]
    [InlineData("ünï")]
    [InlineData("a/b")]
    public async Task CreateQueue_NameThatCannotBe_IsRefused(string name)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.QueueAsync(name));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.QueueAsync(new string('a', 81)));
        Assert.NotNull(await sqs.QueueAsync(new string('a', 80)));
    }

    [Fact]
    public async Task CreateQueue_Fifo_IsRefusedInWords()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        Exception byName = await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.QueueAsync("orders.fifo"));
        Exception byAttribute = await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.QueueAsync("orders", ("FifoQueue", "true")));

        Assert.Contains("no FIFO queues yet", byName.Message, StringComparison.Ordinal);
        Assert.Contains("no FIFO queues yet", byAttribute.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateQueue_AttributesThatCannotBe_AreRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        await Assert.ThrowsAsync<InvalidAttributeNameException>(() => sqs.QueueAsync("orders", ("Nonsense", "1")));
        await Assert.ThrowsAsync<InvalidAttributeValueException>(() => sqs.QueueAsync("orders", ("VisibilityTimeout", "43201")));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.QueueAsync("orders", ("RedrivePolicy", "nonsense")));
        Assert.Null((await sqs.Client.ListQueuesAsync("", SqsCloud.Token)).QueueUrls);
    }

    [Fact]
    public async Task CreateQueue_DeadLetterQueueThatIsNotThere_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        foreach (string arn in new[] { SqsCloud.ArnOf("dead"), SqsCloud.ArnOf("orders"), "dead", "arn:aws:sqs:eu-west-1:000000000000:dead" })
        {
            Exception exception = await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.QueueAsync("orders",
                ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":3}""")));
            Assert.Contains("RedrivePolicy", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CreateQueue_DeadLetterQueueThatDoesNotAllowIt_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        await sqs.QueueAsync("dead", ("RedriveAllowPolicy", $$"""{"redrivePermission":"byQueue","sourceQueueArns":["{{SqsCloud.ArnOf("orders")}}"]}"""));
        string policy = $$"""{"deadLetterTargetArn":"{{SqsCloud.ArnOf("dead")}}","maxReceiveCount":3}""";

        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.QueueAsync("others", ("RedrivePolicy", policy)));

        Assert.NotNull(await sqs.QueueAsync("orders", ("RedrivePolicy", policy)));
    }

    [Fact]
    public async Task GetQueueAttributes_All_TellsEverything()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, _) = await sqs.QueueWithDeadLettersAsync(3);
        DateTimeOffset created = sqs.Time.GetUtcNow();
        await sqs.SendAsync(url);
        await sqs.SendAsync(url);
        await sqs.SendAsync(url, delaySeconds: 10);
        await sqs.ReceiveOneAsync(url);

        IReadOnlyDictionary<string, string> attributes = await sqs.AttributesAsync(url);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["QueueArn"] = SqsCloud.ArnOf("orders"),
                ["CreatedTimestamp"] = $"{created.ToUnixTimeSeconds()}",
                ["LastModifiedTimestamp"] = $"{created.ToUnixTimeSeconds()}",
                ["VisibilityTimeout"] = "30",
                ["MaximumMessageSize"] = "1048576",
                ["MessageRetentionPeriod"] = "345600",
                ["DelaySeconds"] = "0",
                ["ReceiveMessageWaitTimeSeconds"] = "0",
                ["SqsManagedSseEnabled"] = "true",
                ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{SqsCloud.ArnOf("dead")}}","maxReceiveCount":3}""",
                ["ApproximateNumberOfMessages"] = "1",
                ["ApproximateNumberOfMessagesNotVisible"] = "1",
                ["ApproximateNumberOfMessagesDelayed"] = "1",
            },
            attributes);
    }

    [Fact]
    public async Task GetQueueAttributes_ByName_TellsThoseWithAValue()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        IReadOnlyDictionary<string, string> attributes = await sqs.AttributesAsync(url, "QueueArn", "Policy", "ApproximateNumberOfMessages");

        Assert.Equal(["ApproximateNumberOfMessages", "QueueArn"], attributes.Keys.Order());
        await Assert.ThrowsAsync<InvalidAttributeNameException>(() => sqs.AttributesAsync(url, "Nonsense"));
        Assert.Null((await sqs.Client.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url }, SqsCloud.Token)).Attributes);
    }

    [Fact]
    public async Task SetQueueAttributes_SomeOfThem_LeavesTheOthersAndSaysWhen()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync("orders", ("DelaySeconds", "5"));
        DateTimeOffset created = sqs.Time.GetUtcNow();
        sqs.Time.Advance(TimeSpan.FromMinutes(1));

        await sqs.Client.SetQueueAttributesAsync(url, new Dictionary<string, string> { ["VisibilityTimeout"] = "77" }, SqsCloud.Token);

        IReadOnlyDictionary<string, string> attributes = await sqs.AttributesAsync(url);
        Assert.Equal(("77", "5"), (attributes["VisibilityTimeout"], attributes["DelaySeconds"]));
        Assert.Equal($"{created.ToUnixTimeSeconds()}", attributes["CreatedTimestamp"]);
        Assert.Equal($"{created.ToUnixTimeSeconds() + 60}", attributes["LastModifiedTimestamp"]);
        await Assert.ThrowsAsync<InvalidAttributeValueException>(() =>
            sqs.Client.SetQueueAttributesAsync(url, new Dictionary<string, string> { ["VisibilityTimeout"] = "-1" }, SqsCloud.Token));
    }

    [Fact]
    public async Task ListQueues_Prefix_GivesThoseThatStartWithIt()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        foreach (string name in new[] { "b-2", "a-1", "b-1", "B-3" }) await sqs.QueueAsync(name);

        Assert.Equal(["b-1", "b-2"], Names((await sqs.Client.ListQueuesAsync("b", SqsCloud.Token)).QueueUrls));
        Assert.Equal(["B-3", "a-1", "b-1", "b-2"], Names((await sqs.Client.ListQueuesAsync("", SqsCloud.Token)).QueueUrls));
        Assert.Null((await sqs.Client.ListQueuesAsync("c", SqsCloud.Token)).QueueUrls);
    }

    [Fact]
    public async Task ListQueues_Paged_GivesEachOnce()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        for (int index = 0; index < 5; index++) await sqs.QueueAsync($"q{index}");

        List<string> names = [];
        List<int> sizes = [];
        ListQueuesResponse page = new();
        do
        {
            page = await sqs.Client.ListQueuesAsync(new ListQueuesRequest { MaxResults = 2, NextToken = page.NextToken }, SqsCloud.Token);
            names.AddRange(Names(page.QueueUrls));
            sizes.Add(page.QueueUrls.Count);
        }
        while (page.NextToken is not null);

        Assert.Equal(["q0", "q1", "q2", "q3", "q4"], names);
        Assert.Equal([2, 2, 1], sizes);
    }

    [Fact]
    public async Task ListQueues_PagingThatCannotBe_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.ListQueuesAsync(new ListQueuesRequest { MaxResults = 0 }, SqsCloud.Token));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.ListQueuesAsync(new ListQueuesRequest { MaxResults = 1001 }, SqsCloud.Token));
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.ListQueuesAsync(new ListQueuesRequest { NextToken = "?" }, SqsCloud.Token));
    }

    [Fact]
    public async Task AnyCall_UrlWithAnotherHost_FindsTheQueue()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        string id = await sqs.SendAsync("https://sqs.us-east-1.amazonaws.com/000000000000/orders");

        Assert.Equal(id, (await sqs.ReceiveOneAsync(url)).MessageId);
    }

    [Theory]
    [InlineData("http://localhost/000000000000/nothing")]
    [InlineData("http://localhost/000000000000/Orders")]
    [InlineData("http://localhost/111111111111/orders")]
    public async Task AnyCall_QueueThatIsNotThere_IsRefused(string url)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        await sqs.QueueAsync("orders");

        Func<Task>[] calls =
        [
            () => sqs.SendAsync(url),
            () => sqs.ReceiveAsync(url),
            () => sqs.AttributesAsync(url),
            () => sqs.Client.SetQueueAttributesAsync(url, new Dictionary<string, string> { ["DelaySeconds"] = "1" }, SqsCloud.Token),
            () => sqs.Client.DeleteMessageAsync(url, "x", SqsCloud.Token),
            () => sqs.Client.ChangeMessageVisibilityAsync(url, "x", 1, SqsCloud.Token),
            () => sqs.Client.PurgeQueueAsync(url, SqsCloud.Token),
            () => sqs.Client.DeleteQueueAsync(url, SqsCloud.Token),
            () => sqs.Client.ListQueueTagsAsync(new ListQueueTagsRequest { QueueUrl = url }, SqsCloud.Token),
            () => sqs.Client.ListDeadLetterSourceQueuesAsync(new ListDeadLetterSourceQueuesRequest { QueueUrl = url }, SqsCloud.Token),
        ];

        foreach (Func<Task> call in calls)
        {
            QueueDoesNotExistException exception = await Assert.ThrowsAsync<QueueDoesNotExistException>(call);
            Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", exception.ErrorCode);
        }
    }

    [Fact]
    public async Task GetQueueUrl_NameOrAccountThatIsNotThere_IsRefused()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        await sqs.QueueAsync("orders");

        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => sqs.Client.GetQueueUrlAsync("nothing", SqsCloud.Token));
        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => sqs.Client.GetQueueUrlAsync(
            new GetQueueUrlRequest { QueueName = "orders", QueueOwnerAWSAccountId = "111111111111" }, SqsCloud.Token));
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("http://localhost/orders")]
    [InlineData("file:///000000000000/orders")]
    public async Task AnyCall_WhatIsNoQueueUrl_IsRefused(string url)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        await sqs.QueueAsync("orders");

        await Assert.ThrowsAsync<InvalidAddressException>(() => sqs.SendAsync(url));
    }

    [Fact]
    public async Task DeleteQueue_WithMessages_IsGoneAndItsNameIsFree()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        await sqs.SendAsync(url);
        Message received = await sqs.ReceiveOneAsync(url);

        await sqs.Client.DeleteQueueAsync(url, SqsCloud.Token);

        await Assert.ThrowsAsync<QueueDoesNotExistException>(() => sqs.SendAsync(url));
        await sqs.QueueAsync();
        Assert.Empty(await sqs.ReceiveAsync(url));
        await Assert.ThrowsAsync<ReceiptHandleIsInvalidException>(() => sqs.Client.DeleteMessageAsync(url, received.ReceiptHandle, SqsCloud.Token));
    }

    [Fact]
    public async Task PurgeQueue_Messages_AreGoneInflightOnesToo()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();
        string other = await sqs.QueueAsync("other");
        await sqs.SendAsync(url);
        await sqs.SendAsync(url);
        await sqs.SendAsync(url, delaySeconds: 60);
        await sqs.SendAsync(other);
        await sqs.ReceiveOneAsync(url);

        await sqs.Client.PurgeQueueAsync(url, SqsCloud.Token);
        await sqs.Client.PurgeQueueAsync(url, SqsCloud.Token);

        Assert.Equal((0, 0, 0), await sqs.CountsAsync(url));
        Assert.Equal((1, 0, 0), await sqs.CountsAsync(other));
    }

    [Fact]
    public async Task ListDeadLetterSourceQueues_Sources_AreListed()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        (string url, string dead) = await sqs.QueueWithDeadLettersAsync(3);

        ListDeadLetterSourceQueuesResponse sources = await sqs.Client.ListDeadLetterSourceQueuesAsync(
            new ListDeadLetterSourceQueuesRequest { QueueUrl = dead }, SqsCloud.Token);
        ListDeadLetterSourceQueuesResponse none = await sqs.Client.ListDeadLetterSourceQueuesAsync(
            new ListDeadLetterSourceQueuesRequest { QueueUrl = url }, SqsCloud.Token);

        Assert.Equal([url], sources.QueueUrls);
        Assert.Empty(none.QueueUrls ?? []);
    }

    [Fact]
    public async Task Tags_SetChangedAndRemoved_AreListed()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = (await sqs.Client.CreateQueueAsync(
            new CreateQueueRequest { QueueName = "orders", Tags = new() { ["team"] = "a", ["stage"] = "test" } }, SqsCloud.Token)).QueueUrl;

        await sqs.Client.TagQueueAsync(new TagQueueRequest { QueueUrl = url, Tags = new() { ["team"] = "b", ["cost"] = "" } }, SqsCloud.Token);
        await sqs.Client.UntagQueueAsync(new UntagQueueRequest { QueueUrl = url, TagKeys = ["stage", "none"] }, SqsCloud.Token);

        ListQueueTagsResponse tags = await sqs.Client.ListQueueTagsAsync(new ListQueueTagsRequest { QueueUrl = url }, SqsCloud.Token);
        Assert.Equal(new Dictionary<string, string> { ["team"] = "b", ["cost"] = "" }, tags.Tags);
        await SqsCloud.RefusedAsync("InvalidParameterValue", () => sqs.Client.TagQueueAsync(
            new TagQueueRequest { QueueUrl = url, Tags = new() { [new string('k', 129)] = "" } }, SqsCloud.Token));
    }

    [Fact]
    public async Task AddPermission_AnyCaller_IsUnsupported()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = await sqs.QueueAsync();

        await Assert.ThrowsAsync<UnsupportedOperationException>(() => sqs.Client.AddPermissionAsync(
            new AddPermissionRequest { QueueUrl = url, Label = "x", AWSAccountIds = ["111111111111"], Actions = ["SendMessage"] }, SqsCloud.Token));
    }

    private static IEnumerable<string> Names(IEnumerable<string> urls) => urls.Select(url => url[(url.LastIndexOf('/') + 1)..]);
}

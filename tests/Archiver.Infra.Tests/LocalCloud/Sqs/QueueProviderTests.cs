using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class QueueProviderTests
{
    private const string Location = "template.yaml(12,3)";

    [Fact]
    public async Task Provision_NoProperties_MakesAQueueNamedAfterStackAndLogicalId()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        ProvisionedResource provisioned = await ProvisionAsync(sqs, "{}");

        string url = (await sqs.Client.GetQueueUrlAsync("archiver-HumanSQS", SqsCloud.Token)).QueueUrl;
        Assert.Equal(url, provisioned.Ref);
        Assert.Equal(
            new Dictionary<string, string> { ["Arn"] = SqsCloud.ArnOf("archiver-HumanSQS"), ["QueueName"] = "archiver-HumanSQS", ["QueueUrl"] = url },
            provisioned.Attributes);
    }

    [Fact]
    public async Task Provision_AllProperties_AreTaken()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        await sqs.QueueAsync("dead");

        ProvisionedResource provisioned = await ProvisionAsync(sqs, $$"""
            {
              "QueueName": "human", "VisibilityTimeout": 60, "MessageRetentionPeriod": "1209600", "DelaySeconds": 1,
              "ReceiveMessageWaitTimeSeconds": 20, "MaximumMessageSize": 262144, "SqsManagedSseEnabled": true, "FifoQueue": false,
              "RedrivePolicy": { "deadLetterTargetArn": "{{SqsCloud.ArnOf("dead")}}", "maxReceiveCount": 5 },
              "RedriveAllowPolicy": { "redrivePermission": "denyAll" },
              "Tags": [ { "Key": "team", "Value": "archive" } ]
            }
            """);

        IReadOnlyDictionary<string, string> attributes = await sqs.AttributesAsync(provisioned.Ref);
        Assert.Equal(("60", "1209600", "1", "20"),
            (attributes["VisibilityTimeout"], attributes["MessageRetentionPeriod"], attributes["DelaySeconds"], attributes["ReceiveMessageWaitTimeSeconds"]));
        Assert.Equal(("262144", "true"), (attributes["MaximumMessageSize"], attributes["SqsManagedSseEnabled"]));
        Assert.Equal($$"""{"deadLetterTargetArn":"{{SqsCloud.ArnOf("dead")}}","maxReceiveCount":5}""", attributes["RedrivePolicy"]);
        Assert.Equal("""{"redrivePermission":"denyAll"}""", attributes["RedriveAllowPolicy"]);
        Assert.Equal("archive", (await sqs.Client.ListQueueTagsAsync(new() { QueueUrl = provisioned.Ref }, SqsCloud.Token)).Tags["team"]);
    }

    [Fact]
    public async Task Provision_AgainWithOtherProperties_ChangesTheQueueAndKeepsItsMessages()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = (await ProvisionAsync(sqs, """{ "VisibilityTimeout": 60, "DelaySeconds": 0 }""")).Ref;
        string id = await sqs.SendAsync(url);

        Assert.Equal(url, (await ProvisionAsync(sqs, """{ "VisibilityTimeout": 90, "KmsMasterKeyId": "alias/aws/sqs" }""")).Ref);

        IReadOnlyDictionary<string, string> attributes = await sqs.AttributesAsync(url);
        Assert.Equal(("90", "alias/aws/sqs"), (attributes["VisibilityTimeout"], attributes["KmsMasterKeyId"]));
        Assert.Equal(id, (await sqs.ReceiveOneAsync(url)).MessageId);
    }

    [Fact]
    public async Task Provision_PropertyNoLongerThere_IsTheDefaultAgain()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = (await ProvisionAsync(sqs, """{ "VisibilityTimeout": 60 }""")).Ref;

        await ProvisionAsync(sqs, "{}");

        Assert.Equal("30", (await sqs.AttributesAsync(url))["VisibilityTimeout"]);
    }

    [Fact]
    public async Task Provision_NothingChanged_LeavesItsTimeOfChange()
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();
        string url = (await ProvisionAsync(
            sqs, """{ "VisibilityTimeout": 60, "RedriveAllowPolicy": { "redrivePermission": "byQueue", "sourceQueueArns": ["arn"] } }""")).Ref;
        IReadOnlyDictionary<string, string> before = await sqs.AttributesAsync(url);
        sqs.Time.Advance(TimeSpan.FromHours(1));

        await ProvisionAsync(
            sqs, """{ "VisibilityTimeout": "60", "RedriveAllowPolicy": { "redrivePermission": "byQueue", "sourceQueueArns": ["arn"] } }""");

        Assert.Equal(before, await sqs.AttributesAsync(url));
    }

    [Theory]
    [InlineData("""{ "Colour": "red" }""", "Colour")]
    [InlineData("""{ "FifoQueue": true }""", "no FIFO queues")]
    [InlineData("""{ "VisibilityTimeout": 43201 }""", "VisibilityTimeout")]
    [InlineData("""{ "VisibilityTimeout": [1] }""", "VisibilityTimeout")]
    [InlineData("""{ "QueueName": "with space" }""", "alphanumeric")]
    [InlineData("""{ "RedrivePolicy": "x" }""", "RedrivePolicy must be a map")]
    [InlineData("""{ "RedrivePolicy": { "deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:none", "maxReceiveCount": 5 } }""", "does not exist")]
    [InlineData("""{ "Tags": { "a": "b" } }""", "Tags")]
    public async Task Provision_WhatCannotBe_IsRefusedWithItsPlace(string properties, string reason)
    {
        await using SqsCloud sqs = await SqsCloud.StartAsync();

        LocalCloudException exception = await Assert.ThrowsAsync<LocalCloudException>(() => ProvisionAsync(sqs, properties));

        Assert.StartsWith(Location + ": HumanSQS: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    private static Task<ProvisionedResource> ProvisionAsync(SqsCloud sqs, string properties) => sqs.Cloud.Server.Services.GetServices<IResourceProvider>()
        .Single(provider => provider.ResourceTypes.Contains("AWS::SQS::Queue"))
        .ProvisionAsync(new TemplateResource("HumanSQS", "AWS::SQS::Queue", JsonNode.Parse(properties)!.AsObject(), Location), SqsCloud.Token);
}

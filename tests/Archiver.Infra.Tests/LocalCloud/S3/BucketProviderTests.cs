using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class BucketProviderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Provision_Everything_MakesTheBucketAndSaysWhereItIs()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        ProvisionedResource bucket = await ProvisionAsync(cloud, """
            {
              "BucketName": "my-bucket",
              "VersioningConfiguration": { "Status": "Enabled" },
              "BucketEncryption": { "ServerSideEncryptionConfiguration": [ { "ServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } } ] },
              "PublicAccessBlockConfiguration": { "BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true, "RestrictPublicBuckets": true },
              "OwnershipControls": { "Rules": [ { "ObjectOwnership": "BucketOwnerEnforced" } ] },
              "LifecycleConfiguration": { "Rules": [ { "Status": "Enabled", "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 7 } } ] },
              "NotificationConfiguration": { "EventBridgeConfiguration": { "EventBridgeEnabled": true } },
              "Tags": [ { "Key": "team", "Value": "blue" } ]
            }
            """);
        Assert.Equal(("my-bucket", "arn:aws:s3:::my-bucket"), (bucket.Ref, bucket.Attributes["Arn"]));
        Assert.Equal($"my-bucket.s3.localhost:{cloud.Endpoint.Port}", bucket.Attributes["DomainName"]);
        Assert.Equal($"my-bucket.s3.us-east-1.localhost:{cloud.Endpoint.Port}", bucket.Attributes["RegionalDomainName"]);
        using AmazonS3Client client = S3Cloud.ClientOf(cloud);
        Assert.Equal(VersionStatus.Enabled, (await client.GetBucketVersioningAsync("my-bucket", Cancellation)).VersioningConfig.Status);
        Assert.Equal("blue", (await client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = "my-bucket" }, Cancellation)).TagSet.Single().Value);
    }

    [Fact]
    public async Task Provision_NoName_TakesStackLogicalIdAndAccount()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(configure: options => options.StackName = "MyStack");
        Assert.Equal("mystack-inbox-000000000000", (await ProvisionAsync(cloud, "{}")).Ref);
    }

    [Fact]
    public async Task Provision_Again_KeepsWhatIsInIt()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        using AmazonS3Client client = S3Cloud.ClientOf(cloud);
        ProvisionedResource first = await ProvisionAsync(cloud, """{ "BucketName": "again", "VersioningConfiguration": { "Status": "Enabled" } }""");
        await client.PutObjectAsync(new PutObjectRequest { BucketName = "again", Key = "key", ContentBody = "body" }, Cancellation);
        ProvisionedResource second = await ProvisionAsync(cloud, """{ "BucketName": "again", "VersioningConfiguration": { "Status": "Suspended" } }""");
        Assert.Equal(first.Attributes, second.Attributes);
        Assert.Equal(VersionStatus.Suspended, (await client.GetBucketVersioningAsync("again", Cancellation)).VersioningConfig.Status);
        Assert.Equal(4, (await client.GetObjectMetadataAsync("again", "key", Cancellation)).ContentLength);
    }

    [Theory]
    [InlineData("""{ "BucketName": "Not_A_Name" }""", "Not_A_Name")]
    [InlineData("""{ "BucketName": [] }""", "BucketName")]
    [InlineData("""{ "VersioningConfiguration": { "Status": "Maybe" } }""", "VersioningConfiguration.Status")]
    [InlineData("""{ "VersioningConfiguration": "Enabled" }""", "VersioningConfiguration")]
    [InlineData("""{ "OwnershipControls": { "Rules": [ { "ObjectOwnership": "ObjectWriter" } ] } }""", "OwnershipControls")]
    [InlineData("""{ "WebsiteConfiguration": {} }""", "WebsiteConfiguration")]
    [InlineData("""{ "NotificationConfiguration": { "QueueConfigurations": [] } }""", "NotificationConfiguration.QueueConfigurations")]
    [InlineData("""{ "Tags": { "a": "b" } }""", "Tags")]
    [InlineData("""{ "Tags": [ { "Key": "a" } ] }""", "Tags")]
    [InlineData("""{ "Tags": [ { "Key": "aws:a", "Value": "b" } ] }""", "Tags")]
    public async Task Provision_WhatCannotBe_SaysWhereAndWhy(string properties, string what)
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        LocalCloudException exception = await Assert.ThrowsAsync<LocalCloudException>(() => ProvisionAsync(cloud, properties));
        Assert.StartsWith("template.yaml(12,3): Inbox", exception.Message, StringComparison.Ordinal);
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
        using AmazonS3Client client = S3Cloud.ClientOf(cloud);
        Assert.Empty((await client.ListBucketsAsync(Cancellation)).Buckets ?? []);
    }

    private static Task<ProvisionedResource> ProvisionAsync(TestCloud cloud, string properties)
    {
        IResourceProvider provider = cloud.Server.Services.GetServices<IResourceProvider>().Single(candidate => candidate.ResourceTypes.Contains("AWS::S3::Bucket"));
        TemplateResource resource = new("Inbox", "AWS::S3::Bucket", JsonNode.Parse(properties)!.AsObject(), "template.yaml(12,3)");
        return provider.ProvisionAsync(resource, Cancellation);
    }
}

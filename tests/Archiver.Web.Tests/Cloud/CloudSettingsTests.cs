using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Infra.LocalCloud;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Web.Tests.Cloud;

public sealed class CloudSettingsTests
{
    [Fact]
    public void Read_Nothing_IsTheDefaults()
    {
        CloudOptions options = CloudOptionsReader.Read(Configured());

        Assert.Equal(CloudMode.Local, options.Mode);
        Assert.Equal(4566, options.Local.Port);
        Assert.Equal(".archiver", options.Local.DataDirectory);
        Assert.Equal("archiver", options.Local.StackName);
    }

    [Fact]
    public void Read_EverythingWrong_SaysAllOfItEachByItsKey()
    {
        StartupException refusal = Assert.Throws<StartupException>(() => CloudOptionsReader.Read(Configured(
            ("Cloud:Mode", "Azure"), ("Cloud:Local:Port", "70000"), ("Cloud:Local:DataDirectory", " "), ("Cloud:StackName", "9 lives"))));

        Assert.All(
            ["Cloud:Mode", "Cloud:Local:Port", "Cloud:Local:DataDirectory", "Cloud:StackName"],
            key => Assert.Contains(key, refusal.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("http")]
    [InlineData("")]
    public void Read_APortThatIsNone_IsRefused(string port) =>
        Assert.Contains("Cloud:Local:Port", Assert.Throws<StartupException>(() => CloudOptionsReader.Read(Configured(("Cloud:Local:Port", port)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_HalfAKey_IsRefused() => Assert.Contains(
        "Cloud:Local:SecretAccessKey",
        Assert.Throws<StartupException>(() => CloudOptionsReader.Read(Configured(("Cloud:Local:AccessKeyId", "AKIDEXAMPLE")))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ASecretOnTheCommandLine_IsRefusedWithoutShowingIt()
    {
        const string secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
        IConfiguration given = new ConfigurationBuilder().AddCommandLine(["--Cloud:Local:AccessKeyId=AKIDEXAMPLE", $"--Cloud:Local:SecretAccessKey={secret}"]).Build();

        StartupException refusal = Assert.Throws<StartupException>(() => CloudOptionsReader.Read(given));

        Assert.Contains("Cloud__Local__SecretAccessKey", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithAKey_SignsEveryCallWithIt()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("archiver-signed-");
        try
        {
            await using CloudConnection cloud = await CloudConnection.OpenAsync(
                Configured(
                    ("Cloud:Local:Port", "0"), ("Cloud:Local:DataDirectory", data.FullName), ("Cloud:Local:AccessKeyId", "AKIDEXAMPLE"),
                    ("Cloud:Local:SecretAccessKey", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")),
                TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
            using AmazonSQSClient stranger = new(
                new BasicAWSCredentials("local", "local"), new AmazonSQSConfig { ServiceURL = cloud.Options.DefaultClientConfig.ServiceURL, AuthenticationRegion = "us-east-1" });
            using IAmazonSQS own = cloud.Options.CreateServiceClient<IAmazonSQS>();

            Assert.NotEmpty((await own.ListQueuesAsync(new ListQueuesRequest(), TestContext.Current.CancellationToken)).QueueUrls);
            await Assert.ThrowsAnyAsync<AmazonServiceException>(() => stranger.ListQueuesAsync(new ListQueuesRequest(), TestContext.Current.CancellationToken));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Open_AwsWithoutItsNames_NamesEveryMissingKey()
    {
        // An endpoint where nothing listens: what Parameter Store would say can't be had.
        StartupException refusal = await Assert.ThrowsAsync<StartupException>(() => CloudConnection.OpenAsync(
            Configured(("Cloud:Mode", "Aws"), ("Cloud:ArchiveTable", "given"), ("AWS:ServiceURL", "http://127.0.0.1:9"), ("AWS:Region", "us-east-1")),
            TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken));

        string[] missing = ["StateMachineArn", "ExpressStateMachineArn", "HumanQueueUrl", "DeadLetterQueueUrl", "ApprovalsTable", "DashboardTable", "AuditTable", "InboxBucket", "ArchiveBucket", "RejectedBucket"];
        Assert.All(missing, name => Assert.Contains($"Cloud:{name}", refusal.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("Cloud:ArchiveTable", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_LocalOnADirectoryThatCanNotBeWritten_SaysSo()
    {
        string file = Path.GetTempFileName();
        try
        {
            LocalCloudException refusal = await Assert.ThrowsAsync<LocalCloudException>(() => CloudConnection.OpenAsync(
                Configured(("Cloud:Local:Port", "0"), ("Cloud:Local:DataDirectory", Path.Combine(file, "below"))),
                TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken));

            Assert.Contains("Cloud:Local:DataDirectory", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IConfiguration Configured(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value)).Build();
}

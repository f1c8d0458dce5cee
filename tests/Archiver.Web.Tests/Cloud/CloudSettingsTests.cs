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
    public async Task Open_AwsWithoutItsNames_NamesEveryMissingKey()
    {
        // An endpoint where nothing listens: what Parameter Store would say can't be had.
        StartupException refusal = await Assert.ThrowsAsync<StartupException>(() => CloudConnection.OpenAsync(
            Configured(("Cloud:Mode", "Aws"), ("Cloud:ArchiveTable", "given"), ("AWS:ServiceURL", "http://127.0.0.1:9"), ("AWS:Region", "us-east-1")),
            TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken));

        string[] missing = ["StateMachineArn", "HumanQueueUrl", "DeadLetterQueueUrl", "ApprovalsTable", "DashboardTable", "AuditTable", "InboxBucket", "ArchiveBucket", "RejectedBucket"];
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

using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Archiver.Infra.LocalCloud;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Infra.Tests.LocalCloud;

public sealed class LocalCloudServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-server-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task StartAsync_PortInUse_NamesThePortAndTheSettingAndLetsGoOfTheData()
    {
        await using TestCloud first = await TestCloud.StartAsync();
        LocalCloudOptions options = new() { Port = first.Endpoint.Port, DataDirectory = _folder, TemplatePath = null };

        LocalCloudException exception = await FailsAsync(options);

        Assert.Equal(
            $"Port {first.Endpoint.Port} of 127.0.0.1 is in use. Stop the program that has it, or choose another with Cloud:Local:Port (0 takes a free one).",
            exception.Message);
        options.Port = 0;
        await using LocalCloudServer second = await StartAsync(options);
    }

    [Fact]
    public async Task StartAsync_DataDirectoryOfAnotherCloud_IsRefusedWhileTheOtherRuns()
    {
        LocalCloudOptions options = new() { Port = 0, DataDirectory = _folder, TemplatePath = null };
        LocalCloudServer first = await StartAsync(options);

        LocalCloudException exception = await FailsAsync(options);

        Assert.Equal($"Another local cloud has the data directory {_folder}. Stop it, or choose another directory with Cloud:Local:DataDirectory.", exception.Message);
        await first.DisposeAsync();
        await using LocalCloudServer second = await StartAsync(options);
    }

    [Fact]
    public async Task StartAsync_DataDirectoryBelowAFile_CantBeWritten()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        LocalCloudException exception = await FailsAsync(new LocalCloudOptions { Port = 0, DataDirectory = Path.Combine(file, "data"), TemplatePath = null });

        Assert.StartsWith($"The data directory {file}/data can't be written: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Choose another with Cloud:Local:DataDirectory.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_BrokenTemplate_LetsGoOfPortAndData()
    {
        string template = Path.Combine(_folder, "t.yaml");
        await File.WriteAllTextAsync(template, "Resources: {A: {Type: AWS::EC2::Instance}}", TestContext.Current.CancellationToken);
        LocalCloudOptions options = new() { Port = 0, DataDirectory = Path.Combine(_folder, "data"), TemplatePath = template };

        LocalCloudException exception = await FailsAsync(options);

        Assert.Equal($"{template}(1,13): The local cloud has no AWS::EC2::Instance, which A is.", exception.Message);
        options.TemplatePath = null;
        await using LocalCloudServer second = await StartAsync(options);
    }

    [Fact]
    public async Task StartAsync_WrongSettings_AreAllNamed()
    {
        LocalCloudException exception = await FailsAsync(new LocalCloudOptions { Port = 65536, DataDirectory = " ", StackName = "1st", TemplatePath = "" });

        Assert.Equal(
            [
                "Cloud:Local:Port is 65536; a port is 0 to 65535, and 0 takes a free one.",
                "Cloud:Local:DataDirectory is empty; it is the folder that the local cloud keeps its state in.",
                "Cloud:StackName is '1st'; a stack's name begins with a letter, has letters, digits and hyphens, and 128 of them at most.",
                "Cloud:Local:TemplatePath is empty; leave it out for the template that the program carries.",
            ],
            exception.Message.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData(0, "a", true)]
    [InlineData(65535, "My-Stack-2", true)]
    [InlineData(-1, "a", false)]
    [InlineData(1, "", false)]
    [InlineData(1, "a_b", false)]
    [InlineData(1, "a\n", false)]
    [InlineData(1, "-a", false)]
    public void Errors_PortAndStackName_AreChecked(int port, string stackName, bool valid) =>
        Assert.Equal(valid, !LocalCloudOptionsValidator.Errors(new LocalCloudOptions { Port = port, StackName = stackName }).Any());

    [Fact]
    public void Errors_LongestStackName_Has128Characters()
    {
        Assert.Empty(LocalCloudOptionsValidator.Errors(new LocalCloudOptions { StackName = new string('a', 128) }));
        Assert.Single(LocalCloudOptionsValidator.Errors(new LocalCloudOptions { StackName = new string('a', 129) }));
    }

    [Fact]
    public async Task GetCallerIdentity_Anybody_IsTheAccount()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        using AmazonSecurityTokenServiceClient client = cloud.Client(
            new AmazonSecurityTokenServiceConfig(), (credentials, config) => new AmazonSecurityTokenServiceClient(credentials, config));

        GetCallerIdentityResponse response = await client.GetCallerIdentityAsync(new GetCallerIdentityRequest(), TestContext.Current.CancellationToken);

        Assert.Equal(("000000000000", "000000000000", "arn:aws:iam::000000000000:root"), (response.Account, response.UserId, response.Arn));
        Assert.NotNull(response.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task GetSessionToken_NotThere_IsRefused()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        using AmazonSecurityTokenServiceClient client = cloud.Client(
            new AmazonSecurityTokenServiceConfig(), (credentials, config) => new AmazonSecurityTokenServiceClient(credentials, config));

        AmazonSecurityTokenServiceException exception = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(
            () => client.GetSessionTokenAsync(TestContext.Current.CancellationToken));

        Assert.Equal(("InvalidAction", "The local cloud does not have sts:GetSessionToken."), (exception.ErrorCode, exception.Message));
    }

    private static Task<LocalCloudException> FailsAsync(LocalCloudOptions options) => Assert.ThrowsAsync<LocalCloudException>(() => StartAsync(options));

    private static Task<LocalCloudServer> StartAsync(LocalCloudOptions options) =>
        LocalCloudServer.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
}

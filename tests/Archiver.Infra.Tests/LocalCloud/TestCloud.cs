using Amazon.Runtime;
using Archiver.Infra.LocalCloud;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Infra.Tests.LocalCloud;

/// <summary>A local cloud on a free port with a data directory of its own, and the real SDK's clients for it.</summary>
internal sealed class TestCloud : IAsyncDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("local", "local");
    private readonly bool _ownsDirectory;

    private TestCloud(LocalCloudServer server, string dataDirectory, bool ownsDirectory)
    {
        Server = server;
        DataDirectory = dataDirectory;
        _ownsDirectory = ownsDirectory;
    }

    public LocalCloudServer Server { get; }

    public string DataDirectory { get; }

    public Uri Endpoint => Server.Endpoint;

    /// <summary>Starts a cloud. Without a template it is empty; with <paramref name="dataDirectory"/> it takes up what another left.</summary>
    public static async Task<TestCloud> StartAsync(
        TimeProvider? time = null, string? templatePath = null, string? dataDirectory = null, Action<LocalCloudOptions>? configure = null,
        ILoggerFactory? loggers = null)
    {
        string directory = dataDirectory ?? Directory.CreateTempSubdirectory("archiver-cloud-").FullName;
        LocalCloudOptions options = new() { Port = 0, DataDirectory = directory, TemplatePath = templatePath };
        configure?.Invoke(options);
        LocalCloudServer server = await LocalCloudServer.StartAsync(
            options, time ?? TimeProvider.System, loggers ?? NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        return new TestCloud(server, directory, dataDirectory is null);
    }

    /// <summary>Makes a client of the real SDK for this cloud, such as <c>Client(new AmazonSQSConfig(), (c, o) =&gt; new AmazonSQSClient(c, o))</c>.
    /// It does not retry, so that a test sees the first answer.</summary>
    public TClient Client<TConfig, TClient>(TConfig config, Func<AWSCredentials, TConfig, TClient> create)
        where TConfig : ClientConfig
    {
        config.ServiceURL = Endpoint.ToString();
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = 0;
        return create(Credentials, config);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (_ownsDirectory) Directory.Delete(DataDirectory, recursive: true);
    }
}

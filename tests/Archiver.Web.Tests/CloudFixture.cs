using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.SQS;
using Amazon.StepFunctions;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(Archiver.Web.Tests.CloudFixture))]

namespace Archiver.Web.Tests;

/// <summary>One local cloud with the real stack, and the real SDK's clients for it. Tests share it, and no two use one approval or run.</summary>
public sealed class CloudFixture : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("archiver-web-").FullName;
    private ServiceProvider _clients = null!;

    /// <summary>The stack's names.</summary>
    public CloudResources Resources => Connection.Resources;

    /// <summary>The cloud.</summary>
    public CloudConnection Connection { get; private set; } = null!;

    /// <summary>Queues.</summary>
    public IAmazonSQS Sqs => _clients.GetRequiredService<IAmazonSQS>();

    /// <summary>Tables.</summary>
    public IAmazonDynamoDB DynamoDb => _clients.GetRequiredService<IAmazonDynamoDB>();

    /// <summary>Runs.</summary>
    public IAmazonStepFunctions StepFunctions => _clients.GetRequiredService<IAmazonStepFunctions>();

    /// <summary>Buckets.</summary>
    public IAmazonS3 S3 => _clients.GetRequiredService<IAmazonS3>();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Cloud:Local:Port"] = "0",
            ["Cloud:Local:DataDirectory"] = _directory,
        }).Build();
        Connection = await CloudConnection.OpenAsync(configuration, TimeProvider.System, NullLoggerFactory.Instance);
        _clients = new ServiceCollection().AddSingleton(configuration).AddLogging().AddCloud(Connection).BuildServiceProvider();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _clients.DisposeAsync();
        await Connection.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

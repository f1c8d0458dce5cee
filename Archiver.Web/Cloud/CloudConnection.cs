using Amazon.Extensions.NETCore.Setup;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Archiver.Infra.LocalCloud;

namespace Archiver.Web.Cloud;

/// <summary>
/// The composition root's one decision: which cloud. Opening it starts the local cloud where that is asked for, and reads the
/// stack's names from Parameter Store; from there on local is an endpoint and its key, and nothing else differs.
/// </summary>
public sealed partial class CloudConnection : IAsyncDisposable
{
    private readonly LocalCloudServer? _localCloud;

    private CloudConnection(CloudMode mode, LocalCloudServer? localCloud, AWSOptions options, CloudResources resources)
    {
        Mode = mode;
        _localCloud = localCloud;
        Options = options;
        Resources = resources;
    }

    /// <summary>Which cloud it is.</summary>
    public CloudMode Mode { get; }

    /// <summary>What every client of the SDK is made with.</summary>
    public AWSOptions Options { get; }

    /// <summary>The stack's names.</summary>
    public CloudResources Resources { get; }

    /// <summary>Opens the cloud that the settings name.</summary>
    /// <exception cref="StartupException">Settings are missing or wrong: all of them, each by its key.</exception>
    /// <exception cref="LocalCloudException">The local cloud can't start.</exception>
    public static async Task<CloudConnection> OpenAsync(
        IConfiguration configuration, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken = default)
    {
        CloudOptions options = CloudOptionsReader.Read(configuration);
        LocalCloudServer? localCloud = null;
        try
        {
            AWSOptions aws = configuration.GetAWSOptions();
            if (options.Mode == CloudMode.Local)
            {
                localCloud = await LocalCloudServer.StartAsync(options.Local, time, loggers, cancellationToken);
                aws = LocalOptions(localCloud.Endpoint, options.Local);
                ILogger logger = loggers.CreateLogger<CloudConnection>();
                LogLocalCloud(logger, localCloud.Endpoint);
            }
            CloudResources resources = await ReadResourcesAsync(options, configuration, aws, cancellationToken);
            return new CloudConnection(options.Mode, localCloud, aws, resources);
        }
        catch
        {
            if (localCloud is not null) await localCloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the local cloud, where there is one.</summary>
    public ValueTask DisposeAsync() => _localCloud?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static AWSOptions LocalOptions(Uri endpoint, LocalCloudOptions local)
    {
        AWSOptions options = new() { Credentials = local.CreateCredentials() };
        options.DefaultClientConfig.ServiceURL = endpoint.ToString();
        options.DefaultClientConfig.AuthenticationRegion = "us-east-1";
        return options;
    }

    private static async Task<CloudResources> ReadResourcesAsync(
        CloudOptions options, IConfiguration configuration, AWSOptions aws, CancellationToken cancellationToken)
    {
        string path = $"/archiver/{options.StackName}/";
        Dictionary<string, string> given = configuration.GetSection(CloudOptions.Section).GetChildren()
            .Where(child => !string.IsNullOrWhiteSpace(child.Value))
            .ToDictionary(child => child.Key, child => child.Value!, StringComparer.OrdinalIgnoreCase);
        if (CloudResources.From(given).Resources is { } complete) return complete;

        string? refused = null;
        try
        {
            using IAmazonSimpleSystemsManagement parameters = aws.CreateServiceClient<IAmazonSimpleSystemsManagement>();
            GetParametersByPathRequest request = new() { Path = path };
            do
            {
                GetParametersByPathResponse page = await parameters.GetParametersByPathAsync(request, cancellationToken);
                foreach (Parameter parameter in page.Parameters ?? [])
                    given.TryAdd(parameter.Name[path.Length..], parameter.Value);
                request.NextToken = page.NextToken;
            }
            while (request.NextToken is not null);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            refused = exception.Message;
        }

        (CloudResources? resources, IReadOnlyList<string> missing) = CloudResources.From(given);
        if (resources is not null) return resources;
        IEnumerable<string> problems = missing.Select(name =>
            $"{CloudOptions.Section}:{name} is not set, and Parameter Store has no {path}{name}.");
        throw new StartupException([.. refused is null ? [] : new[] { $"Parameter Store could not be read: {refused}" }, .. problems]);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The local cloud serves. Its AWS endpoint: {Endpoint}")]
    private static partial void LogLocalCloud(ILogger logger, Uri endpoint);
}

using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.StepFunctions;
using Archiver.Web.Approvals;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Archiver.Web.Tests.Faults;

/// <summary>
/// One dashboard without its pages: the services as the program registers them, in a container of their own. What runs in the
/// background does so from <see cref="StartAsync"/> on.
/// </summary>
internal sealed class DashboardReplica : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly FaultyHttp? _http;
    private IReadOnlyList<IHostedService> _started = [];

    /// <param name="cloud">The cloud, which others may share.</param>
    /// <param name="time">The clock; the system's where there is none.</param>
    /// <param name="undoSeconds">For how long decisions can be taken back.</param>
    /// <param name="faults">What is to happen to its calls.</param>
    /// <param name="retries">How often the SDK repeats a call by itself. It does so by the real clock.</param>
    /// <param name="settings">What else is set.</param>
    public DashboardReplica(CloudFixture cloud, TimeProvider? time = null, int undoSeconds = 0, IFaultPlan? faults = null, int retries = 0, params (string Key, string Value)[] settings)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [
                new("Approvals:UndoSeconds", undoSeconds.ToString(CultureInfo.InvariantCulture)),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
            ]).Build());
        services.AddLogging();
        services.AddCloud(cloud.Connection).AddIdentity().AddAudit().AddApprovals();
        if (time is not null) services.AddSingleton(time);
        if (faults is not null)
        {
            _http = new FaultyHttp(faults);
            services.AddAWSService<IAmazonSQS>((config, _) => Disturb(config));
            services.AddAWSService<IAmazonDynamoDB>((config, _) => Disturb(config));
            services.AddAWSService<IAmazonStepFunctions>((config, _) => Disturb(config));
        }
        _services = services.BuildServiceProvider();

        void Disturb(ClientConfig config)
        {
            config.HttpClientFactory = _http;
            config.MaxErrorRetry = retries;
            if (retries == 0) config.MaxStaleConnectionRetries = 0; // a lost connection is repeated apart from these
        }
    }

    /// <summary>A service of the dashboard's.</summary>
    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts what runs in the background.</summary>
    public async Task StartAsync()
    {
        _started = [.. _services.GetServices<IHostedService>()];
        foreach (IHostedService service in _started) await service.StartAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_started.Select(service => service.StopAsync(CancellationToken.None)));
        await _services.DisposeAsync();
        _http?.Dispose();
    }
}

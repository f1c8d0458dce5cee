using System.Net;
using Archiver.Infra.LocalCloud;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Archiver.Infra.Tests.LocalCloud;

public sealed class LocalCloudHostedServiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Host_LaterService_FindsTheCloudServingFromStartToStop()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLocalCloud(options => (options.Port, options.DataDirectory, options.TemplatePath) = (0, _folder, null));
        builder.Services.AddSingleton<Caller>().AddHostedService(provider => provider.GetRequiredService<Caller>());
        using IHost host = builder.Build();
        ILocalCloud cloud = host.Services.GetRequiredService<ILocalCloud>();
        Assert.Throws<InvalidOperationException>(() => cloud.Endpoint);

        await host.StartAsync(TestContext.Current.CancellationToken);
        Uri endpoint = cloud.Endpoint;
        await host.StopAsync(TestContext.Current.CancellationToken);

        // Nothing of S3's or another service's is asked: that somebody answers is what counts.
        Assert.Equal(2, host.Services.GetRequiredService<Caller>().Answers.Count);
        using HttpClient http = new();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(endpoint, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Host_WrongSettings_AreAllToldAtStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLocalCloud(options => (options.Port, options.DataDirectory) = (-1, ""));
        using IHost host = builder.Build();

        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Collection(
            exception.Failures,
            failure => Assert.StartsWith("Cloud:Local:Port is -1", failure, StringComparison.Ordinal),
            failure => Assert.StartsWith("Cloud:Local:DataDirectory is empty", failure, StringComparison.Ordinal));
    }

    /// <summary>Calls the cloud when it starts and when it stops.</summary>
    private sealed class Caller(ILocalCloud cloud) : IHostedService
    {
        public List<HttpStatusCode> Answers { get; } = [];

        public Task StartAsync(CancellationToken cancellationToken) => CallAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => CallAsync(cancellationToken);

        private async Task CallAsync(CancellationToken cancellationToken)
        {
            using HttpClient http = new();
            using HttpResponseMessage response = await http.GetAsync(cloud.Endpoint, cancellationToken);
            Answers.Add(response.StatusCode);
        }
    }
}

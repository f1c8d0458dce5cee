using System.Net;
using Archiver.Infra.LocalCloud.DynamoDb;
using Archiver.Infra.LocalCloud.Lambda;
using Archiver.Infra.LocalCloud.Parameters;
using Archiver.Infra.LocalCloud.S3;
using Archiver.Infra.LocalCloud.Sqs;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.StepFunctions;
using Archiver.Infra.LocalCloud.Storage;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud;

/// <summary>
/// The local cloud, serving: one loopback port on which every service answers in its own wire protocol. It has a container
/// of its own, so that nothing of the program around it can reach past the wire.
/// </summary>
public sealed class LocalCloudServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LocalCloudServer(WebApplication application, Uri endpoint)
    {
        _application = application;
        Endpoint = endpoint;
    }

    /// <summary>Where the AWS endpoint answers, such as <c>http://127.0.0.1:4566/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>The services inside, for tests.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>Starts a local cloud: opens its data, serves, creates the template's stack, and takes up what was under way.</summary>
    /// <param name="options">Where and with what.</param>
    /// <param name="time">The clock of every time-out, delay and stamp.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="LocalCloudException">A port in use, a directory that can't be written, a broken template.</exception>
    public static async Task<LocalCloudServer> StartAsync(
        LocalCloudOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new CloudIdentity());
        builder.Services.AddSingleton(new DataDirectory(options.DataDirectory));
        builder.Services.AddSingleton<CloudEndpoint>();
        // The stack comes before Step Functions, which takes up its executions once what they call is there.
        builder.Services.AddStack().AddSqs().AddDynamoDb().AddStepFunctions().AddLambda().AddParameters().AddS3();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // an object may have 5 GB; each API holds its own limit
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });

        WebApplication application = builder.Build();
        IWireApi[] apis = [.. application.Services.GetServices<IWireApi>()];
        application.Run(context => (apis.FirstOrDefault(api => api.Accepts(context.Request)) ?? UnknownApi.Instance).HandleAsync(context));
        try
        {
            await application.StartAsync(cancellationToken);
            string address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
            Uri endpoint = new(address);
            application.Services.GetRequiredService<CloudEndpoint>().Uri = endpoint;
            foreach (IStartupTask task in application.Services.GetServices<IStartupTask>())
                await task.RunAsync(cancellationToken);
            return new LocalCloudServer(application, endpoint);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await application.DisposeAsync();
            throw new LocalCloudException(
                $"Port {options.Port} of 127.0.0.1 is in use. Stop the program that has it, or choose another with Cloud:Local:Port (0 takes a free one).", exception);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops serving, lets what is under way come to a point from which it can go on, and closes the data.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}

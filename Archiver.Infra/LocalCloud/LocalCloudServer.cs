using System.Net;
using System.Net.Sockets;
using Archiver.Infra.LocalCloud.DynamoDb;
using Archiver.Infra.LocalCloud.Events;
using Archiver.Infra.LocalCloud.Inbox;
using Archiver.Infra.LocalCloud.Lambda;
using Archiver.Infra.LocalCloud.Parameters;
using Archiver.Infra.LocalCloud.S3;
using Archiver.Infra.LocalCloud.Signing;
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
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud;

/// <summary>
/// The local cloud, serving: one loopback port on which every service answers in its own wire protocol. It has a container
/// of its own, so that nothing of the program around it can reach past the wire.
/// </summary>
public sealed class LocalCloudServer : IAsyncDisposable
{
    /// <summary>How long a stop waits for requests that are under way.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;
    private bool _disposed;

    private LocalCloudServer(WebApplication application, Uri endpoint)
    {
        _application = application;
        Endpoint = endpoint;
    }

    /// <summary>Where the AWS endpoint answers, such as <c>http://127.0.0.1:4566/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>The stack that was created from the template; nothing without one.</summary>
    public StackDescription? Stack => _application.Services.GetRequiredService<CreatedStack>().Description;

    /// <summary>The services inside, for tests.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>Starts a local cloud: opens its data, serves, creates the template's stack, and takes up what was under way.</summary>
    /// <param name="options">Where and with what.</param>
    /// <param name="time">The clock of every time-out, delay and stamp.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="LocalCloudException">A port in use, a directory that can't be written or that another local cloud has, a broken template.</exception>
    public static async Task<LocalCloudServer> StartAsync(
        LocalCloudOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken = default)
    {
        string[] errors = [.. LocalCloudOptionsValidator.Errors(options)];
        if (errors.Length > 0)
            throw new LocalCloudException(string.Join(Environment.NewLine, errors));

        WebApplication application = Build(options, time, loggers);
        try
        {
            // First of all, so that it is disposed of last: the lock on the folder outlives the files in it.
            application.Services.GetRequiredService<DataDirectory>();
            application.Use(LoopbackGuard.InvokeAsync);
            application.Run(Dispatcher(application.Services, options).HandleAsync);
            await application.StartAsync(cancellationToken);
            string address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
            Uri endpoint = new(address);
            application.Services.GetRequiredService<CloudEndpoint>().Uri = endpoint;
            foreach (IStartupTask task in application.Services.GetServices<IStartupTask>())
                await task.RunAsync(cancellationToken);
            return new LocalCloudServer(application, endpoint);
        }
        catch (Exception exception)
        {
            await EndAsync(application);
            if (Refusal(exception, options.Port) is { } refusal)
                throw new LocalCloudException(refusal, exception);
            throw;
        }
    }

    /// <summary>Stops serving, lets what is under way come to a point from which it can go on, and closes the data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await EndAsync(_application);
    }

    private static async Task EndAsync(WebApplication application)
    {
        try
        {
            await application.StopAsync(CancellationToken.None);
        }
        finally
        {
            await application.DisposeAsync();
        }
    }

    private static WebApplication Build(LocalCloudOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        // Empty: the settings of the program around, its urls first of all, are not this host's.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(new LocalCloudLoggers(loggers));
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new StackTemplate(options)); // made here, so that it is read meanwhile
        builder.Services.AddSingleton(new CloudIdentity());
        builder.Services.AddSingleton(_ => new DataDirectory(options.DataDirectory));
        builder.Services.AddSingleton<CloudEndpoint>();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        // The stack comes first because its startup task does: what executions need is there before they are taken up.
        // S3 comes last because its API takes every request that no other takes.
        // Events and the inbox come where all that they lead to is there.
        builder.Services.AddStack().AddSqs().AddDynamoDb().AddStepFunctions().AddLambda().AddParameters().AddEvents().AddInbox().AddS3();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            options.Limits.Apply(kestrel.Limits);
            kestrel.Listen(IPAddress.Loopback, options.Port, listener => listener.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static WireDispatcher Dispatcher(IServiceProvider services, LocalCloudOptions options)
    {
        SigningKey? key = SigningKey.Of(options);
        return new WireDispatcher(
            [.. services.GetServices<IWireApi>()],
            new RequestBodies(options.Limits.BodyBudget),
            key is null ? null : new SignatureGuard(key, services.GetRequiredService<CloudIdentity>(), services.GetRequiredService<TimeProvider>()),
            services.GetRequiredService<ILogger<WireDispatcher>>());
    }

    /// <summary>What keeps the port from being opened, for the person who can mend it; nothing for any other failure.</summary>
    private static string? Refusal(Exception exception, int port) => exception switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"Port {port} of 127.0.0.1 is in use. Stop the program that has it, or choose another with Cloud:Local:Port (0 takes a free one).",
        SocketException socket =>
            $"Port {port} of 127.0.0.1 can't be opened: {socket.Message}. Choose another with Cloud:Local:Port (0 takes a free one).",
        _ => null,
    };

    /// <summary>The signals that end a process are its program's business: this cloud ends when it is disposed of.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

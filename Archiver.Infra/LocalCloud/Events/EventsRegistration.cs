using Archiver.Infra.LocalCloud.Events.Targets;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>The local cloud's events, and what S3 has to say there.</summary>
internal static class EventsRegistration
{
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<EventsStore>()
        .AddSingleton<EventsService>()
        .AddSingleton<EventSender>()
        .AddSingleton<EventDelivery>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<EventDelivery>())
        .AddSingleton<ObjectEventSource>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<ObjectEventSource>())
        .AddSingleton<IWireApi, EventsApi>()
        .AddSingleton<IResourceProvider, RuleProvider>()
        .AddSingleton<IStartupTask, EventsResumption>();
}

/// <summary>Begins to tell and to deliver, once the rules and their targets are there.</summary>
internal sealed class EventsResumption(EventDelivery delivery, ObjectEventSource source) : IStartupTask
{
    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        delivery.Pump.Start();
        source.Pump.Start();
        return Task.CompletedTask;
    }
}

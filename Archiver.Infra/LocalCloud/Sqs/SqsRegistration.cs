using Archiver.Infra.LocalCloud.Sqs.Query;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>The local cloud's queues.</summary>
internal static class SqsRegistration
{
    public static IServiceCollection AddSqs(this IServiceCollection services) => services
        .AddSingleton<SqsStore>()
        .AddSingleton<SqsService>()
        .AddSingleton<MessageService>()
        .AddSingleton<MoveTaskService>()
        .AddSingleton<SqsApi>()
        .AddSingleton<IWireApi>(provider => provider.GetRequiredService<SqsApi>())
        .AddSingleton<IWireApi, SqsQueryApi>()
        .AddSingleton<IStartupTask>(provider => provider.GetRequiredService<MoveTaskService>())
        .AddSingleton<IResourceProvider, QueueProvider>();
}

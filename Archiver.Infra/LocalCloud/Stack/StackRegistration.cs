using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>The template: read, resolved, created. Its startup task comes before all others: they take up what it creates.</summary>
internal static class StackRegistration
{
    public static IServiceCollection AddStack(this IServiceCollection services) => services
        .AddSingleton<CreatedStack>()
        .AddSingleton<IResourceProvider, UnenforcedResources>()
        .AddSingleton<IStartupTask, StackStartup>()
        .AddSingleton<IWireApi, CloudFormationApi>();
}

using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.Parameters;

/// <summary>The local cloud's Parameter Store and its caller identity.</summary>
internal static class ParametersRegistration
{
    public static IServiceCollection AddParameters(this IServiceCollection services) => services
        .AddSingleton<ParameterCipher>()
        .AddSingleton<ParameterStore>()
        .AddSingleton<ParameterService>()
        .AddSingleton<IWireApi, ParametersApi>()
        .AddSingleton<IWireApi, CallerIdentityApi>()
        .AddSingleton<IResourceProvider, ParameterProvider>();
}

using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>The local cloud's functions.</summary>
internal static class LambdaRegistration
{
    public static IServiceCollection AddLambda(this IServiceCollection services) => services
        .AddSingleton<LambdaFunctions>()
        .AddSingleton<LambdaServices>()
        .AddSingleton<ILambdaRuntime, LambdaRuntime>()
        .AddSingleton<IWireApi, LambdaApi>()
        .AddSingleton<IResourceProvider, FunctionProvider>();
}

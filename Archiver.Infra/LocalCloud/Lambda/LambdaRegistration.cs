using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>The local cloud's functions.</summary>
internal static class LambdaRegistration
{
    public static IServiceCollection AddLambda(this IServiceCollection services) => services;
}

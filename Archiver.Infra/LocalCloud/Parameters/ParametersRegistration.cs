using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.Parameters;

/// <summary>The local cloud's Parameter Store and its caller identity.</summary>
internal static class ParametersRegistration
{
    public static IServiceCollection AddParameters(this IServiceCollection services) => services;
}

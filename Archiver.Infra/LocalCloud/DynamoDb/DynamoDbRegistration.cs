using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.DynamoDb;

/// <summary>The local cloud's tables.</summary>
internal static class DynamoDbRegistration
{
    public static IServiceCollection AddDynamoDb(this IServiceCollection services) => services;
}

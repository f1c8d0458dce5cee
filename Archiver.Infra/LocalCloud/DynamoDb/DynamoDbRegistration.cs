using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Requests;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Archiver.Infra.LocalCloud.DynamoDb;

/// <summary>The local cloud's tables.</summary>
internal static class DynamoDbRegistration
{
    public static IServiceCollection AddDynamoDb(this IServiceCollection services) => services
        .AddSingleton<DynamoDbStore>()
        .AddSingleton<DynamoDbTables>()
        .AddSingleton<DynamoDbService>()
        .AddSingleton<DynamoDbQueries>()
        .AddSingleton<TableOperations>()
        .AddSingleton<ItemOperations>()
        .AddSingleton<DynamoDbApi>()
        .AddSingleton<IWireApi>(provider => provider.GetRequiredService<DynamoDbApi>())
        .AddSingleton<TableResourceProvider>()
        .AddSingleton<IResourceProvider>(provider => provider.GetRequiredService<TableResourceProvider>())
        .AddSingleton<DynamoDbMaintenance>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<DynamoDbMaintenance>());
}

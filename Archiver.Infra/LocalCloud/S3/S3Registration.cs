using Archiver.Infra.LocalCloud.S3.Api;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>The local cloud's buckets. Its API takes every request that no other service takes, so it is registered last.</summary>
internal static class S3Registration
{
    public static IServiceCollection AddS3(this IServiceCollection services) => services
        .AddSingleton<S3Store>()
        .AddSingleton<ObjectEvents>()
        .AddSingleton<BucketService>()
        .AddSingleton<S3Service>()
        .AddSingleton<MultipartService>()
        .AddSingleton<BucketApi>()
        .AddSingleton<ListingApi>()
        .AddSingleton<ObjectApi>()
        .AddSingleton<ObjectReadApi>()
        .AddSingleton<MultipartApi>()
        .AddSingleton<S3Router>()
        .AddSingleton<IWireApi, S3Api>()
        .AddSingleton<IResourceProvider, BucketProvider>();
}

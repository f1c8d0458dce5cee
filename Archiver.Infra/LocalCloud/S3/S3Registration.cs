using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>The local cloud's buckets. Its API takes every request that no other service takes, so it is registered last.</summary>
internal static class S3Registration
{
    public static IServiceCollection AddS3(this IServiceCollection services) => services;
}

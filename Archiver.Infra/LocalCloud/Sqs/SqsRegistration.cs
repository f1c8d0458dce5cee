using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>The local cloud's queues.</summary>
internal static class SqsRegistration
{
    public static IServiceCollection AddSqs(this IServiceCollection services) => services;
}

using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>The template: read, resolved, created.</summary>
internal static class StackRegistration
{
    public static IServiceCollection AddStack(this IServiceCollection services) => services;
}

using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>The local cloud's state machines and executions.</summary>
internal static class StepFunctionsRegistration
{
    public static IServiceCollection AddStepFunctions(this IServiceCollection services) => services;
}

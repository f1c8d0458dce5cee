using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.StepFunctions.Integrations;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>The local cloud's state machines and executions.</summary>
internal static class StepFunctionsRegistration
{
    public static IServiceCollection AddStepFunctions(this IServiceCollection services) => services
        .AddSingleton<StatesDatabase>()
        .AddSingleton<MachineStore>()
        .AddSingleton<ExecutionStore>()
        .AddSingleton(provider => new TaskTokens(provider.GetRequiredService<StatesDatabase>().Secret("task-token")))
        .AddSingleton(provider => new InterpreterSurroundings(
            provider.GetRequiredService<TaskTokens>().Create, Random.Shared, Guid.NewGuid))
        .AddSingleton<ITaskIntegration, LambdaFunctionIntegration>()
        .AddSingleton<ITaskIntegration, LambdaInvokeIntegration>()
        .AddSingleton<ITaskIntegration, SqsIntegration>()
        .AddSingleton<ITaskIntegration, DynamoDbIntegration>()
        .AddSingleton<ITaskIntegration, StartExecutionIntegration>()
        .AddSingleton<TaskIntegrations>()
        .AddSingleton<MachineCatalog>()
        .AddSingleton<ExecutionEngine>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<ExecutionEngine>())
        .AddSingleton<StateMachineService>()
        .AddSingleton<ExecutionService>()
        .AddSingleton<TaskTokenService>()
        .AddSingleton<IWireApi, StepFunctionsApi>()
        .AddSingleton<IResourceProvider, StateMachineProvider>()
        .AddSingleton<IStartupTask, ExecutionResumption>();
}

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>Takes up the executions of a former process, once what they call is there.</summary>
internal sealed class ExecutionResumption(ExecutionEngine engine) : IStartupTask
{
    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        engine.Resume();
        return Task.CompletedTask;
    }
}

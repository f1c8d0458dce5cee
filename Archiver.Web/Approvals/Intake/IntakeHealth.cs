using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Archiver.Web.Approvals.Intake;

/// <summary>Ready means: approvals come in. A short failure is weathered; one that lasts makes this replica unready.</summary>
internal sealed class IntakeHealth(IntakeStatus intake, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IntakeState state = intake.State;
        Dictionary<string, object> data = new()
        {
            ["waiting"] = state.Waiting,
            ["rejected"] = state.Rejected,
        };
        if (state.FailingSince is not { } since) return Task.FromResult(HealthCheckResult.Healthy("Approvals come in.", data));
        data["failingSince"] = since;
        string description = $"Nothing comes in: {state.FailingBecause}";
        return Task.FromResult(time.GetUtcNow() - since < Patience
            ? HealthCheckResult.Degraded(description, data: data)
            : HealthCheckResult.Unhealthy(description, data: data));
    }
}

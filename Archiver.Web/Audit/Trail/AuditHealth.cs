using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Archiver.Web.Audit.Trail;

/// <summary>Ready means: what is done can be put on record. Without that no command is let through; a short failure is weathered.</summary>
internal sealed class AuditHealth(AuditTrail trail, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(trail.State));

    private HealthCheckResult Check(AuditState state)
    {
        Dictionary<string, object> data = new() { ["pending"] = state.Pending };
        if (state.Head is { } head) data["head"] = head.Sequence;
        if (state.FailingSince is not { } since) return HealthCheckResult.Healthy("What is done is put on record.", data);
        data["failingSince"] = since.ToString("O", CultureInfo.InvariantCulture);
        string description = $"Nothing can be put on record, and no command is let through: {state.Because}";
        return time.GetUtcNow() - since < Patience ? HealthCheckResult.Degraded(description, data: data) : HealthCheckResult.Unhealthy(description, data: data);
    }
}

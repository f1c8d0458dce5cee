using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Archiver.Web.Approvals.Intake;

/// <summary>
/// Ready means: approvals come in. A short failure is weathered, and so is one of a part of the receivers; when nothing has come
/// in for a while, this replica is unready.
/// </summary>
internal sealed class IntakeHealth(IntakeStatus intake, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(intake.State));

    private HealthCheckResult Check(IntakeState state)
    {
        Dictionary<string, object> data = Data(state);
        if ((state.Failing ?? state.Paused) is not { } trouble)
        {
            return state.Blind is { } blind
                ? HealthCheckResult.Degraded($"Approvals come in, and the queues can't be watched: {blind.Because}", data: data)
                : HealthCheckResult.Healthy(state.IsBehind ? "Approvals come in, and more wait." : "Approvals come in.", data);
        }
        if (state.StalledSince is not { } stalled)
            return HealthCheckResult.Degraded($"Some of the receivers take nothing in: {trouble.Because}", data: data);
        string description = $"Nothing comes in: {trouble.Because}";
        return time.GetUtcNow() - stalled < Patience ? HealthCheckResult.Degraded(description, data: data) : HealthCheckResult.Unhealthy(description, data: data);
    }

    private static Dictionary<string, object> Data(IntakeState state)
    {
        Dictionary<string, object> data = new()
        {
            ["receivers"] = state.Receivers,
            ["waiting"] = state.Waiting,
            ["oldestSeconds"] = (long)(state.Lag ?? TimeSpan.Zero).TotalSeconds,
            ["rejected"] = state.Rejected,
            ["deadLetters"] = state.DeadLetters,
        };
        Add("failing", state.Failing);
        Add("paused", state.Paused);
        Add("unwatched", state.Blind);
        return data;

        void Add(string name, IntakeTrouble? trouble)
        {
            if (trouble is null) return;
            data[name + "Since"] = trouble.Since.ToString("O", CultureInfo.InvariantCulture);
            data[name + "Because"] = trouble.Because;
            data[name + "Parts"] = trouble.Parts;
        }
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Webhooks;

/// <summary>What became of the webhooks' messages, as this process knows it.</summary>
internal sealed class WebhookStatus
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _failures = [];
    private long _sent;
    private long _waiting;
    private long _deadLetters;

    /// <summary>One was taken.</summary>
    public void Sent() => Interlocked.Increment(ref _sent);

    /// <summary>One was not.</summary>
    public void Failed(string webhook)
    {
        lock (_lock) _failures[webhook] = _failures.GetValueOrDefault(webhook) + 1;
    }

    /// <summary>The queues were counted.</summary>
    public void Counted(long waiting, long deadLetters)
    {
        Volatile.Write(ref _waiting, waiting);
        Volatile.Write(ref _deadLetters, deadLetters);
    }

    /// <summary>All of it, for the health data.</summary>
    public Dictionary<string, object> Data()
    {
        Dictionary<string, object> data = new()
        {
            ["sent"] = Volatile.Read(ref _sent),
            ["waiting"] = Volatile.Read(ref _waiting),
            ["deadLetters"] = Volatile.Read(ref _deadLetters),
        };
        lock (_lock)
        {
            foreach ((string webhook, long failures) in _failures) data[$"failures {webhook}"] = failures;
        }
        return data;
    }
}

/// <summary>Shows the webhooks' state. A receiver that is down makes no dashboard unready.</summary>
internal sealed class WebhookHealth(WebhookStatus status, IOptions<WebhookOptions> options) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Dictionary<string, object> data = status.Data();
        string description = options.Value.All.Count == 0 ? "There are no webhooks."
            : data["deadLetters"] is > 0L ? "Some messages were given up: they are in the webhooks' dead letters."
            : "Webhooks are told.";
        return Task.FromResult(HealthCheckResult.Healthy(description, data));
    }
}

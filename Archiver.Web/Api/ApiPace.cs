using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Api;

/// <summary>Bounds what one person's programs ask of the API.</summary>
internal sealed class ApiPace(IOptions<ApiOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(person =>
        RateLimitPartition.GetTokenBucketLimiter(person, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.Burst,
            TokensPerPeriod = options.Value.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    /// <summary>Counts a request.</summary>
    /// <returns>Nothing where it may be made; else after how many seconds the next one may.</returns>
    public int? Take(string person)
    {
        using RateLimitLease lease = _limiter.AttemptAcquire(person);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}

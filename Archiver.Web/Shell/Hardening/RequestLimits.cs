using System.Globalization;
using System.Threading.RateLimiting;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using static Archiver.Web.Shell.ShellWords;

namespace Archiver.Web.Shell.Hardening;

/// <summary>
/// Bounds what one person, or one address, can ask of the process: requests in a second, dashboards at the same time, a body's size,
/// the time that a request's head may take. What is too much is told so, with 429 and when to come again.
/// </summary>
internal static class RequestLimits
{
    private const string Circuits = "/_blazor";
    private const string Health = "/health";

    // What a circuit's or a form's request has, by far. Who takes more in says so: uploads do.
    private const long LargestBody = 1024 * 1024;

    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddRequestLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitsOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<LimitsOptions>, LimitsOptionsReader>();
        services.AddSingleton<IValidateOptions<LimitsOptions>, LimitsOptionsReader>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitsOptions>>(static (server, limits) =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = LargestBody;
            server.Limits.RequestHeadersTimeout = HeadTimeout;
            server.Limits.MaxConcurrentConnections = limits.Value.Connections;
            server.Limits.MaxConcurrentUpgradedConnections = limits.Value.Connections;
        });
        services.AddRateLimiter(static _ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitsOptions>>(static (limiter, limits) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = static (rejected, cancellationToken) => new ValueTask(SayAsync(rejected));
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(Requests(limits.Value), Dashboards(limits.Value));
        });
        return services;
    }

    private static PartitionedRateLimiter<HttpContext> Requests(LimitsOptions limits) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        context.Request.Path.StartsWithSegments(Health)
            ? RateLimitPartition.GetNoLimiter("health")
            : RateLimitPartition.GetTokenBucketLimiter(Who(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limits.Burst,
                TokensPerPeriod = limits.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));

    // A dashboard is a WebSocket, or a poll after the other where there can be none: a request that lasts as long as it is open.
    private static PartitionedRateLimiter<HttpContext> Dashboards(LimitsOptions limits) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        context.Request.Path.Equals(Circuits, StringComparison.OrdinalIgnoreCase) && !HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetConcurrencyLimiter(Who(context), _ => new ConcurrencyLimiterOptions { PermitLimit = limits.OpenDashboards, QueueLimit = 0 })
            : RateLimitPartition.GetNoLimiter("request"));

    private static string Who(HttpContext context) => PersonClaims.PersonOf(context.User)?.Id is { } person
        ? $"person {person}"
        : $"address {context.Connection.RemoteIpAddress}";

    private static Task SayAsync(OnRejectedContext rejected)
    {
        HttpContext context = rejected.HttpContext;
        bool comesBack = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after);
        if (comesBack) context.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        string detail = comesBack
            ? L["These are more requests than one person may make at a time. Try again in a moment."]
            : L["These are more open dashboards than one person may have at a time. Close one."];
        return TypedResults.Problem(detail, statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }
}

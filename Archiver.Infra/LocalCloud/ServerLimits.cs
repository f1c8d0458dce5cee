using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Archiver.Infra.LocalCloud;

/// <summary>How much of the machine the clients of a local cloud may take, all together or each by itself.</summary>
internal sealed record ServerLimits
{
    /// <summary>The connections at one time; one more is closed at once.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>The bytes of request bodies that are in memory at one time. Objects stream and don't count.</summary>
    public long BodyBudget { get; init; } = 128 * 1024 * 1024;

    /// <summary>How long a client may take to send the head of a request.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The bytes a second that a body must come with, on an average that begins after <see cref="SlowStart"/>.</summary>
    public double BodyRate { get; init; } = 240;

    /// <summary>How long a body may come more slowly than that at first.</summary>
    public TimeSpan SlowStart { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gives the limits to the web server.</summary>
    public void Apply(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = null; // an object may have 5 GB; each service holds its own limit
        limits.MaxConcurrentConnections = Connections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(BodyRate, SlowStart);
        limits.MaxRequestLineSize = 16 * 1024; // a listing has a prefix, a marker and a token of 1,024 bytes each, all of them percent-encoded
    }
}

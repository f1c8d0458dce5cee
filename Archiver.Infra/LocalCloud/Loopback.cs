using System.Net;

namespace Archiver.Infra.LocalCloud;

/// <summary>Tells this machine's loopback from other hosts.</summary>
public static class Loopback
{
    /// <summary>
    /// Whether a host is loopback by its very name: <c>localhost</c>, or an address of 127.0.0.0/8 or ::1. What a name resolves to is
    /// not asked: anybody's name can resolve to 127.0.0.1.
    /// </summary>
    /// <param name="host">A name or an address, without a port; an IPv6 address with its brackets or without.</param>
    public static bool IsHost(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
    }
}

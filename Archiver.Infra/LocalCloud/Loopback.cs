using System.Net;
using System.Net.Sockets;

namespace Archiver.Infra.LocalCloud;

/// <summary>Tells this machine's loopback from other hosts.</summary>
public static class Loopback
{
    /// <summary>
    /// Whether a host is loopback by its very name: <c>localhost</c>, or an address of 127.0.0.0/8 or ::1. What a name resolves to is
    /// not asked: anybody's name can resolve to 127.0.0.1. An IPv4 address is four numbers with dots, as every browser and client writes
    /// it: other ways to write one, such as <c>2130706433</c> and <c>127.1</c>, are nobody's who means well.
    /// </summary>
    /// <param name="host">A name or an address, without a port; an IPv6 address with its brackets or without.</param>
    public static bool IsHost(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        string text = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        return IPAddress.TryParse(text, out IPAddress? address)
            && IPAddress.IsLoopback(address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text);
    }
}

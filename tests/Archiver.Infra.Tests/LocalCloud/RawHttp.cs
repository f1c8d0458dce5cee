using System.Net.Sockets;
using System.Text;

namespace Archiver.Infra.Tests.LocalCloud;

/// <summary>HTTP as it is written, past any client's own care.</summary>
internal static class RawHttp
{
    /// <summary>Sends bytes and reads what comes until the server closes the connection. A connection that is broken off has said what it had to say.</summary>
    public static async Task<string> SendAsync(Uri endpoint, string request, CancellationToken cancellation)
    {
        using TcpClient client = new();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, cancellation);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellation);
        return await ReadToEndAsync(stream, cancellation);
    }

    public static async Task<string> ReadToEndAsync(Stream stream, CancellationToken cancellation)
    {
        using MemoryStream answer = new();
        try
        {
            await stream.CopyToAsync(answer, cancellation);
        }
        catch (IOException)
        {
            // Reset: what came before counts.
        }
        return Encoding.Latin1.GetString(answer.ToArray());
    }
}

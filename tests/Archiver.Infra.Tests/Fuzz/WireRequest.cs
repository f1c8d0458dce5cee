using System.Text;

namespace Archiver.Infra.Tests.Fuzz;

/// <summary>The protocol that a request is meant for, which is the one that an error must come in.</summary>
public enum Speaks
{
    Json,
    Query,
    S3,
    Lambda,
}

/// <summary>A request as it goes over the wire, so that nothing between generator and server mends it.</summary>
/// <param name="Headers">Lines without their ends; neither Host nor the body's length.</param>
public sealed record WireRequest(Speaks Speaks, string Method, string Target, IReadOnlyList<string> Headers, byte[] Body)
{
    /// <summary>The bytes; every connection is used once.</summary>
    public byte[] ToBytes()
    {
        StringBuilder head = new();
        head.Append(Method).Append(' ').Append(Target).Append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        foreach (string header in Headers)
            head.Append(header).Append("\r\n");
        if (!Headers.Any(header => header.StartsWith("Transfer-Encoding", StringComparison.Ordinal)))
            head.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }

    public override string ToString() => $"{Method} {Target}\n{string.Join('\n', Headers)}\n\n{Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2000)))}";
}

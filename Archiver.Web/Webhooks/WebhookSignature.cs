using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Archiver.Web.Webhooks;

/// <summary>
/// Signs what a webhook is sent, as Standard Webhooks has it (https://github.com/standard-webhooks/standard-webhooks, "Webhook metadata" and "Signature scheme"):
/// HMAC-SHA256 over <c>id.timestamp.body</c>, by which the receiver knows sender, content and, within minutes, age.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>The header of the message's id: the same for every attempt.</summary>
    public const string Id = "webhook-id";

    /// <summary>The header of the attempt's time, in seconds of Unix time.</summary>
    public const string Timestamp = "webhook-timestamp";

    /// <summary>The header of the signature.</summary>
    public const string Signature = "webhook-signature";

    /// <summary>Makes the headers of an attempt.</summary>
    public static IEnumerable<(string Name, string Value)> Headers(string id, DateTimeOffset at, ReadOnlySpan<byte> body, ReadOnlySpan<byte> secret)
    {
        string seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return [(Id, id), (Timestamp, seconds), (Signature, Sign(id, seconds, body, secret))];
    }

    private static string Sign(string id, string timestamp, ReadOnlySpan<byte> body, ReadOnlySpan<byte> secret)
    {
        byte[] head = Encoding.ASCII.GetBytes($"{id}.{timestamp}.");
        byte[] signed = [.. head, .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}";
    }
}

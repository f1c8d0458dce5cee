using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Archiver.Web.Identity.Sessions;

/// <summary>What the cookie holds: 256 random bits. The table holds only their hash, so that who reads it can't act for anybody.</summary>
internal static class SessionId
{
    private const int Bytes = 32;
    private const int Characters = 43;

    /// <summary>A new one, as it stands in the cookie.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The name of its session; nothing for what can't be one, which costs no look into the table.</summary>
    public static string? KeyOf(string? id) =>
        id is { Length: Characters } && Base64Url.IsValid(id) ? Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(id))) : null;
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>
/// Names an approval after its task token without giving the token away: a duplicate delivery has the same name, and nobody
/// gets from the name to the token.
/// </summary>
public static class TaskTokenHash
{
    /// <summary>SHA-256 of the token's UTF-8, in base64url without padding: 43 characters.</summary>
    public static string Of(string taskToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(taskToken)));
}

using System.Security.Cryptography;
using System.Text;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>The canonical user id of the account: 64 hexadecimal digits, the same at every start.</summary>
internal static class OwnerId
{
    public static string Of(CloudIdentity identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity.AccountId)));
}

using System.Security.Cryptography;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>The ids that S3 hands out. They are random: nothing can be read from them, and none is a path.</summary>
internal static class Identifiers
{
    /// <summary>The version of what was written while its bucket kept no versions.</summary>
    public const string NullVersion = "null";

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int VersionLength = 32;

    public static string NewVersionId() => RandomNumberGenerator.GetString(Alphabet, VersionLength);

    public static string NewUploadId() => RandomNumberGenerator.GetString(Alphabet, 64);

    public static string NewRequestId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    /// <summary>The name of a file that holds a body: 32 hexadecimal digits.</summary>
    public static string NewBlobId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Holds a version id that a client sent to the form of one.</summary>
    /// <exception cref="Wire.AwsError"><c>InvalidArgument</c>: this was never a version id.</exception>
    public static string CheckVersionId(string versionId)
    {
        if (versionId.Length == 0)
            throw S3Errors.InvalidArgument("Version id cannot be the empty string", "versionId", versionId);
        return versionId == NullVersion || (versionId.Length == VersionLength && versionId.All(char.IsAsciiLetterOrDigit))
            ? versionId
            : throw S3Errors.InvalidArgument("Invalid version id specified", "versionId", versionId);
    }
}

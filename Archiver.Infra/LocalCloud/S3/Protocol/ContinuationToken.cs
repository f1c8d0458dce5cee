using System.Buffers.Text;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>Where the next page of a listing begins, as an opaque token: the least key of it.</summary>
internal static class ContinuationToken
{
    public static string Write(ReadOnlySpan<byte> from) => Base64Url.EncodeToString(from);

    /// <exception cref="Wire.AwsError"><c>InvalidArgument</c>: this is no token.</exception>
    public static byte[] Read(string token)
    {
        try
        {
            return Base64Url.DecodeFromChars(token);
        }
        catch (FormatException)
        {
            throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        }
    }
}

using System.Text.RegularExpressions;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>The rules for a bucket's name.
/// See https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.</summary>
internal static partial class BucketName
{
    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] ReservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    /// <summary>Whether a bucket may have this name.</summary>
    public static bool IsValid(string name) =>
        Form().IsMatch(name)
        && !name.Contains("..", StringComparison.Ordinal)
        && !AddressForm().IsMatch(name)
        && !ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        && !ReservedSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal));

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"\A[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AddressForm();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// The keys under which files end. Equal keys are no trouble: the buckets keep versions, and a result names the one that is its file.
/// </summary>
internal static partial class TargetKey
{
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html: of UTF-8.
    private const int MaxBytes = 1024;

    private const int LongestExtension = 16;

    /// <summary>Where an archived file ends: below the UTC day, and without the folder that the dashboard puts an upload into.</summary>
    /// <param name="key">The key in the inbox.</param>
    /// <param name="enteredAt">When the run came to its action.</param>
    public static string Archived(string key, DateTimeOffset enteredAt) => Fit(
        enteredAt.UtcDateTime.ToString("yyyy'/'MM'/'dd'/'", CultureInfo.InvariantCulture), UploadFolder().Replace(key, ""));

    /// <summary>Where a file ends that is not to be archived.</summary>
    public static string Unarchivable(string key) => Fit("unarchivable/", key);

    // A key that gets too long by its prefix loses characters before its extension, and gets a hash of itself, so that two such keys stay two.
    private static string Fit(string prefix, string key)
    {
        if (Encoding.UTF8.GetByteCount(prefix) + Encoding.UTF8.GetByteCount(key) <= MaxBytes) return prefix + key;
        string extension = Path.GetExtension(key);
        if (extension.Length > LongestExtension || extension.Any(character => !char.IsAscii(character))) extension = "";
        string end = $"~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]}{extension}";
        int left = MaxBytes - Encoding.UTF8.GetByteCount(prefix) - Encoding.UTF8.GetByteCount(end);
        StringBuilder kept = new(prefix);
        foreach (Rune rune in key.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0) break;
            kept.Append(rune);
        }
        return kept.Append(end).ToString();
    }

    [GeneratedRegex(@"\Auploads/[^/]+/(?!\z)")]
    private static partial Regex UploadFolder();
}

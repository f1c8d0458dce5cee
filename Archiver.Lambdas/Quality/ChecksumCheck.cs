using System.Text.RegularExpressions;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Quality;

/// <summary>A checksum that came with a file.</summary>
/// <param name="Algorithm"><c>sha256</c> or <c>md5</c>.</param>
/// <param name="Source">Where it is from, as a sentence names it.</param>
/// <param name="Digest">The checksum in lower-case hexadecimal; nothing where what came can't be read as one.</param>
internal sealed record GivenChecksum(string Algorithm, string Source, string? Digest);

/// <summary>Checks that a file's content has the checksums that came with it: in its metadata, or in files beside it.</summary>
internal static partial class ChecksumCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "Checksum";

    /// <summary>The algorithms, which are also the extensions of the files beside and the names of the metadata entries.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["sha256", "md5"];

    /// <summary>Whether a key is that of a file with a checksum, beside which there is none.</summary>
    public static bool IsSidecar(string key) => Algorithms.Contains(ContentKinds.Extension(key));

    /// <summary>Makes the check.</summary>
    /// <returns>The check; nothing where no checksum came with the file.</returns>
    public static FileCheck? Of(Content content, IReadOnlyCollection<GivenChecksum> given)
    {
        if (given.Count == 0) return null;
        foreach (GivenChecksum one in given)
        {
            if (one.Digest is null) return new FileCheck(Name, false, $"The {one.Source} has no {Words(one.Algorithm)} of this file that could be read.");
            string? actual = one.Algorithm == "md5" ? content.Md5 : content.Sha256;
            if (one.Digest != actual) return new FileCheck(Name, false, $"The content's {Words(one.Algorithm)} is {actual}, but the {one.Source} says {one.Digest}.");
        }

        return new FileCheck(Name, true, $"The content has the checksum that came with it, in the {string.Join(" and the ", given.Select(one => one.Source))}.");
    }

    /// <summary>Reads a metadata entry: hexadecimal digits, or base64 as S3's own headers have it.</summary>
    public static GivenChecksum FromMetadata(string algorithm, string value)
    {
        string text = value.Trim();
        int length = algorithm == "md5" ? 16 : 32;
        string? digest = Digest(algorithm, text);
        Span<byte> bytes = stackalloc byte[32];
        if (digest is null && text.Length <= 44 && Convert.TryFromBase64String(text, bytes, out int written) && written == length)
            digest = Convert.ToHexStringLower(bytes[..length]);
        return new GivenChecksum(algorithm, $"metadata entry “{algorithm}”", digest);
    }

    /// <summary>
    /// Reads a file with checksums, as sha256sum and md5sum write it and with <c>--tag</c>: a line for each file, or a checksum alone.
    /// </summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fileName">The name of the file whose checksum is wanted; a line that names no other is taken for it.</param>
    public static GivenChecksum FromFile(string algorithm, string text, string fileName)
    {
        string? only = null;
        int lines = 0;
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#')) continue;
            lines++;
            (string? digest, string name) = Line(algorithm, line);
            if (digest is not null && LastPart(name) == fileName) return Given(digest);
            only = name.Length == 0 ? digest : null;
        }

        return Given(lines == 1 ? only : null);

        GivenChecksum Given(string? digest) => new(algorithm, $"file “{fileName}.{algorithm}” beside it", digest);
    }

    private static (string? Digest, string Name) Line(string algorithm, string line)
    {
        Match tagged = Tagged().Match(line);
        if (tagged.Success) return (Digest(algorithm, tagged.Groups["digest"].Value), tagged.Groups["name"].Value);
        int end = line.IndexOfAny([' ', '\t']);
        return end < 0 ? (Digest(algorithm, line), "") : (Digest(algorithm, line[..end]), line[end..].TrimStart(' ', '\t', '*'));
    }

    private static string LastPart(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string? Digest(string algorithm, string text) =>
        text.Length == (algorithm == "md5" ? 32 : 64) && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    private static string Words(string algorithm) => algorithm == "md5" ? "MD5" : "SHA-256";

    [GeneratedRegex(@"\A(SHA2?-?256|MD5) ?\((?<name>.+)\) ?= ?(?<digest>\S+)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Tagged();
}

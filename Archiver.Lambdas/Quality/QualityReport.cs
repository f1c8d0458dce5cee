using System.Globalization;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Quality;

/// <summary>A file's quality and the checks behind it.</summary>
/// <param name="Quality">0 to 100.</param>
/// <param name="Checks">The checks, in the order in which they were made.</param>
/// <remarks>
/// Each check has a weight; the quality is the share of the weights of the passed checks, in per cent. An empty file has nothing
/// to archive: its quality is 0, and no further check is made. Being what the name says weighs more than having any content, so
/// that a file that fails only that (40) is below the default threshold (50).
/// </remarks>
internal sealed record QualityReport(int Quality, IReadOnlyList<FileCheck> Checks)
{
    private const int NotEmptyWeight = 40;
    private const int TypeWeight = 60;

    /// <summary>Makes the checks.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="head">The beginning of its content.</param>
    public static QualityReport Of(string name, long size, ReadOnlySpan<byte> head)
    {
        if (size == 0) return new QualityReport(0, [NotEmpty(0)]);

        (FileCheck Check, int Weight)[] checks = [(NotEmpty(size), NotEmptyWeight), (TypeCheck.Of(name, head), TypeWeight)];
        int passed = checks.Where(check => check.Check.Passed).Sum(check => check.Weight);
        int quality = (int)Math.Round(100.0 * passed / checks.Sum(check => check.Weight), MidpointRounding.AwayFromZero);
        return new QualityReport(quality, [.. checks.Select(check => check.Check)]);
    }

    private static FileCheck NotEmpty(long size) => new("Not empty", size > 0, size switch
    {
        0 => "The file is empty.",
        1 => "The file has 1 byte.",
        _ => string.Create(CultureInfo.InvariantCulture, $"The file has {size:N0} bytes."),
    });
}

using System.Globalization;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Quality;

/// <summary>A file's quality and the checks behind it.</summary>
/// <param name="Quality">0 to 100.</param>
/// <param name="Checks">The checks, in the order in which they were made; one that does not apply is left out.</param>
/// <remarks>
/// The quality begins at 100, and each failed check takes its weight off, down to 0:
/// <list type="table">
/// <item><term>Not empty</term><description>100: there is nothing to archive. No further check of the content is made.</description></item>
/// <item><term>Type</term><description>60: the content is not what the name says.</description></item>
/// <item><term>Integrity</term><description>70: the content is broken.</description></item>
/// <item><term>Checksum</term><description>80: the content is not what was sent.</description></item>
/// <item><term>Malware</term><description>100: the content is the test file of malware scanners, or holds it.</description></item>
/// <item><term>Malware scan</term><description>100: the bucket's own scan calls it a threat.</description></item>
/// <item><term>Archivable</term><description>0: it says why a file is not to be archived, however good it is.</description></item>
/// </list>
/// Each of them alone, but the last, is below the default threshold of 50.
/// </remarks>
internal sealed record QualityReport(int Quality, IReadOnlyList<FileCheck> Checks)
{
    /// <summary>The name of the check that the bucket's malware scan makes.</summary>
    public const string ScanName = "Malware scan";

    private const string NotEmptyName = "Not empty";

    private static readonly Dictionary<string, int> Weights = new()
    {
        [NotEmptyName] = 100,
        [TypeCheck.Name] = 60,
        [Integrity.IntegrityCheck.Name] = 70,
        [ChecksumCheck.Name] = 80,
        [MalwareProbe.Name] = 100,
        [ScanName] = 100,
        [ArchiveRules.Name] = 0,
    };

    /// <summary>Weighs the checks of a file.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="content">What reading it gave.</param>
    /// <param name="others">The checks that are not of its content alone.</param>
    public static QualityReport Of(string name, Content content, params IEnumerable<FileCheck?> others)
    {
        FileCheck?[] ofContent = content.Size == 0
            ? [NotEmpty(0)]
            : [NotEmpty(content.Size), TypeCheck.Of(name, content.Head.Span), content.Integrity, content.Malware];
        FileCheck[] checks = [.. ofContent.Concat(others).OfType<FileCheck>()];
        return new QualityReport(Math.Max(0, 100 - checks.Where(check => !check.Passed).Sum(check => Weights[check.Name])), checks);
    }

    private static FileCheck NotEmpty(long size) => new(NotEmptyName, size > 0, size switch
    {
        0 => "The file is empty.",
        1 => "The file has 1 byte.",
        _ => string.Create(CultureInfo.InvariantCulture, $"The file has {size:N0} bytes."),
    });
}

using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Archives;

/// <summary>What an archive has in it.</summary>
/// <param name="Name">The name, as it is there; nothing is done with it but to show it.</param>
/// <param name="Size">Its size unpacked, in bytes; nothing where the archive does not say.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Remark">What else a reviewer should know of it, such as where a link leads.</param>
public sealed record ArchiveEntry(string Name, long? Size, bool IsFolder = false, string? Remark = null);

/// <summary>An archive's listing, as far as it is shown.</summary>
/// <param name="Entries">The entries, in the archive's order.</param>
/// <param name="Total">How many there are, where the archive says so.</param>
/// <param name="Problem">Why the listing ends before the archive does, a sentence; nothing where it does not.</param>
public sealed record ArchiveListing(IReadOnlyList<ArchiveEntry> Entries, long? Total, string? Problem)
{
    /// <summary>How many entries are shown.</summary>
    public const int MostEntries = 500;

    /// <summary>What is said where there are more.</summary>
    public static string More => L["There is more in it than is listed here."];

    /// <summary>What is said where reading came upon something that can't be right.</summary>
    public static string Broken => L["The archive is broken from here on."];
}

using Archiver.Web.Preview.Files;

namespace Archiver.Web.Preview.Endpoints;

/// <summary>The addresses of a file, below the page of what names it.</summary>
internal static class FileAddresses
{
    /// <summary>A picture, as it is.</summary>
    public const string PicturePart = "picture";

    /// <summary>A document, disarmed.</summary>
    public const string DocumentPart = "document";

    /// <summary>The file, to take away.</summary>
    public const string DownloadPart = "file";

    /// <summary>Where the pages of a kind are.</summary>
    public static string Root(FileOwner owner) => owner == FileOwner.Approval ? "/approvals" : "/results";

    /// <summary>One of the addresses.</summary>
    public static string Of(FileOwner owner, string id, string part) => $"{Root(owner)}/{Uri.EscapeDataString(id)}/{part}";
}

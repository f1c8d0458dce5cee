using System.Globalization;
using Humanizer;

namespace Archiver.Web.Shell.Display;

/// <summary>Sizes of files as a person reads them.</summary>
public static class FileSize
{
    /// <summary>A size in bytes, such as <c>1.4 MB</c>.</summary>
    public static string Text(long bytes) =>
        bytes == 0 ? "0 B" : bytes.Bytes().Humanize("0.#", CultureInfo.CurrentCulture); // of nothing, Humanizer gives bits
}

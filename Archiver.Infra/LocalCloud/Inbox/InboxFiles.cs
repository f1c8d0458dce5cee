using System.Text;

namespace Archiver.Infra.LocalCloud.Inbox;

/// <summary>A file that lies in the inbox folder.</summary>
/// <param name="Path">Where.</param>
/// <param name="Key">The key that it will have: its path below the folder, with slashes.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Modified">When it was last written.</param>
internal readonly record struct FoundFile(string Path, string Key, long Length, DateTime Modified);

/// <summary>
/// The inbox folder on the disk. A file that is taken is first claimed: one rename brings it out of the folder's sight, into a folder of
/// its own below a hidden one, where its path still says its key. What is there after a crash was claimed and not yet removed.
/// </summary>
internal sealed class InboxFiles
{
    /// <summary>The longest key, in bytes of UTF-8.</summary>
    public const int LongestKey = 1024;

    // Below the folder itself, which may be a file system of its own: a rename does not cross from one to another.
    private const string ClaimsFolder = ".taken";

    private static readonly EnumerationOptions Plain = new()
    {
        RecurseSubdirectories = true,
        // A link may lead anywhere, also into itself; what begins with a dot is hidden where names decide that.
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = true,
    };

    private static readonly string[] PartialEndings = [".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart"];

    private readonly string _claims;

    /// <summary>Makes the folder when it is missing.</summary>
    public InboxFiles(string root)
    {
        Root = Directory.CreateDirectory(root).FullName;
        _claims = Directory.CreateDirectory(Path.Combine(Root, ClaimsFolder)).FullName;
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Whether a name is that of a file which somebody is still writing, or that is not meant to be seen.</summary>
    public static bool IsPartial(string name) =>
        name.StartsWith('.') || name.StartsWith("~$", StringComparison.Ordinal)
        || Array.Exists(PartialEndings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The files that are there to be taken; those that go beside another, such as its checksum, before all others.</summary>
    public IReadOnlyList<FoundFile> Find()
    {
        Directory.CreateDirectory(_claims); // with the folder itself, which somebody may have removed
        List<FoundFile> files = [];
        foreach (FileInfo file in new DirectoryInfo(Root).EnumerateFiles("*", Plain))
        {
            string key = Path.GetRelativePath(Root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (!key.Split('/').Any(part => part.StartsWith('.')) && !IsPartial(file.Name) && TryRead(file, key) is { } found)
                files.Add(found);
        }
        return [.. files.OrderByDescending(file => IsSidecar(file.Key)).ThenBy(file => file.Key, StringComparer.Ordinal)];
    }

    /// <summary>Looks at a file again.</summary>
    /// <returns>Nothing when it is gone.</returns>
    public static FoundFile? Look(FoundFile file) => TryRead(new FileInfo(file.Path), file.Key);

    /// <summary>Why a file can't be taken, a sentence; nothing when it can.</summary>
    public static string? WhyNot(FoundFile file)
    {
        if (file.Key.Contains('\uFFFD', StringComparison.Ordinal))
            return "its name is no Unicode";
        if (Encoding.UTF8.GetByteCount(file.Key) > LongestKey)
            return $"its path is longer than the {LongestKey} bytes that a key can have";
        try
        {
            // A pipe or a device has no size, and to open a pipe for reading alone would wait for its writer.
            using FileStream opened = new(file.Path, FileMode.Open, file.Length == 0 ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return opened.CanSeek ? null : "it is no plain file";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return exception.Message;
        }
    }

    /// <summary>Claims a file, in one step.</summary>
    /// <returns>The claim's name; nothing when the file has gone meanwhile.</returns>
    /// <exception cref="IOException">It can't be moved.</exception>
    public string? Claim(FoundFile file)
    {
        string claim = Guid.NewGuid().ToString("N");
        string target = Path.Combine(_claims, claim, file.Key.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            File.Move(file.Path, target);
            return claim;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            Release(claim);
            return null;
        }
        catch
        {
            Release(claim);
            throw;
        }
    }

    /// <summary>All claims, those of a former process too.</summary>
    public IReadOnlyList<string> Claims() => Directory.Exists(_claims)
        ? [.. new DirectoryInfo(_claims).EnumerateDirectories().Select(folder => folder.Name)]
        : [];

    /// <summary>The file of a claim; nothing when a crash came before the file was in it, or after it was removed.</summary>
    public FoundFile? Claimed(string claim)
    {
        DirectoryInfo folder = new(Path.Combine(_claims, claim));
        if (!folder.Exists || folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).FirstOrDefault() is not { } file)
            return null;
        return TryRead(file, Path.GetRelativePath(folder.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/'));
    }

    /// <summary>Removes a claim, and the file in it if there is one.</summary>
    public void Release(string claim)
    {
        string folder = Path.Combine(_claims, claim);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static FoundFile? TryRead(FileInfo file, string key)
    {
        try
        {
            file.Refresh();
            return file.Exists ? new FoundFile(file.FullName, key, file.Length, file.LastWriteTimeUtc) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // moved away between two looks
        }
    }

    private static bool IsSidecar(string key) =>
        key.EndsWith(".sha256", StringComparison.OrdinalIgnoreCase) || key.EndsWith(".md5", StringComparison.OrdinalIgnoreCase);
}

using Archiver.Infra.LocalCloud.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>
/// Bodies as plain files. A file is named by a generated id, never by a key, so that no key can lead out of the folder. It is
/// written elsewhere, brought to the disk, and renamed into place, so that a file in its place is whole; a row of the database
/// that names it comes after. What a crash leaves between these steps belongs to no row, and the next start removes it.
/// </summary>
internal sealed partial class BlobStore
{
    private const int ShardLength = 2;

    private readonly string _drafts;
    private readonly string _blobs;
    private readonly ILogger _logger;

    public BlobStore(DataDirectory directory, ILogger logger)
    {
        _logger = logger;
        string root = directory.Folder("s3");
        _drafts = Directory.CreateDirectory(Path.Combine(root, "drafts")).FullName;
        _blobs = Directory.CreateDirectory(Path.Combine(root, "blobs")).FullName;
    }

    /// <summary>Begins a body.</summary>
    public BlobDraft Create()
    {
        string id = Identifiers.NewBlobId();
        string path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new BlobDraft(id, Path.Combine(_drafts, id), path);
    }

    /// <summary>Opens a body. Whoever has it open can read it to its end, though it is deleted meanwhile.</summary>
    /// <returns>Nothing when it is not there any more.</returns>
    public SafeFileHandle? Open(string id)
    {
        try
        {
            return File.OpenHandle(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes bodies that no row names any more. One that cannot be removed now is removed at the next start: what the
    /// rows say has happened either way.</summary>
    public void Delete(params IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            try
            {
                File.Delete(PathOf(id));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogKept(_logger, id, exception);
            }
        }
    }

    /// <summary>Removes what a crash left: every draft, and every body that no row names. Only before anything is served.</summary>
    /// <param name="named">Tells which bodies of a shard (the first two digits of their ids) rows name.</param>
    /// <returns>How many files were removed.</returns>
    public int Sweep(Func<string, IReadOnlySet<string>> named)
    {
        int removed = 0;
        foreach (string draft in Directory.EnumerateFiles(_drafts))
        {
            File.Delete(draft);
            removed++;
        }
        foreach (string shard in Directory.EnumerateDirectories(_blobs))
        {
            IReadOnlySet<string> live = named(Path.GetFileName(shard));
            foreach (string blob in Directory.EnumerateFiles(shard).Where(path => !live.Contains(Path.GetFileName(path))))
            {
                File.Delete(blob);
                removed++;
            }
        }
        return removed;
    }

    private string PathOf(string id) => Path.Combine(_blobs, id[..ShardLength], id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of body {Id} could not be removed; the next start does it")]
    private static partial void LogKept(ILogger logger, string id, Exception exception);
}

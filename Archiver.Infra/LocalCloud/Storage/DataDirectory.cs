namespace Archiver.Infra.LocalCloud.Storage;

/// <summary>The folder that holds everything the local cloud knows: a SQLite file a service, and objects as plain files.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    /// <summary>Opens the folder, makes it when it is missing, and takes it for this local cloud alone until it is disposed of.</summary>
    /// <exception cref="LocalCloudException">It can't be written, or another local cloud has it.</exception>
    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        string probe = Path.Combine(Root, ".writable");
        try
        {
            Directory.CreateDirectory(Root);
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception);
        }
        try
        {
            // The system lets go of the lock when the process ends, however it ends; the file itself stays and means nothing.
            _lock = new FileStream(FilePath(".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Unwritable(exception);
        }
        catch (IOException exception)
        {
            throw new LocalCloudException(
                $"Another local cloud has the data directory {Root}. Stop it, or choose another directory with Cloud:Local:DataDirectory.", exception);
        }
    }

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>The full path of a file directly in the folder.</summary>
    public string FilePath(string name) => Path.Combine(Root, name);

    /// <summary>The full path of a folder directly in the folder, made when it is missing.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private LocalCloudException Unwritable(Exception exception) =>
        new($"The data directory {Root} can't be written: {exception.Message} Choose another with Cloud:Local:DataDirectory.", exception);
}

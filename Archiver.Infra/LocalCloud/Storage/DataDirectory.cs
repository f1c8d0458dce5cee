namespace Archiver.Infra.LocalCloud.Storage;

/// <summary>The folder that holds everything the local cloud knows: a SQLite file a service, and objects as plain files.</summary>
internal sealed class DataDirectory
{
    /// <summary>Opens the folder and makes it when it is missing.</summary>
    /// <exception cref="LocalCloudException">It can't be written.</exception>
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
            throw new LocalCloudException(
                $"The data directory {Root} can't be written: {exception.Message} Choose another with Cloud:Local:DataDirectory.", exception);
        }
    }

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>The full path of a file directly in the folder.</summary>
    public string FilePath(string name) => Path.Combine(Root, name);

    /// <summary>The full path of a folder directly in the folder, made when it is missing.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
}

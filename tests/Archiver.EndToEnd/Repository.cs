namespace Archiver.EndToEnd;

/// <summary>Finds files of the checkout that the tests run in.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    /// <summary>A path below (or, with <c>..</c>, beside) the checkout's root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.GetFullPath(System.IO.Path.Combine([Root, .. parts]));

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Archiver.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests don't run inside a checkout.");
    }
}

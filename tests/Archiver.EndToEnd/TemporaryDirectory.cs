namespace Archiver.EndToEnd;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("archiver-e2e-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

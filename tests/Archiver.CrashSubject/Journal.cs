using System.Text;
using System.Text.Json;

namespace Archiver.CrashSubject;

/// <summary>What reviewers were told, a line each; a line that is written outlives whatever happens to this process.</summary>
internal sealed class Journal(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    public void Write(JournalLine line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line) + "\n");
        lock (_lock)
        {
            _file.Write(bytes);
            _file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _file.Dispose();
}

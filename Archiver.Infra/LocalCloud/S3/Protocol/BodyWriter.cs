using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>Sends a part of a file, in constant memory. The file is open before the answer begins (which is why it is not the
/// web server that opens it), so that deleting the object meanwhile cannot cut the answer short.</summary>
internal static class BodyWriter
{
    private const int ChunkSize = 64 * 1024;

    public static async Task SendAsync(PipeWriter writer, SafeFileHandle file, ByteRange range, CancellationToken cancellationToken)
    {
        long offset = range.First;
        for (long left = range.Length; left > 0;)
        {
            Memory<byte> memory = writer.GetMemory(ChunkSize);
            if (memory.Length > left)
                memory = memory[..(int)left];
            int read = await RandomAccess.ReadAsync(file, memory, offset, cancellationToken);
            if (read == 0)
                throw new IOException("A body is shorter than its row says.");
            writer.Advance(read);
            offset += read;
            left -= read;
            FlushResult flushed = await writer.FlushAsync(cancellationToken);
            if (flushed.IsCompleted)
                return; // nobody reads any more
        }
    }
}

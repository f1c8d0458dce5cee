using System.Buffers;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>A body that is being written. Unless it is committed, disposing it removes what was written.</summary>
/// <param name="id">The id that it will have.</param>
/// <param name="draft">Where it is written.</param>
/// <param name="place">Where it goes when it is whole.</param>
internal sealed class BlobDraft(string id, string draft, string place) : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly SafeFileHandle _file = File.OpenHandle(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    private long _length;
    private bool _committed;

    /// <summary>Writes a stream to its end, in constant memory, past a digest.</summary>
    public async Task AppendAsync(Stream source, BodyDigest digest, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
                await AppendAsync(buffer.AsMemory(0, read), digest, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes a part of another body, in constant memory, past a digest.</summary>
    public async Task AppendAsync(SafeFileHandle source, long offset, long length, BodyDigest digest, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (length > 0)
            {
                int read = await RandomAccess.ReadAsync(source, buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), offset, cancellationToken);
                if (read == 0)
                    throw new IOException("A body is shorter than its row says.");
                await AppendAsync(buffer.AsMemory(0, read), digest, cancellationToken);
                offset += read;
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Brings the body to the disk and into its place.</summary>
    /// <returns>Its id.</returns>
    public string Commit()
    {
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        File.Move(draft, place);
        _committed = true;
        return id;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (!_committed)
            File.Delete(draft);
    }

    private async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, BodyDigest digest, CancellationToken cancellationToken)
    {
        digest.Append(bytes.Span);
        await RandomAccess.WriteAsync(_file, bytes, _length, cancellationToken);
        _length += bytes.Length;
    }
}

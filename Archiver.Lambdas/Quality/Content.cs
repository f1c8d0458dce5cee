using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Quality.Integrity;

namespace Archiver.Lambdas.Quality;

/// <summary>What reading content through gives.</summary>
/// <param name="Size">The bytes read.</param>
/// <param name="Sha256">The SHA-256, in lower-case hexadecimal.</param>
/// <param name="Md5">The MD5, in lower-case hexadecimal, where it was asked for.</param>
/// <param name="Head">The first <see cref="ContentKinds.HeadLength"/> bytes, or all of a shorter one.</param>
/// <param name="Kind">What it is; nothing where that can't be told.</param>
/// <param name="Integrity">The check of its integrity; nothing where there is none for its kind, or nothing can be said.</param>
/// <param name="Malware">The check for the test file of malware scanners.</param>
internal sealed record Content(
    long Size, string Sha256, string? Md5, ReadOnlyMemory<byte> Head, ContentKind? Kind, FileCheck? Integrity, FileCheck Malware)
{
    // One buffer is hashed and looked into while the next is filled.
    private const int BufferLength = 256 * 1024;

    // What a look may lag behind the network before that waits for it.
    private const int MostAhead = 512 * 1024;

    /// <summary>Reads content through once, in constant memory: hashed by one thread and looked into by another while a third reads on.</summary>
    /// <param name="stream">The content.</param>
    /// <param name="fileName">The file's name.</param>
    /// <param name="size">The size that it is said to have, in bytes.</param>
    /// <param name="withMd5">Whether its MD5 is wanted, which costs about as much as all else.</param>
    public static async Task<Content> ReadAsync(Stream stream, string fileName, long size, bool withMd5)
    {
        using IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash? md5 = withMd5 ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
        byte[] current = ArrayPool<byte>.Shared.Rent(BufferLength), next = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int length = await FillAsync(stream, current);
            byte[] head = current.AsSpan(0, Math.Min(length, ContentKinds.HeadLength)).ToArray();
            ContentKind? kind = length == 0 ? null : ContentKinds.Detect(head, fileName);
            MalwareProbe malware = new();
            malware.Look(head);
            await using Look look = Look.Start(kind, new IntegrityTarget(fileName, size, malware));
            long total = 0;
            while (length > 0)
            {
                total += length;
                ReadOnlyMemory<byte> part = current.AsMemory(0, length);
                // A last part that is not full is no work for another thread.
                Task hashing = length < current.Length ? Hash(part) : Task.Run(() => Hash(part));
                try
                {
                    await look.GiveAsync(part);
                    length = await FillAsync(stream, next);
                }
                finally
                {
                    await hashing; // it still reads the buffer that goes back to the pool
                }

                (current, next) = (next, current);
            }

            FileCheck? integrity = await look.EndAsync();
            return new Content(
                total, Convert.ToHexStringLower(sha256.GetHashAndReset()), md5 is null ? null : Convert.ToHexStringLower(md5.GetHashAndReset()),
                head, kind, integrity, malware.Check());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(next);
        }

        Task Hash(ReadOnlyMemory<byte> part)
        {
            sha256.AppendData(part.Span);
            md5?.AppendData(part.Span);
            return Task.CompletedTask;
        }
    }

    private static async Task<int> FillAsync(Stream stream, byte[] buffer) =>
        await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);

    /// <summary>A look into the content on its way: it reads from a pipe that the content is given to, and may stop whenever it knows.</summary>
    private sealed class Look : IAsyncDisposable
    {
        private readonly Pipe? _pipe;
        private readonly Task<FileCheck?> _check = Task.FromResult<FileCheck?>(null);
        private bool _given;

        private Look(Pipe? pipe, Task<FileCheck?> check)
        {
            _pipe = pipe;
            _check = check;
        }

        public static Look Start(ContentKind? kind, IntegrityTarget target)
        {
            if (kind is null || IntegrityCheck.Of(kind) is not { } look) return new Look(null, Task.FromResult<FileCheck?>(null));
            Pipe pipe = new(new PipeOptions(
                pauseWriterThreshold: MostAhead, resumeWriterThreshold: MostAhead / 2, minimumSegmentSize: 64 * 1024, useSynchronizationContext: false));
            return new Look(pipe, RunAsync(look, pipe.Reader, kind, target));
        }

        public async ValueTask GiveAsync(ReadOnlyMemory<byte> part)
        {
            if (_pipe is not null && !_given) _given = (await _pipe.Writer.WriteAsync(part)).IsCompleted;
        }

        public async Task<FileCheck?> EndAsync()
        {
            if (_pipe is not null) await _pipe.Writer.CompleteAsync();
            return await _check;
        }

        /// <summary>Ends the look where the content broke off: what it says then is about no file.</summary>
        public async ValueTask DisposeAsync()
        {
            if (_pipe is not null) await _pipe.Writer.CompleteAsync();
            await ((Task)_check).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private static async Task<FileCheck?> RunAsync(IntegrityLook look, PipeReader reader, ContentKind kind, IntegrityTarget target)
        {
            try
            {
                return await IntegrityCheck.RunAsync(look, reader.AsStream(leaveOpen: true), kind, target);
            }
            finally
            {
                await reader.CompleteAsync();
            }
        }
    }
}

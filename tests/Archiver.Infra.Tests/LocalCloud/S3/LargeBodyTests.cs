using System.Diagnostics;
using System.Net;

namespace Archiver.Infra.Tests.LocalCloud.S3;

/// <summary>Alone, because it measures what the whole process takes.</summary>
[CollectionDefinition(nameof(LargeBodyTests), DisableParallelization = true)]
public class LargeBodyGroup;

[Collection(nameof(LargeBodyTests))]
public class LargeBodyTests
{
    private const long Size = 256L * 1024 * 1024;
    private const long Allowed = 64L * 1024 * 1024;

    [Fact]
    public async Task PutAndGet_256Megabytes_TakeConstantMemory()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        using HttpClient http = new() { BaseAddress = cloud.Endpoint, Timeout = TimeSpan.FromMinutes(5) };
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        (await http.PutAsync("/bucket", null, cancellation)).EnsureSuccessStatusCode();
        MemoryGauge gauge = new();
        using StreamContent content = new(new Pattern(Size, gauge), 64 * 1024);
        content.Headers.ContentLength = Size;
        using (HttpResponseMessage put = await http.PutAsync("/bucket/large", content, cancellation))
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using HttpResponseMessage got = await http.GetAsync("/bucket/large", HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.Equal(Size, got.Content.Headers.ContentLength);
        using Stream body = await got.Content.ReadAsStreamAsync(cancellation);
        byte[] buffer = new byte[64 * 1024];
        long offset = 0;
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0; offset += read)
        {
            Assert.True(Pattern.Matches(buffer.AsSpan(0, read), offset), $"A byte near {offset} is another than was sent.");
            gauge.Sample(offset);
        }
        Assert.Equal(Size, offset);
        Assert.InRange(gauge.Growth, 0, Allowed);
    }

    /// <summary>The most that the process took beyond what it had, sampled every few megabytes of a transfer.</summary>
    private sealed class MemoryGauge
    {
        private const long Step = 4L * 1024 * 1024;
        private readonly long _start;
        private long _next;

        public MemoryGauge()
        {
            GC.Collect();
            _start = WorkingSet();
        }

        public long Growth { get; private set; }

        public void Sample(long offset)
        {
            if (offset < _next && offset >= Step)
                return;
            _next = offset + Step;
            Growth = Math.Max(Growth, WorkingSet() - _start);
        }

        private static long WorkingSet()
        {
            using Process process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }

    /// <summary>Bytes that tell of their place, made as they are read.</summary>
    private sealed class Pattern(long size, MemoryGauge gauge) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => size;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public static bool Matches(ReadOnlySpan<byte> bytes, long offset)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] != At(offset + i))
                    return false;
            }
            return true;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int take = (int)Math.Min(count, size - _position);
            for (int i = 0; i < take; i++)
                buffer[offset + i] = At(_position + i);
            _position += take;
            gauge.Sample(_position);
            return take;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static byte At(long position) => (byte)(position ^ (position >> 8) ^ (position >> 16) ^ (position >> 24));
    }
}

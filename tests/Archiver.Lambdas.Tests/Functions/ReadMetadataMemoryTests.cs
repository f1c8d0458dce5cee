using System.Text;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

/// <summary>Counts what is allocated, so that no other test may run at the same time.</summary>
[Collection(nameof(ReadMetadataMemoryTests))]
[CollectionDefinition(nameof(ReadMetadataMemoryTests), DisableParallelization = true)]
public sealed class ReadMetadataMemoryTests
{
    [Fact]
    public async Task HandleAsync_LargeFile_AllocatesNoMoreThanForASmallOne()
    {
        const long large = 256L * 1024 * 1024;
        const long small = 256L * 1024;
        TestBench bench = new();
        bench.S3.Put("inbox", "large.bin", large, () => new GeneratedStream(large));
        bench.S3.Put("inbox", "small.bin", small, () => new GeneratedStream(small));
        ReadMetadata function = new(bench.Services);
        await MeasureAsync(function, "small.bin"); // what is allocated only once

        (long forSmall, _) = await MeasureAsync(function, "small.bin");
        (long forLarge, JsonObject file) = await MeasureAsync(function, "large.bin");

        Assert.Equal(large, (long)file["Size"]!);
        Assert.Equal(GeneratedStream.Sha256(large), (string?)file["Sha256"]);
        Assert.InRange(forLarge, 0, forSmall + (1024 * 1024));
    }

    /// <summary>Content that asks for memory: depth, names, and single things without an end, each as long as it likes.</summary>
    [Theory]
    [InlineData("a.json", "[")]
    [InlineData("a.json", "[\"aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa")]
    [InlineData("a.xml", "<a>")]
    [InlineData("a.xml", "<a b='c", "cccccccccccccccc")]
    [InlineData("a.xml", "<a><!--", "cccccccccccccccc")]
    [InlineData("a.xml", "<!DOCTYPE a [<!ENTITY b 'c", "cccccccccccccccc")]
    [InlineData("a.csv", "a,\"b", "bbbbbbbbbbbbbbbb")]
    [InlineData("a.csv", ",")]
    [InlineData("a.pdf", "%PDF-1.7 ", "xref")]
    [InlineData("a.zip", "PK\u0003\u0004", "PK\u0003\u0004aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("a.fits", "SIMPLE  =                    T                                                   ", "COMMENT                                                                         ")]
    [InlineData("a.nc", "CDF\u0005\0\0\0\0\0\0\0\0\0\0\0\u000A\u007F", "\0\0\0\0\0\0\0\0")]
    public async Task HandleAsync_ContentThatAsksForMemory_GetsLittle(string key, string beginning, string? repeated = null)
    {
        const long length = 128L * 1024 * 1024;
        TestBench bench = new();
        bench.S3.Put("inbox", key, length, () => new RepeatedStream(beginning, repeated ?? beginning, length));
        ReadMetadata function = new(bench.Services);

        (long allocated, JsonObject file) = await MeasureAsync(function, key);

        Assert.Equal(length, (long)file["Size"]!);
        Assert.InRange(allocated, 0, 48L * 1024 * 1024);
    }

    private static async Task<(long Allocated, JsonObject File)> MeasureAsync(ReadMetadata function, string key)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        JsonObject run = await TestBench.ReadAsync(function, $$"""{"bucket":"inbox","key":"{{key}}"}""");
        return (GC.GetTotalAllocatedBytes(precise: true) - before, run["File"]!.AsObject());
    }

    /// <summary>A beginning, then the same again and again.</summary>
    private sealed class RepeatedStream(string beginning, string repeated, long length) : Stream
    {
        private readonly byte[] _beginning = Encoding.Latin1.GetBytes(beginning);
        private readonly byte[] _repeated = Encoding.Latin1.GetBytes(repeated);
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, length - _position);
            for (int i = 0; i < count; i++, _position++)
                buffer[i] = _position < _beginning.Length ? _beginning[_position] : _repeated[(_position - _beginning.Length) % _repeated.Length];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

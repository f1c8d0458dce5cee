using System.Runtime.CompilerServices;
using Archiver.Web.Results;
using Archiver.Web.Results.Export;
using Archiver.Web.Tests.Results.Fakes;

namespace Archiver.Web.Tests.Results;

/// <summary>A download takes no more memory the more results there are.</summary>
public sealed class ResultsStreamTests
{
    private const int Many = 100_000;

    // What lies between the table and whoever takes the file, in results of some 500 bytes.
    private const int MostAhead = 1000;

    private int _given;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_ManyResults_IsNeverFarAheadOfWhoeverTakesThem(bool json)
    {
        await using CountingStream body = new(this);

        long count = json
            ? await ResultsJson.WriteAsync(RowsAsync(TestContext.Current.CancellationToken), body, TestContext.Current.CancellationToken)
            : await ResultsCsv.WriteAsync(RowsAsync(TestContext.Current.CancellationToken), body, TestContext.Current.CancellationToken);

        Assert.Equal(Many, count);
        Assert.True(body.Length > Many * 200L, $"{body.Length} bytes of {Many} results");
        Assert.InRange(body.MostAhead, 1, MostAhead);
        Assert.InRange(body.MostAtOnce, 1, 256 * 1024);
    }

    private async IAsyncEnumerable<ResultRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ResultRow row = Records.Row("a", Records.Now, name: new string('x', 200));
        for (; _given < Many; _given++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_given % 1000 == 0) await Task.Yield();
            yield return row;
        }
    }

    /// <summary>Takes a file, and says how many results had been read each time that some of it came.</summary>
    private sealed class CountingStream(ResultsStreamTests test) : Stream
    {
        private long _length;
        private int _before;

        public int MostAhead { get; private set; }

        public int MostAtOnce { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Take(count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Take(buffer.Length);
            return ValueTask.CompletedTask;
        }

        private void Take(int count)
        {
            _length += count;
            MostAtOnce = Math.Max(MostAtOnce, count);
            MostAhead = Math.Max(MostAhead, test._given - _before);
            _before = test._given;
        }
    }
}

using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Archiver.Infra.LocalCloud.S3;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Wire;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class ProtocolTests
{
    private static readonly DateTimeOffset Modified = new(2026, 3, 1, 12, 0, 0, 500, TimeSpan.Zero);

    [Theory]
    [InlineData("/", "127.0.0.1", null, null)]
    [InlineData("/bucket", "127.0.0.1", "bucket", null)]
    [InlineData("/bucket/", "127.0.0.1", "bucket", null)]
    [InlineData("/bucket/a/../b//c", "127.0.0.1", "bucket", "a/../b//c")]
    [InlineData("/bucket//leading", "127.0.0.1", "bucket", "/leading")]
    [InlineData("/bucket/a%2Fb%25+c?x=y", "127.0.0.1", "bucket", "a/b%+c")]
    [InlineData("/bucket/%E2%82%AC", "localhost", "bucket", "€")]
    [InlineData("http://host:1/bucket/key", "host", "bucket", "key")]
    [InlineData("/key", "bucket.localhost", "bucket", "key")]
    [InlineData("/", "my.bucket.s3.localhost", "my.bucket", null)]
    [InlineData("/a/b", "bucket.s3.eu-west-1.localhost", "bucket", "a/b")]
    [InlineData("/bucket/key", "s3.localhost", "bucket", "key")]
    [InlineData("/bucket/key", "s3.us-east-1.localhost", "bucket", "key")]
    public void Parse_Target_IsBucketAndKey(string target, string host, string? bucket, string? key)
    {
        S3Address address = S3Address.Parse(target, host);
        Assert.Equal((bucket, key), (address.Bucket, address.Key));
    }

    [Theory]
    [InlineData("/bucket/%", "InvalidURI")]
    [InlineData("/bucket/%zz", "InvalidURI")]
    [InlineData("/bucket/%ff", "InvalidURI")]
    [InlineData("/bucket/k?prefix=%c3", "InvalidURI")]
    [InlineData("/UPPER/k", "InvalidBucketName")]
    [InlineData("//k", "InvalidBucketName")]
    [InlineData("/..%2F..%2Fetc/k", "InvalidBucketName")]
    public void Parse_BadTarget_IsRefused(string target, string code) =>
        Assert.Equal(code, Assert.Throws<AwsError>(() => S3Address.Parse(target, "127.0.0.1")).Code);

    [Property]
    public void Parse_AnyKeyEncoded_IsThatKey(NonEmptyString text)
    {
        string key = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get)); // lone surrogates become U+FFFD
        S3Address address = S3Address.Parse("/bucket/" + Uri.EscapeDataString(key) + "?prefix=" + Uri.EscapeDataString(key), "127.0.0.1");
        Assert.Equal((key, key), (address.Key, address.Query["prefix"]));
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData("a.b-c9", true)]
    [InlineData("ab", false)]
    [InlineData("Abc", false)]
    [InlineData("a_c", false)]
    [InlineData("-abc", false)]
    [InlineData("abc-", false)]
    [InlineData("a..b", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("xn--abc", false)]
    [InlineData("abc-s3alias", false)]
    [InlineData("abc\n", false)]
    public void IsValid_BucketName_FollowsTheRules(string name, bool valid) => Assert.Equal(valid, BucketName.IsValid(name));

    [Fact]
    public void IsValid_BucketNameLength_Is3To63()
    {
        Assert.True(BucketName.IsValid(new string('a', 63)));
        Assert.False(BucketName.IsValid(new string('a', 64)));
    }

    [Theory]
    [InlineData(null, 10, null, null)]
    [InlineData("bytes=0-3", 10, 0L, 4L)]
    [InlineData("bytes=7-", 10, 7L, 3L)]
    [InlineData("bytes=-4", 10, 6L, 4L)]
    [InlineData("bytes=-40", 10, 0L, 10L)]
    [InlineData("bytes=5-500", 10, 5L, 5L)]
    [InlineData("bytes=5-2", 10, null, null)]
    [InlineData("bytes=a-b", 10, null, null)]
    [InlineData("bytes=-", 10, null, null)]
    [InlineData("bytes=0-1,3-4", 10, null, null)]
    [InlineData("lines=0-1", 10, null, null)]
    public void Parse_Range_IsThatPartOrTheWhole(string? header, long size, long? first, long? length) =>
        Assert.Equal(first is null ? null : new ByteRange(first.Value, length!.Value), ByteRange.Parse(header, size));

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-0", 0)]
    [InlineData("bytes=-1", 0)]
    public void Parse_RangePastTheEnd_IsRefused(string header, long size) =>
        Assert.Equal(("InvalidRange", 416), Refusal(() => ByteRange.Parse(header, size)));

    [Theory]
    [InlineData("bytes=0-")]
    [InlineData("bytes=-5")]
    [InlineData("bytes=4-3")]
    [InlineData("bytes=0-10")]
    public void ParseStrict_NotAWholeRange_IsRefused(string header) =>
        Assert.Equal(("InvalidArgument", 400), Refusal(() => ByteRange.ParseStrict(header, 10)));

    [Theory]
    [InlineData("\"e\"", null, null, null, "Proceed")]
    [InlineData("*", null, null, null, "Proceed")]
    [InlineData("\"x\", W/\"e\"", null, null, null, "Proceed")]
    [InlineData("\"x\"", null, null, null, "Failed")]
    [InlineData(null, "e", null, null, "NotModified")]
    [InlineData(null, "\"x\"", null, null, "Proceed")]
    [InlineData(null, null, 0, null, "NotModified")]
    [InlineData(null, null, -1, null, "Proceed")]
    [InlineData(null, null, null, 0, "Proceed")]
    [InlineData(null, null, null, -1, "Failed")]
    [InlineData("\"e\"", null, null, -1, "Proceed")] // If-Match outweighs If-Unmodified-Since
    [InlineData(null, "\"x\"", 0, null, "Proceed")] // If-None-Match outweighs If-Modified-Since
    public void Decide_Conditions_FollowTheRfc(string? match, string? noneMatch, int? modifiedSince, int? unmodifiedSince, string verdict)
    {
        Preconditions conditions = new(match, noneMatch, Date(modifiedSince), Date(unmodifiedSince));
        Assert.Equal(verdict, conditions.Decide("e", Modified).ToString());
    }

    [Fact]
    public void Decide_DateThatIsNone_IsPassedOver() =>
        Assert.Equal(Verdict.Proceed, new Preconditions(null, null, "yesterday", "tomorrow").Decide("e", Modified));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=?UTF-8?Q?caf=C3=A9_au_lait?=", "café au lait")]
    [InlineData("=?utf-8?b?Y2Fmw6k=?=", "café")]
    [InlineData("a =?UTF-8?B?w6k=?= b", "a é b")]
    [InlineData("=?UTF-8?B?w6k=?= =?UTF-8?B?w6k=?=", "éé")]
    [InlineData("=?UTF-8?B?ww==?= =?UTF-8?B?qQ==?=", "é")] // one letter, cut between two words
    [InlineData("=?UTF-8?B?!!?=", "=?UTF-8?B?!!?=")]
    [InlineData("=?nonesuch?Q?a?=", "=?nonesuch?Q?a?=")]
    [InlineData("=?what?", "=?what?")]
    public void Decode_EncodedWords_AreText(string header, string text) => Assert.Equal(text, EncodedWords.Decode(header));

    [Property]
    public void Encode_AnyText_IsPrintableAsciiInShortWordsAndDecodesToItself(NonNull<string> any)
    {
        string text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(any.Get));
        string header = EncodedWords.Encode(text);
        Assert.All(header, character => Assert.InRange(character, ' ', '~'));
        if (header == text)
            return;
        Assert.All(header.Split(' '), word => Assert.InRange(word.Length, 13, 75));
        Assert.Equal(text, EncodedWords.Decode(header));
    }

    [Property]
    public void AfterAll_AnyPrefix_IsTheFirstKeyPastIt(byte[] prefix, byte[] rest)
    {
        byte[]? next = Keys.AfterAll(prefix);
        if (next is null)
        {
            Assert.All(prefix, value => Assert.Equal(byte.MaxValue, value));
            return;
        }
        Assert.True(next.AsSpan().SequenceCompareTo((byte[])[.. prefix, .. rest]) > 0);
        Assert.True(Keys.After(prefix).AsSpan().SequenceCompareTo(prefix) > 0);
    }

    [Fact]
    public async Task AwsChunked_ChunksAndTrailers_AreBodyAndHeaders()
    {
        AwsChunkedStream stream = Chunked("5;chunk-signature=ab\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA\r\nx-amz-trailer-signature:ff\r\n\r\n");
        Assert.Equal("hello world", await ReadAsync(stream));
        Assert.Equal("AAAA", stream.Trailers["x-amz-checksum-crc32"]);
    }

    [Theory]
    [InlineData("5\r\nhel", "IncompleteBody")]
    [InlineData("5\r\nhello", "IncompleteBody")]
    [InlineData("5\r\nhello\r\n", "IncompleteBody")]
    [InlineData("5\r\nhello!\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("", "IncompleteBody")]
    [InlineData("xyz\r\nhello\r\n0\r\n\r\n", "InvalidRequest")]
    [InlineData("-1\r\n\r\n", "InvalidRequest")]
    [InlineData("0\r\nno colon\r\n\r\n", "MalformedTrailerError")]
    public async Task AwsChunked_Malformed_IsRefused(string body, string code)
    {
        AwsError error = await Assert.ThrowsAsync<AwsError>(() => ReadAsync(Chunked(body)));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task AwsChunked_EndlessLine_IsRefused()
    {
        AwsError error = await Assert.ThrowsAsync<AwsError>(() => ReadAsync(Chunked(new string('1', 100_000))));
        Assert.Equal("InvalidRequest", error.Code);
    }

    private static AwsChunkedStream Chunked(string body) => new(PipeReader.Create(new MemoryStream(Encoding.ASCII.GetBytes(body))));

    private static async Task<string> ReadAsync(AwsChunkedStream stream)
    {
        using MemoryStream decoded = new();
        await stream.CopyToAsync(decoded, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(decoded.ToArray());
    }

    private static string? Date(int? seconds) =>
        seconds is null ? null : Modified.AddSeconds(seconds.Value).ToString("r", CultureInfo.InvariantCulture);

    private static (string, int) Refusal(Action action)
    {
        AwsError error = Assert.Throws<AwsError>(action);
        return (error.Code, error.StatusCode);
    }
}

using System.Net;
using Amazon.S3.Model;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class RangeTests(S3Cloud cloud) : IClassFixture<S3Cloud>
{
    private const int Size = 200_000;

    private string? _bucket;

    private readonly byte[] _body = [.. Enumerable.Range(0, Size).Select(i => (byte)(i * 31 / 7))];

    // 0 to 262,143, so that about a quarter lies past the end.
    [Property(MaxTest = 60)]
    public async Task GetObject_AnyRange_IsThatPartOfTheBody(ushort low, ushort high, byte spread)
    {
        string bucket = await BucketWithBodyAsync();
        int first = low * (spread % 4);
        int last = first + high;
        (HttpStatusCode status, HttpResponseMessage response, _) = await cloud.SendAsync(HttpMethod.Get, $"/{bucket}/key", null, ("Range", $"bytes={first}-{last}"));
        if (first >= Size)
        {
            Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, status);
            return;
        }
        Assert.Equal(HttpStatusCode.PartialContent, status);
        byte[] expected = _body[first..Math.Min(Size, last + 1)];
        Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"bytes {first}-{first + expected.Length - 1}/{Size}", response.Content.Headers.ContentRange!.ToString());
    }

    private async Task<string> BucketWithBodyAsync()
    {
        if (_bucket is not null)
            return _bucket;
        string bucket = await cloud.BucketAsync();
        await cloud.Client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = "key", InputStream = new MemoryStream(_body) }, TestContext.Current.CancellationToken);
        return _bucket = bucket;
    }

    [Fact]
    public async Task GetObject_RangePastTheEnd_IsNotSatisfiable()
    {
        string bucket = await cloud.BucketAsync();
        await cloud.PutAsync(bucket, "key", "body");
        await S3Cloud.RefusedAsync(
            () => cloud.Client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = "key", ByteRange = new Amazon.S3.Model.ByteRange(4, 10) }, TestContext.Current.CancellationToken),
            "InvalidRange", HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Fact]
    public async Task HeadObject_Range_TellsThatPartsLength()
    {
        string bucket = await cloud.BucketAsync();
        await cloud.PutAsync(bucket, "key", "hello world");
        (HttpStatusCode status, HttpResponseMessage response, _) = await cloud.SendAsync(HttpMethod.Head, $"/{bucket}/key", null, ("Range", "bytes=-5"));
        Assert.Equal((HttpStatusCode.PartialContent, 5L), (status, response.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData("same", HttpStatusCode.PartialContent, "he")]
    [InlineData("\"other\"", HttpStatusCode.OK, "hello world")]
    [InlineData("Mon, 01 Jan 2001 00:00:00 GMT", HttpStatusCode.OK, "hello world")]
    public async Task GetObject_IfRange_GivesThePartOnlyOfWhatItNames(string condition, HttpStatusCode expected, string expectedBody)
    {
        string bucket = await cloud.BucketAsync();
        string etag = (await cloud.PutAsync(bucket, "key", "hello world")).ETag;
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(
            HttpMethod.Get, $"/{bucket}/key", null, ("Range", "bytes=0-1"), ("If-Range", condition == "same" ? etag : condition));
        Assert.Equal((expected, expectedBody), (status, body));
    }
}

using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class ListingTests(S3Cloud cloud) : IClassFixture<S3Cloud>
{
    private static readonly Comparer<string> Utf8Order =
        Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AmazonS3Client Client => cloud.Client;

    [Property(MaxTest = 40, Arbitrary = [typeof(AnyListing)])]
    public async Task ListObjectsV2_Paged_IsWhatTheModelSays(Listing listing)
    {
        string bucket = await FilledAsync(listing.Keys);
        List<string> keys = [];
        List<string> prefixes = [];
        ListObjectsV2Request request = new()
        {
            BucketName = bucket,
            Prefix = listing.Prefix,
            Delimiter = listing.Delimiter,
            MaxKeys = listing.PageSize,
            StartAfter = listing.StartAfter,
        };
        ListObjectsV2Response page;
        do
        {
            page = await Client.ListObjectsV2Async(request, Cancellation);
            int count = (page.S3Objects?.Count ?? 0) + (page.CommonPrefixes?.Count ?? 0);
            Assert.Equal(count, page.KeyCount);
            Assert.True(page.IsTruncated != true || count == listing.PageSize);
            keys.AddRange((page.S3Objects ?? []).Select(listed => listed.Key));
            prefixes.AddRange(page.CommonPrefixes ?? []);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        Assert.Equal(listing.ExpectedKeys, keys);
        Assert.Equal(listing.ExpectedPrefixes, prefixes);
    }

    [Property(MaxTest = 20, Arbitrary = [typeof(AnyListing)])]
    public async Task ListObjectsV1AndVersions_Paged_AreWhatTheModelSays(Listing any)
    {
        Listing listing = any with { StartAfter = "" };
        string bucket = await FilledAsync(listing.Keys);
        List<string> keys = [];
        List<string> prefixes = [];
        ListObjectsRequest request = new() { BucketName = bucket, Prefix = listing.Prefix, Delimiter = listing.Delimiter, MaxKeys = listing.PageSize };
        ListObjectsResponse page;
        do
        {
            page = await Client.ListObjectsAsync(request, Cancellation);
            keys.AddRange((page.S3Objects ?? []).Select(listed => listed.Key));
            prefixes.AddRange(page.CommonPrefixes ?? []);
            request.Marker = page.NextMarker ?? page.S3Objects?.LastOrDefault()?.Key;
        }
        while (page.IsTruncated == true);
        Assert.Equal(listing.ExpectedKeys, keys);
        Assert.Equal(listing.ExpectedPrefixes, prefixes);

        keys.Clear();
        prefixes.Clear();
        ListVersionsRequest versions = new() { BucketName = bucket, Prefix = listing.Prefix, Delimiter = listing.Delimiter, MaxKeys = listing.PageSize };
        ListVersionsResponse versionPage;
        do
        {
            versionPage = await Client.ListVersionsAsync(versions, Cancellation);
            keys.AddRange((versionPage.Versions ?? []).Select(listed => listed.Key));
            prefixes.AddRange(versionPage.CommonPrefixes ?? []);
            (versions.KeyMarker, versions.VersionIdMarker) = (versionPage.NextKeyMarker, versionPage.NextVersionIdMarker);
        }
        while (versionPage.IsTruncated == true);
        Assert.Equal(listing.ExpectedKeys, keys);
        Assert.Equal(listing.ExpectedPrefixes, prefixes);
    }

    [Fact]
    public async Task ListVersions_Paged_GivesEveryVersionNewestFirst()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        List<string> expected = [];
        foreach (string key in (string[])["a", "b", "b/c"])
        {
            List<string> versions = [];
            for (int i = 0; i < 4; i++)
                versions.Insert(0, $"{key}:{(await cloud.PutAsync(bucket, key, $"{i}")).VersionId}");
            versions.Insert(0, $"{key}:{(await Client.DeleteObjectAsync(bucket, key, Cancellation)).VersionId}");
            expected.AddRange(versions);
        }
        List<string> seen = [];
        ListVersionsRequest request = new() { BucketName = bucket, MaxKeys = 3 };
        ListVersionsResponse page;
        do
        {
            page = await Client.ListVersionsAsync(request, Cancellation);
            Assert.All(page.Versions, version => Assert.Equal(version.IsDeleteMarker == true, version.IsLatest == true));
            seen.AddRange(page.Versions.Select(version => $"{version.Key}:{version.VersionId}"));
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task ListVersions_DeletedWhileListed_LeavesNothingOut()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        for (int i = 0; i < 7; i++)
            await cloud.PutAsync(bucket, "key", $"{i}");
        ListVersionsRequest request = new() { BucketName = bucket, MaxKeys = 2 };
        ListVersionsResponse page;
        do
        {
            page = await Client.ListVersionsAsync(request, Cancellation);
            foreach (S3ObjectVersion version in page.Versions)
                await Client.DeleteObjectAsync(bucket, version.Key, version.VersionId, Cancellation);
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);
        await Client.DeleteBucketAsync(bucket, Cancellation);
    }

    [Fact]
    public async Task ListObjectsV2_Entry_TellsOfTheObject()
    {
        string bucket = await cloud.BucketAsync();
        PutObjectResponse put = await cloud.PutAsync(bucket, "key", "hello world");
        ListObjectsV2Response page = await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, FetchOwner = true }, Cancellation);
        S3Object entry = page.S3Objects.Single();
        Assert.Equal((put.ETag, 11L, S3StorageClass.Standard, bucket), (entry.ETag, entry.Size, entry.StorageClass, page.Name));
        Assert.Equal(64, entry.Owner.Id.Length);
        Assert.InRange(entry.LastModified!.Value.ToUniversalTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
    }

    [Fact]
    public async Task ListObjectsV2_NoKeysAsked_IsEmptyAndWhole()
    {
        string bucket = await FilledAsync(["a", "b"]);
        ListObjectsV2Response page = await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, MaxKeys = 0 }, Cancellation);
        Assert.Equal((0, false), (page.KeyCount, page.IsTruncated == true));
    }

    [Theory]
    [InlineData("max-keys=-1")]
    [InlineData("max-keys=many")]
    [InlineData("encoding-type=rot13")]
    [InlineData("continuation-token=")]
    [InlineData("continuation-token=!!!")]
    [InlineData("list-type=3")]
    public async Task ListObjectsV2_BadParameter_IsInvalid(string parameter)
    {
        string bucket = await cloud.BucketAsync();
        string type = parameter.StartsWith("list-type", StringComparison.Ordinal) ? "" : "list-type=2&";
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(HttpMethod.Get, $"/{bucket}?{type}{parameter}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("<Code>InvalidArgument</Code>", body, StringComparison.Ordinal);
    }

    private async Task<string> FilledAsync(IEnumerable<string> keys)
    {
        string bucket = await cloud.BucketAsync();
        foreach (string key in keys)
            await cloud.PutRawAsync(bucket, key, "");
        return bucket;
    }

    /// <summary>A bucket's keys, a way to list them, and what that must give.</summary>
    public sealed record Listing(IReadOnlyList<string> Keys, string Prefix, string Delimiter, string StartAfter, int PageSize)
    {
        private IEnumerable<string> Matching => Keys.Distinct().Order(Utf8Order)
            .Where(key => key.StartsWith(Prefix, StringComparison.Ordinal) && Utf8Order.Compare(key, StartAfter) > 0);

        public List<string> ExpectedKeys => [.. Matching.Where(key => Cut(key) < 0)];

        public List<string> ExpectedPrefixes => [.. Matching.Where(key => Cut(key) >= 0).Select(key => key[..(Cut(key) + Delimiter.Length)]).Distinct()];

        public override string ToString() => $"[{string.Join(' ', Keys)}] prefix '{Prefix}' delimiter '{Delimiter}' after '{StartAfter}' by {PageSize}";

        private int Cut(string key) => Delimiter.Length == 0 ? -1 : key.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
    }

    public static class AnyListing
    {
        // Few letters, so that prefixes are shared; a private-use and an astral one, which sort one way as UTF-16 and the other as UTF-8.
        public static Arbitrary<Listing> Listings()
        {
            Gen<string> letter = Gen.Elements("a", "b", "/", "/", "-", "ü", "\uE000", "𝄞");
            Gen<string> text = Gen.Choose(1, 5).SelectMany(length => Gen.ArrayOf(letter, length)).Select(string.Concat);
            Gen<string> maybe = Gen.OneOf(Gen.Constant(""), text);
            Gen<string> delimiter = Gen.Elements("", "/", "/", "-", "b/", "ü");
            return (from count in Gen.Choose(0, 14)
                    from keys in Gen.ArrayOf(text, count)
                    from prefix in maybe
                    from cut in delimiter
                    from after in maybe
                    from size in Gen.Choose(1, 5)
                    select new Listing(keys, prefix, cut, after, size)).ToArbitrary();
        }
    }
}

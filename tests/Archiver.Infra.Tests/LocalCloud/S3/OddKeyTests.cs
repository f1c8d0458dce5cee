using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.S3;

/// <summary>Keys that would be trouble if they were paths, URLs or markup.</summary>
public class OddKeyTests(S3Cloud cloud) : IClassFixture<S3Cloud>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AmazonS3Client Client => cloud.Client;

    public static TheoryData<string> Odd => [
        "../../../etc/passwd", "/leading", "//twice", "a//b", "a/./b", "a/../b", "trailing/", "/", "..", ".", "a b", "a+b", "100%", "%2e%2e%2f", "%00",
        "q?uestion=mark&x", "ha#sh", "quo\"te's", "<script>alert(1)</script>", "back\\slash", "c:\\windows", "semi;colon", "tab\there", "new\nline", "car\rriage",
        "\u0001control\u001f", "שלום", "文件.txt", "emoji 🗂️.zip", "\u202Eright to left", "e\u0301", "é", " ", " a ", "a=b,c", "~!@$^*(){}[]|`", "CON", "aux.txt", "x\uFFFDy",
    ];

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task OddKey_ThroughEveryCall_IsThatKey(string key) => await RoundTripAsync(key);

    [Property(MaxTest = 60, Arbitrary = [typeof(AnyKey)])]
    public async Task AnyKey_ThroughEveryCall_IsThatKey(Key key) => await RoundTripAsync(key.Text);

    [Fact]
    public async Task OddKeys_All_LeaveNothingOutsideTheDataDirectory()
    {
        // A folder of its own around the data: whatever a key could climb to, it climbs through here.
        DirectoryInfo outside = Directory.CreateTempSubdirectory("archiver-outside-");
        string data = Path.Combine(outside.FullName, "a", "b", "data");
        try
        {
            await using (TestCloud inside = await TestCloud.StartAsync(dataDirectory: data))
            {
                using AmazonS3Client client = S3Cloud.ClientOf(inside);
                await client.PutBucketAsync("bucket", Cancellation);
                foreach (string key in Odd.Select(row => row.Data).Where(key => key[0] != '/'))
                    await client.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = key, ContentBody = "body" }, Cancellation);
            }
            string[] files = Directory.GetFiles(outside.FullName, "*", SearchOption.AllDirectories);
            Assert.All(files, file => Assert.StartsWith(data + Path.DirectorySeparatorChar, file, StringComparison.Ordinal));
            string[] blobs = Directory.GetFiles(Path.Combine(data, "s3"), "*", SearchOption.AllDirectories);
            Assert.Equal(Odd.Count(row => row.Data[0] != '/'), blobs.Length);
            Assert.All(blobs, blob => Assert.Matches("^[0-9a-f]{32}$", Path.GetFileName(blob)));
        }
        finally
        {
            outside.Delete(recursive: true);
        }
    }

    private async Task RoundTripAsync(string key)
    {
        string bucket = await cloud.BucketAsync();
        bool client = key[0] != '/'; // the .NET client drops the slashes that a key begins with
        if (client)
            await cloud.PutAsync(bucket, key, "body of " + key);
        else
            await cloud.PutRawAsync(bucket, key, "body of " + key);
        (_, _, string body) = await cloud.SendAsync(HttpMethod.Get, S3Cloud.Target(bucket, key));
        Assert.Equal("body of " + key, client ? await cloud.GetAsync(bucket, key) : body);
        Assert.Equal("body of " + key, body);
        Assert.Equal([key], await ListedAsync(bucket, key));
        await Client.CopyObjectAsync(new CopyObjectRequest { SourceBucket = bucket, SourceKey = key, DestinationBucket = bucket, DestinationKey = "copy" }, Cancellation);
        Assert.Equal("body of " + key, await cloud.GetAsync(bucket, "copy"));
        await Client.DeleteObjectAsync(bucket, "copy", Cancellation);
        await cloud.SendAsync(HttpMethod.Delete, S3Cloud.Target(bucket, key));
        Assert.Empty(await cloud.KeysAsync(bucket));
    }

    // Percent-encoded on the wire, because XML has no letter for some of what a key may have.
    private async Task<List<string>> ListedAsync(string bucket, string prefix)
    {
        (_, _, string xml) = await cloud.SendAsync(HttpMethod.Get, $"/{bucket}?list-type=2&encoding-type=url&prefix={Uri.EscapeDataString(prefix)}");
        return [.. System.Xml.Linq.XElement.Parse(xml).Descendants().Where(element => element.Name.LocalName == "Key").Select(element => Uri.UnescapeDataString(element.Value))];
    }

    /// <summary>A key: 1 to 1,024 bytes of UTF-8, without the one letter (U+0000) that no web server lets into a path.</summary>
    public sealed record Key(string Text)
    {
        public override string ToString() => Convert.ToHexString(Encoding.UTF8.GetBytes(Text)) + " " + Text;
    }

    public static class AnyKey
    {
        public static Arbitrary<Key> Keys() => ArbMap.Default.ArbFor<NonEmptyString>().Generator
            .Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get)).Replace("\0", "/../", StringComparison.Ordinal))
            .Where(text => Encoding.UTF8.GetByteCount(text) <= 1024)
            .Select(text => new Key(text))
            .ToArbitrary();
    }
}

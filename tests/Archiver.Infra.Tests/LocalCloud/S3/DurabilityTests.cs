using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Infra.Tests.LocalCloud.S3;

/// <summary>Restarts, crashes, and many at once.</summary>
public class DurabilityTests(S3Cloud shared) : IClassFixture<S3Cloud>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_AnyState_IsAsItWas()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("archiver-s3-");
        try
        {
            string version;
            string upload;
            UploadPartResponse part;
            await using (TestCloud cloud = await TestCloud.StartAsync(dataDirectory: data.FullName))
            {
                using AmazonS3Client client = S3Cloud.ClientOf(cloud);
                await client.PutBucketAsync("bucket", Cancellation);
                await client.PutBucketVersioningAsync(
                    new PutBucketVersioningRequest { BucketName = "bucket", VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } }, Cancellation);
                PutObjectRequest put = new() { BucketName = "bucket", Key = "key", ContentBody = "first", ContentType = "text/x-test", TagSet = [new Tag { Key = "a", Value = "b" }] };
                put.Metadata["m"] = "v";
                version = (await client.PutObjectAsync(put, Cancellation)).VersionId;
                await client.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "key", ContentBody = "second" }, Cancellation);
                upload = (await client.InitiateMultipartUploadAsync("bucket", "large", Cancellation)).UploadId;
                part = await client.UploadPartAsync(
                    new UploadPartRequest { BucketName = "bucket", Key = "large", UploadId = upload, PartNumber = 1, InputStream = new MemoryStream([1, 2, 3]) }, Cancellation);
            }
            await using (TestCloud cloud = await TestCloud.StartAsync(dataDirectory: data.FullName))
            {
                using AmazonS3Client client = S3Cloud.ClientOf(cloud);
                using GetObjectResponse old = await client.GetObjectAsync("bucket", "key", version, Cancellation);
                Assert.Equal(("text/x-test", "v", 1, 5L), (old.Headers.ContentType, old.Metadata["m"], old.TagCount, old.ContentLength));
                Assert.Equal(6, (await client.GetObjectMetadataAsync("bucket", "key", Cancellation)).ContentLength);
                CompleteMultipartUploadRequest complete = new() { BucketName = "bucket", Key = "large", UploadId = upload };
                complete.AddPartETags(part);
                await client.CompleteMultipartUploadAsync(complete, Cancellation);
                Assert.Equal(3, (await client.GetObjectMetadataAsync("bucket", "large", Cancellation)).ContentLength);
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Crash_BetweenBodyAndRow_LeavesNeitherObjectNorFile()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("archiver-s3-");
        try
        {
            await using (TestCloud cloud = await TestCloud.StartAsync(dataDirectory: data.FullName))
            {
                using AmazonS3Client client = S3Cloud.ClientOf(cloud);
                await client.PutBucketAsync("bucket", Cancellation);
                await client.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "kept", ContentBody = "kept" }, Cancellation);
                string upload = (await client.InitiateMultipartUploadAsync("bucket", "large", Cancellation)).UploadId;
                await client.UploadPartAsync(
                    new UploadPartRequest { BucketName = "bucket", Key = "large", UploadId = upload, PartNumber = 1, InputStream = new MemoryStream([1]) }, Cancellation);
            }

            // What a death of the process leaves: a body half written, and one in its place that no row came to name.
            using (DataDirectory directory = new(data.FullName))
            using (Archiver.Infra.LocalCloud.S3.Bodies.BodyDigest digest = new(withMd5: true, withSha256: false))
            {
                BlobStore blobs = new(directory, NullLogger.Instance);
                BlobDraft whole = blobs.Create();
                await whole.AppendAsync(new MemoryStream(new byte[1000]), digest, Cancellation);
                whole.Commit();
                BlobDraft half = blobs.Create();
                await half.AppendAsync(new MemoryStream(new byte[1000]), digest, Cancellation);
                Assert.Equal(4, Files().Length);
            }

            await using (TestCloud cloud = await TestCloud.StartAsync(dataDirectory: data.FullName))
            {
                using AmazonS3Client client = S3Cloud.ClientOf(cloud);
                Assert.Equal(["kept"], (await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "bucket" }, Cancellation)).S3Objects.Select(listed => listed.Key));
                Assert.Equal(4, (await client.GetObjectMetadataAsync("bucket", "kept", Cancellation)).ContentLength);
                Assert.Equal(2, Files().Length);
            }

            string[] Files() => Directory.GetFiles(Path.Combine(data.FullName, "s3"), "*", SearchOption.AllDirectories);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task PutObject_ThatBreaksOff_LeavesWhatWasThere()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("archiver-s3-");
        try
        {
            await using (TestCloud cloud = await TestCloud.StartAsync(dataDirectory: data.FullName))
            {
                using AmazonS3Client client = S3Cloud.ClientOf(cloud);
                await client.PutBucketAsync("bucket", Cancellation);
                await client.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "key", ContentBody = "before" }, Cancellation);
                using TcpClient half = new();
                await half.ConnectAsync(cloud.Endpoint.Host, cloud.Endpoint.Port, Cancellation);
                NetworkStream stream = half.GetStream();
                await stream.WriteAsync(Encoding.ASCII.GetBytes("PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"), Cancellation);
                Assert.True(await stream.ReadAsync(new byte[100], Cancellation) > 0); // it has begun to read the body
                await stream.WriteAsync(Encoding.ASCII.GetBytes("only this"), Cancellation);
            } // the server ends what is under way before it stops
            Assert.Empty(Directory.GetFiles(Path.Combine(data.FullName, "s3", "drafts")));
            await using (TestCloud cloud = await TestCloud.StartAsync(dataDirectory: data.FullName))
            {
                using AmazonS3Client client = S3Cloud.ClientOf(cloud);
                Assert.Equal(6, (await client.GetObjectMetadataAsync("bucket", "key", Cancellation)).ContentLength);
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task GetObject_OverwrittenMeanwhile_IsStillWhole()
    {
        string bucket = await shared.BucketAsync();
        byte[] body = new byte[8 * 1024 * 1024];
        Random.Shared.NextBytes(body);
        await shared.Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "key", InputStream = new MemoryStream(body) }, Cancellation);
        using HttpClient http = new();
        using HttpResponseMessage response = await http.GetAsync(new Uri(shared.Endpoint, $"/{bucket}/key"), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await shared.PutAsync(bucket, "key", "something else");
        await shared.Client.DeleteObjectAsync(bucket, "key", Cancellation);
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task PutObject_ManyOfOneKey_LeaveOneOfThemWhole()
    {
        string bucket = await shared.BucketAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => shared.PutAsync(bucket, "key", new string((char)('A' + i), 10_000 + i))));
        string body = await shared.GetAsync(bucket, "key");
        Assert.Equal(new string(body[0], 10_000 + body[0] - 'A'), body);
        Assert.Equal(["key"], await shared.KeysAsync(bucket));
        Assert.Single((await shared.Client.ListVersionsAsync(bucket, Cancellation)).Versions);
    }

    [Fact]
    public async Task PutObject_FiftyIfNoneMatch_HaveOneWinner()
    {
        string bucket = await shared.BucketAsync();
        HttpStatusCode[] outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            try
            {
                return (await shared.Client.PutObjectAsync(
                    new PutObjectRequest { BucketName = bucket, Key = "key", ContentBody = $"{i}", IfNoneMatch = "*" }, Cancellation)).HttpStatusCode;
            }
            catch (AmazonS3Exception exception)
            {
                return exception.StatusCode;
            }
        }));
        Assert.Single(outcomes, outcome => outcome == HttpStatusCode.OK);
        Assert.Equal(49, outcomes.Count(outcome => outcome == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Writes_OfEveryKind_LeaveAFileAnObjectAndNoMore()
    {
        string bucket = await shared.BucketAsync();
        int before = Files();
        for (int i = 0; i < 3; i++)
            await shared.PutAsync(bucket, "key", $"{i}");
        await shared.Client.CopyObjectAsync(bucket, "key", bucket, "copy", Cancellation);
        await shared.Client.DeleteObjectAsync(bucket, "key", Cancellation);
        await Assert.ThrowsAsync<AmazonS3Exception>(() => shared.Client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = "copy", ContentBody = "x", IfMatch = "\"other\"" }, Cancellation));
        Assert.Equal(before + 1, Files());

        int Files() => Directory.GetFiles(Path.Combine(shared.DataDirectory, "s3"), "*", SearchOption.AllDirectories).Length;
    }

    [Theory]
    [InlineData("SELECT 1 FROM versions WHERE bucket = 'b' AND key = x'61' AND is_latest = 1", "versions_listed")]
    [InlineData("SELECT 1 FROM versions WHERE bucket = 'b' AND key = x'61' AND version_id = 'null'", "versions_by_id")]
    [InlineData("SELECT MAX(sequence) FROM versions WHERE bucket = 'b' AND key = x'61'", "versions_in_order")]
    [InlineData("SELECT blob FROM versions WHERE blob >= '00' AND blob < '00g'", "versions_blob")]
    public void Queries_OfEveryWrite_AreServedByAnIndex(string sql, string index)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("archiver-s3-");
        try
        {
            using Database database = new(Path.Combine(data.FullName, "s3.db"), S3Schema.Migrations);
            string plan = database.Read(connection =>
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = "EXPLAIN QUERY PLAN " + sql;
                using SqliteDataReader reader = command.ExecuteReader();
                return reader.Read() ? reader.GetString(3) : "";
            });
            Assert.StartsWith("SEARCH", plan, StringComparison.Ordinal);
            Assert.Contains(index, plan, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}

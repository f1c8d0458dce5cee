using System.IO.Pipelines;
using System.Text;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.Signing;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.Signing;

/// <summary>The examples of AWS's own documentation.</summary>
public class SigV4Tests
{
    private const string SuiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string S3Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static readonly CredentialScope Suite = new("20150830", "us-east-1", "service");
    private static readonly CredentialScope S3 = new("20130524", "us-east-1", "s3");

    [Fact]
    public void SigningKey_Example_IsThatOfTheDocumentation() => Assert.Equal(
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
        Convert.ToHexStringLower(SigV4.SigningKey(SuiteSecret, new CredentialScope("20150830", "us-east-1", "iam"))));

    [Theory]
    [InlineData("GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/example/..", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "//", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void Sign_TestSuite_IsItsSignature(string method, string path, string query, string expected)
    {
        string canonical = SigV4.CanonicalRequest(
            method, CanonicalTarget.Path(path), CanonicalTarget.Query(query),
            [("host", ["example.amazonaws.com"]), ("x-amz-date", ["20150830T123600Z"])], SigV4.EmptyHash);

        Assert.Equal(expected, SigV4.Sign(SigV4.SigningKey(SuiteSecret, Suite), SigV4.StringToSign("20150830T123600Z", Suite, canonical)));
    }

    [Theory]
    [InlineData("GET", "/test.txt", "", SigV4.EmptyHash, "range:bytes=0-9", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("GET", "/", "lifecycle", SigV4.EmptyHash, null, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/", "max-keys=2&prefix=J", SigV4.EmptyHash, null, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Sign_S3Example_IsItsSignature(string method, string path, string query, string hash, string? header, string expected)
    {
        List<(string, IEnumerable<string?>)> headers = [("host", ["examplebucket.s3.amazonaws.com"])];
        if (header is not null)
            headers.Add((header.Split(':')[0], [header.Split(':')[1]]));
        headers.AddRange([("x-amz-content-sha256", [hash]), ("x-amz-date", ["20130524T000000Z"])]);

        string canonical = SigV4.CanonicalRequest(method, CanonicalTarget.S3Path(path), CanonicalTarget.Query(query), headers, hash);

        Assert.Equal(expected, SigV4.Sign(SigV4.SigningKey(S3Secret, S3), SigV4.StringToSign("20130524T000000Z", S3, canonical)));
    }

    [Theory]
    [InlineData("/test$file.text")]
    [InlineData("/test%24file.text")]
    public void Sign_S3ExampleOfPut_IsItsSignature(string path)
    {
        const string Hash = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
        string canonical = SigV4.CanonicalRequest(
            "PUT", CanonicalTarget.S3Path(path), "",
            [
                ("date", ["Fri, 24 May 2013 00:00:00 GMT"]), ("host", ["examplebucket.s3.amazonaws.com"]), ("x-amz-content-sha256", [Hash]),
                ("x-amz-date", ["20130524T000000Z"]), ("x-amz-storage-class", ["  REDUCED_REDUNDANCY "]),
            ],
            Hash);

        Assert.Equal(
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            SigV4.Sign(SigV4.SigningKey(S3Secret, S3), SigV4.StringToSign("20130524T000000Z", S3, canonical)));
    }

    [Fact]
    public void Sign_S3ExampleOfPresignedUrl_IsItsSignature()
    {
        const string Query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

        string canonical = SigV4.CanonicalRequest(
            "GET", "/test.txt", CanonicalTarget.Query(Query), [("host", ["examplebucket.s3.amazonaws.com"])], "UNSIGNED-PAYLOAD");

        Assert.Equal(
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            SigV4.Sign(SigV4.SigningKey(S3Secret, S3), SigV4.StringToSign("20130524T000000Z", S3, canonical)));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "SignatureDoesNotMatch")]
    [InlineData(1, "SignatureDoesNotMatch")]
    [InlineData(2, "SignatureDoesNotMatch")]
    public async Task ChunkSignatures_S3Example_AreTheDocumentationsAndNoOthers(int wrong, string? code)
    {
        string[] signatures =
        [
            "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
            "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
        ];
        if (wrong >= 0)
            signatures[wrong] = signatures[wrong].Replace('5', '6');
        string body = $"10000;chunk-signature={signatures[0]}\r\n{new string('a', 65536)}\r\n400;chunk-signature={signatures[1]}\r\n{new string('a', 1024)}\r\n0;chunk-signature={signatures[2]}\r\n\r\n";
        SignatureClaim claim = new(
            "AKIAIOSFODNN7EXAMPLE", S3, ["host"], "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", "20130524T000000Z",
            new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero), null);
        using ChunkSignatures checks = new(SigV4.SigningKey(S3Secret, S3), claim, withTrailer: false);
        await using AwsChunkedStream stream = new(PipeReader.Create(new MemoryStream(Encoding.ASCII.GetBytes(body))), checks);
        using MemoryStream decoded = new();

        Exception? refusal = await Record.ExceptionAsync(() => stream.CopyToAsync(decoded, TestContext.Current.CancellationToken));

        Assert.Equal(code, (refusal as AwsError)?.Code);
        if (code is null)
            Assert.Equal(66560, decoded.Length);
    }

    [Theory]
    [InlineData("a=1&b=2", "b=2&a=1")]
    [InlineData("k=%7e%41", "k=~A")]
    [InlineData("k=a%20b", "k=a+b")]
    [InlineData("flag", "flag=")]
    [InlineData("k=v", "k=v&X-Amz-Signature=ff")]
    public void Query_TwoWaysToWriteIt_AreOne(string one, string other) => Assert.Equal(CanonicalTarget.Query(one), CanonicalTarget.Query(other));

    [Theory]
    [InlineData("/a/../b", "/a/../b")]
    [InlineData("//a//b", "//a//b")]
    [InlineData("/a%2Fb", "/a/b")]
    [InlineData("/%e2%82%ac c", "/%E2%82%AC%20c")]
    [InlineData("/100%", "/100%25")]
    [InlineData("", "/")]
    public void S3Path_AnyPath_IsNotFolded(string path, string expected) => Assert.Equal(expected, CanonicalTarget.S3Path(path));

    [Fact]
    public void ToString_KeyAndOptions_HaveNoSecret()
    {
        LocalCloudOptions options = new() { AccessKeyId = "AKIDTEST", SecretAccessKey = "a-secret-of-mine" };

        Assert.DoesNotContain("a-secret", $"{options} {SigningKey.Of(options)} {options.CreateCredentials()}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("AKID", "12345678", "")]
    [InlineData("AKID", null, "Cloud:Local:SecretAccessKey is not set")]
    [InlineData(null, "12345678", "Cloud:Local:AccessKeyId is not set")]
    [InlineData("A/D", "12345678", "Cloud:Local:AccessKeyId is no access key id")]
    [InlineData("", "", "Cloud:Local:AccessKeyId is no access key id|Cloud:Local:SecretAccessKey is no secret")]
    [InlineData("AKID", "short-1", "Cloud:Local:SecretAccessKey is no secret")]
    [InlineData("AKID", "with space", "Cloud:Local:SecretAccessKey is no secret")]
    public void Errors_Key_IsBothOrNeitherAndNeverRepeated(string? id, string? secret, string expected)
    {
        string[] errors = [.. LocalCloudOptionsValidator.Errors(new LocalCloudOptions { AccessKeyId = id, SecretAccessKey = secret })];

        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries).Length, errors.Length);
        Assert.All(errors.Zip(expected.Split('|')), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
        if (!string.IsNullOrEmpty(secret))
            Assert.All(errors, error => Assert.DoesNotContain(secret, error, StringComparison.Ordinal));
    }
}

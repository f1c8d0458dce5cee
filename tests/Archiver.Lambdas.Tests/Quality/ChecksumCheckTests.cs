using System.Security.Cryptography;
using System.Text;
using Archiver.Lambdas.Quality;

namespace Archiver.Lambdas.Tests.Quality;

public sealed class ChecksumCheckTests
{
    private static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData("text"u8));
    private static readonly string Md5 = Convert.ToHexStringLower(Samples.Md5("text"u8.ToArray()));

    public static TheoryData<string, string> Files => new()
    {
        { "sha256", Sha256 },
        { "sha256", $"{Sha256}\n" },
        { "sha256", $"{Sha256.ToUpperInvariant()}  a.txt\r\n" },
        { "sha256", $"{Sha256} *a.txt" },
        { "sha256", $"{Sha256}  folder/a.txt" },
        { "sha256", $"SHA256 (a.txt) = {Sha256}" },
        { "sha256", $"# made by hand\n{new string('0', 64)}  b.txt\n{Sha256}  a.txt\n" },
        { "md5", $"{Md5}  a.txt" },
        { "md5", $"MD5 (a.txt) = {Md5}" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Of_TheRightChecksum_Passes(string algorithm, string text)
    {
        Assert.True((await CheckAsync(ChecksumCheck.FromFile(algorithm, text, "a.txt")))!.Passed);
        Assert.False((await CheckAsync(ChecksumCheck.FromFile(algorithm, text, "a.txt"), "other"))!.Passed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a checksum")]
    [InlineData("0123  a.txt")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  b.txt")]
    public async Task Of_NothingReadable_Fails(string text)
    {
        Assert.Equal(
            "The file “a.txt.sha256” beside it has no SHA-256 of this file that could be read.",
            (await CheckAsync(ChecksumCheck.FromFile("sha256", text, "a.txt")))!.Detail);
    }

    [Fact]
    public async Task Of_Metadata_TakesHexadecimalAndBase64()
    {
        Assert.True((await CheckAsync(
            ChecksumCheck.FromMetadata("sha256", Sha256), ChecksumCheck.FromMetadata("sha256", Convert.ToBase64String(Convert.FromHexString(Sha256))),
            ChecksumCheck.FromMetadata("md5", Convert.ToBase64String(Convert.FromHexString(Md5)))))!.Passed);
        Assert.False((await CheckAsync(ChecksumCheck.FromMetadata("md5", Sha256)))!.Passed);
    }

    [Fact]
    public async Task Of_NoChecksum_IsLeftOut() => Assert.Null(await CheckAsync());

    private static Task<Lambdas.Contracts.FileCheck?> CheckAsync(params GivenChecksum[] given) => CheckAsync(given, "text");

    private static Task<Lambdas.Contracts.FileCheck?> CheckAsync(GivenChecksum given, string text) => CheckAsync([given], text);

    private static async Task<Lambdas.Contracts.FileCheck?> CheckAsync(GivenChecksum[] given, string text) =>
        ChecksumCheck.Of(await Content.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.txt", text.Length, withMd5: true), given);
}

using System.Text;
using Archiver.Infra.LocalCloud.S3.Bodies;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class ChecksumTests
{
    // The check values of the algorithms' own catalogues, over the nine digits.
    [Theory]
    [InlineData("Crc32", "CBF43926")]
    [InlineData("Crc32C", "E3069283")]
    [InlineData("Crc64Nvme", "AE8B14860A799888")]
    [InlineData("Sha1", "F7C3BC1D808E04732ADF679965CCC34CA7AE3441")]
    [InlineData("Sha256", "15E2B0D3C33891EBB0F1EF609EC419420C20E320CE94C65FBC8C3312448EB225")]
    public void Finish_CheckString_IsTheCatalogueValue(string algorithm, string expected)
    {
        using ChecksumHasher hasher = Checksums.Start(Enum.Parse<ChecksumAlgorithm>(algorithm));
        hasher.Append("123456789"u8);
        Assert.Equal(expected, Convert.ToHexString(Convert.FromBase64String(hasher.Finish())));
    }

    [Property]
    public void Append_InPieces_IsTheSameAsAtOnce(byte[] first, byte[] second)
    {
        foreach (ChecksumAlgorithm algorithm in Checksums.Algorithms)
        {
            using ChecksumHasher pieces = Checksums.Start(algorithm);
            using ChecksumHasher whole = Checksums.Start(algorithm);
            pieces.Append(first);
            pieces.Append(second);
            whole.Append([.. first, .. second]);
            Assert.Equal(whole.Finish(), pieces.Finish());
        }
    }

    [Fact]
    public void Compose_TwoParts_IsTheChecksumOfTheirDigestsAndTheirCount()
    {
        string[] parts = ["AAAAAQ==", "AAAAAg=="];
        using ChecksumHasher hasher = Checksums.Start(ChecksumAlgorithm.Crc32);
        hasher.Append([0, 0, 0, 1, 0, 0, 0, 2]);
        Checksum composed = Checksums.Compose(ChecksumAlgorithm.Crc32, parts);
        Assert.Equal(new Checksum(ChecksumAlgorithm.Crc32, hasher.Finish() + "-2", ChecksumType.Composite), composed);
    }

    [Fact]
    public void BodyDigest_Body_HasLengthAndEntityTag()
    {
        using BodyDigest digest = new(withMd5: true, withSha256: true, ChecksumAlgorithm.Crc32, ChecksumAlgorithm.Crc32);
        digest.Append(Encoding.ASCII.GetBytes("hello "));
        digest.Append(Encoding.ASCII.GetBytes("world"));
        Assert.Equal((11, "5eb63bbbe01eeed093cb22bb8f5acdc3"), (digest.Length, digest.ETag()));
        Assert.Equal("B94D27B9934D3E08A52E52D7DA7DABFAC484EFE37A5380EE9088F7ACE2EFCDE9", Convert.ToHexString(digest.Sha256()));
    }
}

namespace Archiver.Lambdas.Functions;

/// <summary>How files are copied.</summary>
/// <param name="WholeBytes">Up to this size a file is copied in one call; S3 takes up to 5 GiB.</param>
/// <param name="PartBytes">How large a part of a larger file is; more where S3's 10,000 parts would not be enough. S3 takes 5 MiB and more.</param>
/// <param name="AtOnce">How many parts are copied at once.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</remarks>
internal sealed record CopyLimits(long WholeBytes, long PartBytes, int AtOnce)
{
    /// <summary>The most parts that a copy has.</summary>
    public const int MostParts = 10_000;

    /// <summary>What S3 allows in one call, and parts that are quick together. S3 copies them; no content comes through here.</summary>
    public static CopyLimits S3 { get; } = new(5L * 1024 * 1024 * 1024, 256L * 1024 * 1024, 8);

    /// <summary>The parts of a file, each with its first and last byte.</summary>
    public IEnumerable<(int Number, long First, long Last)> Parts(long size)
    {
        long length = Math.Max(PartBytes, (size + MostParts - 1) / MostParts);
        int number = 0;
        for (long first = 0; first < size; first += length)
            yield return (++number, first, Math.Min(first + length, size) - 1);
    }
}

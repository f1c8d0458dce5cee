namespace Archiver.Infra.LocalCloud.S3;

/// <summary>The limits of S3, in bytes where a size is meant.
/// See https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html.</summary>
internal static class S3Limits
{
    /// <summary>A key's UTF-8.</summary>
    public const int KeyBytes = 1024;

    /// <summary>The user metadata of an object: names and values, UTF-8.</summary>
    public const int MetadataBytes = 2 * 1024;

    /// <summary>The body of one PutObject, UploadPart or copy.</summary>
    public const long SinglePut = 5L * 1024 * 1024 * 1024;

    /// <summary>Every part but the last.</summary>
    public const long SmallestPart = 5L * 1024 * 1024;

    /// <summary>The highest part number.</summary>
    public const int Parts = 10_000;

    /// <summary>The entries of one page of a listing, and the keys of one DeleteObjects.</summary>
    public const int Page = 1000;

    /// <summary>An XML request body: 10,000 parts with a checksum each, or 1,000 keys of 1,024 escaped bytes, stay below.</summary>
    public const int XmlBody = 8 * 1024 * 1024;
}

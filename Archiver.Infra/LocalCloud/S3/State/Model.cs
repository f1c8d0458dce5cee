using Archiver.Infra.LocalCloud.S3.Bodies;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>What a bucket does with what is overwritten or deleted.</summary>
internal enum Versioning
{
    /// <summary>It was never asked to keep versions.</summary>
    Unversioned = 0,

    /// <summary>Every write makes a version.</summary>
    Enabled = 1,

    /// <summary>The versions of before stay; a write makes or replaces the version <c>null</c>.</summary>
    Suspended = 2,
}

/// <summary>A bucket.</summary>
/// <param name="Location">The region that it was created for.</param>
/// <param name="Tags">Its tags; empty when it has none.</param>
internal sealed record Bucket(string Name, DateTimeOffset Created, string Location, Versioning Versioning, IReadOnlyDictionary<string, string> Tags);

/// <summary>What a client says of an object beside its bytes and tags.</summary>
internal sealed record ObjectAttributes
{
    public string ContentType { get; init; } = "binary/octet-stream";

    public string? ContentDisposition { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentLanguage { get; init; }

    public string? CacheControl { get; init; }

    public string? Expires { get; init; }

    /// <summary>The encryption at rest that the client asked for; only ever <c>AES256</c>, with S3's own keys.</summary>
    public string? Encryption { get; init; }

    /// <summary>The user metadata, by name without <c>x-amz-meta-</c>, in lower case.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>A part of an object that came as a multipart upload.</summary>
/// <param name="Checksum">Its checksum's value in base64, in the object's algorithm.</param>
internal sealed record ObjectPart(int Number, long Size, string Checksum);

/// <summary>A version that is about to be written; its body is already in its place.</summary>
/// <param name="Blob">The body's id.</param>
/// <param name="ETag">Its entity tag, without quotes.</param>
/// <param name="Parts">Its parts, in order; empty when it came whole.</param>
internal sealed record NewVersion(
    string Bucket, string Key, string Blob, long Size, string ETag, Checksum Checksum, DateTimeOffset Modified,
    ObjectAttributes Attributes, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<ObjectPart> Parts)
{
    /// <summary>The call that writes it, for the event that tells it.</summary>
    public string Operation { get; init; } = "PutObject";

    /// <summary>What names this write, where it is to be made once however often it is asked for; nothing where each asking is a write.</summary>
    public string? OnceKey { get; init; }
}

/// <summary>A version of an object, or a delete marker.</summary>
/// <param name="Sequence">Its place in the order of writes; of two versions of a key the higher is the newer.</param>
/// <param name="Blob">The body's id; nothing of a delete marker, and so are <paramref name="ETag"/> and <paramref name="Checksum"/>.</param>
/// <param name="PartCount">Into how many parts it was uploaded; 0 when it came whole.</param>
internal sealed record ObjectVersion(
    long Sequence, string Bucket, string Key, string VersionId, bool IsLatest, string? Blob, long Size, string? ETag, Checksum? Checksum,
    DateTimeOffset Modified, ObjectAttributes Attributes, IReadOnlyDictionary<string, string> Tags, int PartCount)
{
    /// <summary>Whether this only says that the key was deleted.</summary>
    public bool IsDeleteMarker => Blob is null;
}

/// <summary>A multipart upload under way.</summary>
/// <param name="ExplicitChecksum">Whether the client chose the algorithm, and so vouches for every part with it.</param>
internal sealed record Upload(
    string Id, string Bucket, string Key, DateTimeOffset Initiated, ChecksumAlgorithm Algorithm, ChecksumType ChecksumType, bool ExplicitChecksum,
    ObjectAttributes Attributes, IReadOnlyDictionary<string, string> Tags);

/// <summary>A part of an upload under way.</summary>
/// <param name="Checksum">Its value in base64, in the upload's algorithm.</param>
internal sealed record UploadedPart(int Number, string Blob, long Size, string ETag, string Checksum, DateTimeOffset Modified);

using Archiver.Lambdas.Contracts;
using Archiver.Web.Results;

namespace Archiver.Web.Preview.Files;

/// <summary>A file in a bucket, as exactly as who names it knows it.</summary>
/// <param name="Name">The file's name for people.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key.</param>
/// <param name="VersionId">The version; nothing where none is known.</param>
/// <param name="ETag">The ETag that the content has to have, with its quotation marks; nothing where none is known.</param>
public sealed record FileRef(string Name, string Bucket, string Key, string? VersionId = null, string? ETag = null)
{
    /// <summary>Whether this names one content for good; otherwise what is there now is looked at.</summary>
    public bool IsExact => VersionId is not null || ETag is not null;

    /// <summary>The very file that an approval is about; nothing for a simulated one.</summary>
    public static FileRef? Of(FileMetadata? file) => file is { IsReal: true }
        ? new FileRef(file.Name, file.Bucket!, file.Key!, Known(file.VersionId), Known(file.ETag))
        : null;

    /// <summary>The file of a result, where it is now; nothing for a simulated one.</summary>
    internal static FileRef? Of(ResultRow row) => row is { Bucket: { } bucket, Key: { } key }
        ? new FileRef(row.Name, bucket, key, Known(row.VersionId))
        : null;

    // “null” is the version of what was stored without versioning, and names no certain content.
    private static string? Known(string? text) => text is null or "" or "null" ? null : text;
}

using System.Text.Json.Serialization;

namespace Archiver.Lambdas.Contracts;

/// <summary>What a run knows of its file, real or simulated.</summary>
public sealed record FileMetadata
{
    /// <summary>Names the file within Archiver: the name of the run's execution, and the key of its result.</summary>
    public required string Id { get; init; }

    /// <summary>The file's name for people: the last part of <see cref="Key"/>, as it is; it may hold any character.</summary>
    public required string Name { get; init; }

    /// <summary>The bucket that the file was read from; nothing for a simulated file.</summary>
    public string? Bucket { get; init; }

    /// <summary>The object's key, 1 to 1,024 bytes of UTF-8; nothing for a simulated file.</summary>
    public string? Key { get; init; }

    /// <summary>The object's version; nothing where the bucket has no versions.</summary>
    public string? VersionId { get; init; }

    /// <summary>The object's ETag, with its quotation marks as S3 gives it; nothing for a simulated file.</summary>
    public string? ETag { get; init; }

    /// <summary>The size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The media type that the content's signature tells, else the one that the object was stored with; of a simulated file a made-up one.</summary>
    public string? ContentType { get; init; }

    /// <summary>The SHA-256 of the content, 64 lower-case hexadecimal digits; nothing for a simulated file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether the file is to be archived at all.</summary>
    public required bool Archive { get; init; }

    /// <summary>The quality, 0 to 100.</summary>
    public required int Quality { get; init; }

    /// <summary>The least quality, 0 to 100, that is archived without a reviewer.</summary>
    public required int QualityThreshold { get; init; }

    /// <summary>The checks behind <see cref="Quality"/>; none where the JSON has none.</summary>
    /// <remarks>The generated reader sets every property that can only be initialised, to null where the JSON lacks it.</remarks>
    public IReadOnlyList<FileCheck> Checks
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Whether this is a file in a bucket; otherwise it is simulated.</summary>
    [JsonIgnore]
    public bool IsReal => Bucket is not null && Key is not null;
}

/// <summary>One check of a file's quality.</summary>
/// <param name="Name">What was checked, in a word or two.</param>
/// <param name="Passed">Whether the file passed.</param>
/// <param name="Detail">A sentence for a person that says what was found.</param>
public sealed record FileCheck(string Name, bool Passed, string Detail);

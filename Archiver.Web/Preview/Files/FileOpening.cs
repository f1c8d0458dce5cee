using Amazon.S3.Model;

namespace Archiver.Web.Preview.Files;

/// <summary>Why a file can't be looked at.</summary>
internal enum FileAbsence
{
    /// <summary>It is in none of this stack's buckets, so that it is none of the dashboard's business.</summary>
    Foreign,

    /// <summary>It is not there any more, or never was.</summary>
    Gone,

    /// <summary>Something else is there in its place.</summary>
    Changed,

    /// <summary>S3 does not give it; the detail says why.</summary>
    Refused,

    /// <summary>It has no such part.</summary>
    NoSuchRange,
}

/// <summary>What came of opening a file.</summary>
internal abstract record FileOpening
{
    private FileOpening() { }

    /// <summary>It is open; whoever has it disposes of it.</summary>
    public sealed record Opened(OpenFile File) : FileOpening;

    /// <summary>It is not to be had.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Detail">What S3 said of it, where that helps.</param>
    public sealed record Absent(FileAbsence Reason, string? Detail = null) : FileOpening;
}

/// <summary>A file, or a part of it, that is being read.</summary>
internal sealed class OpenFile(GetObjectResponse response) : IDisposable
{
    /// <summary>The content; read once.</summary>
    public Stream Content => response.ResponseStream;

    /// <summary>How many bytes <see cref="Content"/> has.</summary>
    public long Length => response.ContentLength;

    /// <summary>How many bytes the whole file has.</summary>
    public long Size { get; } = SizeOf(response);

    /// <summary>The part, such as <c>bytes 0-99/1234</c>; nothing for the whole.</summary>
    public string? Range => string.IsNullOrEmpty(response.ContentRange) ? null : response.ContentRange;

    /// <summary>The content's ETag, with its quotation marks.</summary>
    public string ETag => response.ETag;

    /// <inheritdoc/>
    public void Dispose() => response.Dispose();

    private static long SizeOf(GetObjectResponse response) =>
        response.ContentRange?.Split('/') is [_, var size] && long.TryParse(size, out long bytes) ? bytes : response.ContentLength;
}

using Archiver.Infra.LocalCloud.S3.State;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>The header <c>x-amz-copy-source</c>: <c>[/]BUCKET/KEY[?versionId=ID]</c>, its path percent-encoded.</summary>
internal static class CopySourceHeader
{
    private const string Name = "x-amz-copy-source";
    private const string Version = "?versionId=";

    /// <summary>Whether a request is a copy.</summary>
    public static bool IsOn(S3Call call) => call.Header(Name) is not null;

    public static CopySource Read(S3Call call)
    {
        string header = call.Header(Name) ?? "";
        // A question mark of the key is encoded, so this one is not the key's.
        int question = header.LastIndexOf(Version, StringComparison.Ordinal);
        string? versionId = question < 0 ? null : Identifiers.CheckVersionId(S3Address.Decode(header[(question + Version.Length)..], header));
        string path = S3Address.Decode(question < 0 ? header : header[..question], header);
        if (path.StartsWith('/'))
            path = path[1..];
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == path.Length - 1)
            throw S3Errors.InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", Name, header);
        string bucket = path[..slash];
        return BucketName.IsValid(bucket)
            ? new CopySource(bucket, S3Address.CheckKey(path[(slash + 1)..]), versionId, Preconditions.OfCopySource(call))
            : throw S3Errors.InvalidArgument("Invalid copy source bucket name", Name, header);
    }

    /// <summary>Says which version was copied.</summary>
    public static void WriteVersion(S3Call call, ObjectVersion source) =>
        call.SetHeader("x-amz-copy-source-version-id", source.VersionId == Identifiers.NullVersion ? null : source.VersionId);
}

using System.Buffers;
using System.Globalization;
using System.Text;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.S3.State;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>What is said of an object, from the headers of a write and into those of a read.</summary>
internal static class ObjectHeaders
{
    private const string MetadataPrefix = "x-amz-meta-";

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz");

    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-content-type", "Content-Type"),
        ("response-content-language", "Content-Language"),
        ("response-expires", "Expires"),
        ("response-cache-control", "Cache-Control"),
        ("response-content-disposition", "Content-Disposition"),
        ("response-content-encoding", "Content-Encoding"),
    ];

    /// <summary>Reads the attributes that a write gives.</summary>
    public static ObjectAttributes Read(S3Call call)
    {
        // aws-chunked is how the body travelled, not what it is.
        string encoding = string.Join(
            ',', call.HeaderList("Content-Encoding").Where(coding => !coding.Equals("aws-chunked", StringComparison.OrdinalIgnoreCase)));
        ObjectAttributes attributes = new()
        {
            ContentDisposition = Text(call, "Content-Disposition"),
            ContentEncoding = encoding.Length == 0 ? null : encoding,
            ContentLanguage = Text(call, "Content-Language"),
            CacheControl = Text(call, "Cache-Control"),
            Expires = Text(call, "Expires"),
            Encryption = call.Header("x-amz-server-side-encryption"),
            Metadata = ReadMetadata(call),
        };
        return Text(call, "Content-Type") is { } type ? attributes with { ContentType = type } : attributes;
    }

    /// <summary>Reads the condition of a write.</summary>
    public static WriteCondition ReadCondition(S3Call call)
    {
        string? ifNoneMatch = call.Header("If-None-Match");
        string? ifMatch = call.Header("If-Match");
        if (ifNoneMatch is not null and not "*")
            throw S3Errors.NotImplemented("If-None-Match on a write with anything but *, nor has S3");
        if (ifNoneMatch is not null && ifMatch is not null)
            throw S3Errors.NotImplemented("If-Match together with If-None-Match on a write, nor has S3");
        return ifNoneMatch is null && ifMatch is null ? WriteCondition.None : new WriteCondition(ifMatch, ifNoneMatch is not null);
    }

    /// <summary>Writes what is said of a version. The headers that stand on an error or a <c>304</c> too are those of <see cref="WriteIdentity"/>.</summary>
    public static void Write(S3Call call, ObjectVersion version)
    {
        // First, because a refusal must not go out under the object's headers.
        (string Header, string Value)[] overrides = [.. Overrides
            .Where(pair => call.Query(pair.Parameter) is { Length: > 0 })
            .Select(pair => (pair.Header, CheckOverride(pair.Parameter, call.Query(pair.Parameter)!)))];
        WriteIdentity(call, version);
        ObjectAttributes attributes = version.Attributes;
        call.SetHeader("Accept-Ranges", "bytes");
        call.SetHeader("Content-Type", EncodedWords.Encode(attributes.ContentType));
        call.SetHeader("Content-Disposition", Encode(attributes.ContentDisposition));
        call.SetHeader("Content-Encoding", Encode(attributes.ContentEncoding));
        call.SetHeader("Content-Language", Encode(attributes.ContentLanguage));
        call.SetHeader("Cache-Control", Encode(attributes.CacheControl));
        call.SetHeader("Expires", Encode(attributes.Expires));
        call.SetHeader("x-amz-server-side-encryption", attributes.Encryption);
        if (version.Tags.Count > 0)
            call.SetHeader("x-amz-tagging-count", version.Tags.Count.ToString(CultureInfo.InvariantCulture));
        foreach ((string name, string value) in attributes.Metadata)
            call.Http.Response.Headers[MetadataPrefix + name] = EncodedWords.Encode(value);
        foreach ((string header, string value) in overrides)
            call.SetHeader(header, value);
    }

    /// <summary>Writes which version it is, and when it was written.</summary>
    public static void WriteIdentity(S3Call call, ObjectVersion version)
    {
        call.SetHeader("ETag", version.ETag is null ? null : ETags.Quote(version.ETag));
        call.SetHeader("Last-Modified", version.Modified.ToString("r", CultureInfo.InvariantCulture));
        WriteVersionId(call, version);
        if (version.IsDeleteMarker)
            call.SetHeader("x-amz-delete-marker", "true");
    }

    /// <summary>Writes the checksum of a whole object, which a client that wants it asks for.</summary>
    public static void WriteChecksum(S3Call call, ObjectVersion version)
    {
        if (version.Checksum is { } checksum && string.Equals(call.Header("x-amz-checksum-mode"), "ENABLED", StringComparison.OrdinalIgnoreCase))
            WriteChecksum(call, checksum);
    }

    /// <summary>Writes a checksum.</summary>
    public static void WriteChecksum(S3Call call, Checksum checksum)
    {
        call.SetHeader(checksum.Algorithm.Header(), checksum.Value);
        call.SetHeader("x-amz-checksum-type", checksum.Type.Name());
    }

    /// <summary>Writes what became of a write.</summary>
    public static void WriteResult(S3Call call, Written written, string? encryption)
    {
        call.SetHeader("x-amz-version-id", written.VersionId);
        call.SetHeader("x-amz-server-side-encryption", encryption);
    }

    /// <summary>Writes which version it is. A bucket that never kept versions says nothing of the version <c>null</c>; one that did says
    /// it. What tells them apart without a look at the bucket is whether the client asked.</summary>
    public static void WriteVersionId(S3Call call, ObjectVersion version)
    {
        if (version.VersionId != Identifiers.NullVersion || call.VersionId is not null)
            call.SetHeader("x-amz-version-id", version.VersionId);
    }

    private static Dictionary<string, string> ReadMetadata(S3Call call)
    {
        SortedDictionary<string, string> metadata = new(StringComparer.Ordinal);
        int size = 0;
        foreach (string header in call.HeaderNames(MetadataPrefix))
        {
            string name = header[MetadataPrefix.Length..];
            string value = EncodedWords.Decode(call.Header(header) ?? "");
            // A name out of a presigned URL's query may be none that a header can have.
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
                throw S3Errors.InvalidArgument("A user metadata header needs a name after x-amz-meta-, of letters that a header's name can have.", header, value);
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
            metadata.Add(name, value);
        }
        return size <= S3Limits.MetadataBytes ? new Dictionary<string, string>(metadata) : throw S3Errors.MetadataTooLarge(size);
    }

    private static string? Text(S3Call call, string header) => call.Header(header) is { } value ? EncodedWords.Decode(value) : null;

    private static string? Encode(string? value) => value is null ? null : EncodedWords.Encode(value);

    // It comes from a URL, so it may hold anything; a line break in it would begin a header of the URL's author.
    private static string CheckOverride(string parameter, string value) =>
        value.All(character => character is >= ' ' and <= '~')
            ? value
            : throw S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", parameter, value);
}

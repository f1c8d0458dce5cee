using System.Xml;
using System.Xml.Linq;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud.S3.Api;

/// <summary>The calls that write, copy, delete and tag objects.</summary>
internal sealed class ObjectApi(S3Service service)
{
    /// <summary><c>PutObject</c>.</summary>
    public async Task PutAsync(S3Call call)
    {
        RefuseSelectors(call);
        ObjectAttributes attributes = ObjectHeaders.Read(call);
        Written written = await service.PutAsync(
            call.Bucket, call.Key, attributes, TagsReader.ReadHeader(call), ObjectBody.Of(call, S3Limits.SinglePut),
            ObjectHeaders.ReadCondition(call), call.Cancellation);
        call.SetHeader("ETag", ETags.Quote(written.ETag));
        ObjectHeaders.WriteChecksum(call, written.Checksum);
        ObjectHeaders.WriteResult(call, written, attributes.Encryption);
        await call.EmptyAsync(StatusCodes.Status200OK);
    }

    /// <summary><c>CopyObject</c>.</summary>
    public async Task CopyAsync(S3Call call)
    {
        RefuseSelectors(call);
        bool replaceTags = Directive(call, "x-amz-tagging-directive");
        string? encryption = call.Header("x-amz-server-side-encryption");
        CopyRequest request = new(
            CopySourceHeader.Read(call), call.Bucket, call.Key,
            Directive(call, "x-amz-metadata-directive") ? ObjectHeaders.Read(call) : null,
            replaceTags ? TagsReader.ReadHeader(call) : null,
            ReadAlgorithm(call), encryption, ObjectHeaders.ReadCondition(call));
        (Written copy, ObjectVersion source) = await service.CopyAsync(request, call.Cancellation);
        ObjectHeaders.WriteResult(call, copy, encryption);
        CopySourceHeader.WriteVersion(call, source);
        await call.WriteAsync("CopyObjectResult", xml =>
        {
            xml.Element("ETag", ETags.Quote(copy.ETag));
            xml.Element("LastModified", copy.Modified);
            xml.Element(copy.Checksum.Algorithm.Element(), copy.Checksum.Value);
            xml.Element("ChecksumType", copy.Checksum.Type.Name());
        });
    }

    /// <summary><c>DeleteObject</c>.</summary>
    public Task DeleteAsync(S3Call call)
    {
        Deletion deletion = new(call.Key, call.VersionId, new WriteCondition(call.Header("If-Match"), IfAbsent: false));
        WriteResult result = service.Delete(call.Bucket, [deletion])[0];
        if (result.Outcome != WriteOutcome.Done)
            throw S3Service.Refusal(result.Outcome, call.Bucket, call.Key, deletion.Condition);
        call.SetHeader("x-amz-version-id", result.VersionId);
        call.SetHeader("x-amz-delete-marker", result.DeleteMarker ? "true" : null);
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }

    /// <summary><c>DeleteObjects</c>: up to 1,000 keys, each with an outcome of its own.</summary>
    public async Task DeleteManyAsync(S3Call call)
    {
        if (!ObjectBody.Of(call, S3Limits.XmlBody).IsProtected)
            throw S3Errors.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        XElement request = await call.ReadXmlAsync("Delete");
        XElement[] children = request.Children("Object", "Quiet");
        bool quiet = request.Text("Quiet") is "true" or "1";
        XElement[] objects = [.. children.Where(child => child.Name.LocalName == "Object")];
        if (objects.Length is 0 or > S3Limits.Page)
            throw S3Errors.MalformedXml($"Delete has 1 to {S3Limits.Page} Objects.");

        List<(Deletion? Deletion, string Key, string? VersionId, AwsError? Error)> entries = [.. objects.Select(ReadDeletion)];
        IReadOnlyList<WriteResult> results = service.Delete(call.Bucket, [.. entries.Select(entry => entry.Deletion).OfType<Deletion>()]);
        await call.WriteAsync("DeleteResult", xml =>
        {
            int next = 0;
            foreach ((Deletion? deletion, string key, string? versionId, AwsError? malformed) in entries)
            {
                WriteResult? result = deletion is null ? null : results[next++];
                AwsError? error = malformed ?? (result!.Outcome == WriteOutcome.Done
                    ? null
                    : S3Service.Refusal(result.Outcome, call.Bucket, key, deletion!.Condition));
                if (error is not null)
                    WriteError(xml, key, versionId, error);
                else if (!quiet)
                    WriteDeleted(xml, key, versionId, result!);
            }
        });
    }

    /// <summary><c>GetObjectTagging</c>.</summary>
    public Task GetTagsAsync(S3Call call)
    {
        ObjectVersion version = ObjectReadApi.RequireObject(call, service.Find(call.Bucket, call.Key, call.VersionId));
        ObjectHeaders.WriteVersionId(call, version);
        return call.WriteAsync("Tagging", xml => TagsReader.Write(xml, version.Tags));
    }

    /// <summary><c>PutObjectTagging</c>.</summary>
    public async Task PutTagsAsync(S3Call call)
    {
        IReadOnlyDictionary<string, string> tags = TagsReader.ReadXml(await call.ReadXmlAsync("Tagging"), TagsReader.PerObject);
        SetTags(call, tags);
        await call.EmptyAsync(StatusCodes.Status200OK);
    }

    /// <summary><c>DeleteObjectTagging</c>.</summary>
    public Task DeleteTagsAsync(S3Call call)
    {
        SetTags(call, new Dictionary<string, string>());
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }

    private void SetTags(S3Call call, IReadOnlyDictionary<string, string> tags) => ObjectHeaders.WriteVersionId(
        call, ObjectReadApi.RequireObject(call, service.SetTags(call.Bucket, call.Key, call.VersionId, tags)));

    private static (Deletion?, string Key, string? VersionId, AwsError?) ReadDeletion(XElement element)
    {
        string? size = element.Children("Key", "VersionId", "ETag", "LastModifiedTime", "Size")
            .FirstOrDefault(child => child.Name.LocalName is "LastModifiedTime" or "Size")?.Name.LocalName;
        string key = element.Text("Key") ?? throw S3Errors.MalformedXml("an Object has a Key.");
        string? versionId = element.Text("VersionId");
        try
        {
            if (size is not null)
                throw S3Errors.NotImplemented($"deletes conditional on {size}, which S3 has in directory buckets alone");
            if (key.Length == 0)
                throw S3Errors.InvalidArgument("A key cannot be empty.", "Key", key);
            string? version = string.IsNullOrEmpty(versionId) ? null : Identifiers.CheckVersionId(versionId);
            return (new Deletion(S3Address.CheckKey(key), version, new WriteCondition(element.Text("ETag"), IfAbsent: false)), key, version, null);
        }
        catch (AwsError error)
        {
            return (null, key, versionId, error);
        }
    }

    private static void WriteDeleted(XmlWriter xml, string key, string? versionId, WriteResult result) => xml.Element("Deleted", deleted =>
    {
        deleted.Element("Key", key);
        deleted.Element("VersionId", versionId);
        if (!result.DeleteMarker)
            return;
        deleted.Element("DeleteMarker", true);
        deleted.Element("DeleteMarkerVersionId", result.VersionId);
    });

    private static void WriteError(XmlWriter xml, string key, string? versionId, AwsError error) => xml.Element("Error", element =>
    {
        element.Element("Key", key);
        element.Element("VersionId", versionId);
        element.Element("Code", error.Code);
        element.Element("Message", error.Message);
    });

    // A write makes a version; it cannot choose one, nor, outside an upload, a part.
    private static void RefuseSelectors(S3Call call)
    {
        foreach (string parameter in (string[])["versionId", "partNumber"])
        {
            if (call.Query(parameter) is { } value)
                throw S3Errors.InvalidArgument($"This operation does not accept the parameter {parameter}.", parameter, value);
        }
    }

    // Whether to replace what the source has; else it is copied.
    private static bool Directive(S3Call call, string header) => call.Header(header) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        { } other => throw S3Errors.InvalidArgument($"Unknown {header["x-amz-".Length..].Replace('-', ' ')}.", header, other),
    };

    private static ChecksumAlgorithm? ReadAlgorithm(S3Call call) => call.Header("x-amz-checksum-algorithm") is { } name
        ? Checksums.Find(name) ?? throw S3Errors.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")
        : null;
}

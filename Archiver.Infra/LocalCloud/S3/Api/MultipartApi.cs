using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.S3.State;
using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud.S3.Api;

/// <summary>The calls of a multipart upload.</summary>
internal sealed class MultipartApi(MultipartService service, CloudIdentity identity)
{
    /// <summary><c>CreateMultipartUpload</c>.</summary>
    public Task CreateAsync(S3Call call)
    {
        ChecksumAlgorithm? algorithm = call.Header("x-amz-checksum-algorithm") is { } name ? ReadAlgorithm(name) : null;
        ObjectAttributes attributes = ObjectHeaders.Read(call);
        Upload upload = service.Create(call.Bucket, call.Key, attributes, TagsReader.ReadHeader(call), algorithm, ReadType(call));
        call.SetHeader("x-amz-server-side-encryption", attributes.Encryption);
        call.SetHeader("x-amz-checksum-algorithm", upload.Algorithm.Name());
        call.SetHeader("x-amz-checksum-type", upload.ChecksumType.Name());
        return call.WriteAsync("InitiateMultipartUploadResult", xml =>
        {
            xml.Element("Bucket", call.Bucket);
            xml.Element("Key", call.Key);
            xml.Element("UploadId", upload.Id);
        });
    }

    /// <summary><c>UploadPart</c>, or <c>UploadPartCopy</c> where a header names a source.</summary>
    public Task PutPartAsync(S3Call call)
    {
        int number = call.Query("partNumber") is null
            ? throw S3Errors.InvalidArgument("This operation does not accept an uploadId without a partNumber.", "partNumber", null)
            : call.QueryNumber("partNumber", missing: 0, least: 1, most: S3Limits.Parts);
        return CopySourceHeader.IsOn(call) ? CopyPartAsync(call, number) : UploadPartAsync(call, number);
    }

    /// <summary><c>CompleteMultipartUpload</c>.</summary>
    public async Task CompleteAsync(S3Call call)
    {
        // Its checksum headers are of the object, not of the request's body.
        (ChecksumAlgorithm, string)? checksum = null;
        foreach (ChecksumAlgorithm algorithm in Checksums.Algorithms)
        {
            if (call.Header(algorithm.Header()) is not { } value)
                continue;
            checksum = checksum is null
                ? (algorithm, value)
                : throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        long? size = call.Header("x-amz-mp-object-size") is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed) ? parsed
            : throw S3Errors.InvalidRequest("Value for x-amz-mp-object-size header is invalid.");
        WriteCondition condition = ObjectHeaders.ReadCondition(call);
        XElement request = await call.ReadXmlAsync("CompleteMultipartUpload", withChecksum: false);
        List<CompletedPart> parts = [.. request.Children("Part").Select(ReadPart)];
        if (parts.Count is 0 or > S3Limits.Parts)
            throw S3Errors.MalformedXml($"CompleteMultipartUpload has 1 to {S3Limits.Parts} Parts.");
        Written written = await service.CompleteAsync(
            new CompleteRequest(call.Bucket, call.Key, UploadId(call), parts, checksum, ReadType(call), size, condition), call.Cancellation);
        call.SetHeader("x-amz-version-id", written.VersionId);
        await call.WriteAsync("CompleteMultipartUploadResult", xml =>
        {
            xml.Element("Location", $"http://{call.Http.Request.Host}/{call.Bucket}/{Uri.EscapeDataString(call.Key)}");
            xml.Element("Bucket", call.Bucket);
            xml.Element("Key", call.Key);
            xml.Element("ETag", ETags.Quote(written.ETag));
            xml.Element(written.Checksum.Algorithm.Element(), written.Checksum.Value);
            xml.Element("ChecksumType", written.Checksum.Type.Name());
        });
    }

    /// <summary><c>AbortMultipartUpload</c>.</summary>
    public Task AbortAsync(S3Call call)
    {
        service.Abort(call.Bucket, call.Key, UploadId(call));
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }

    /// <summary><c>ListParts</c>.</summary>
    public Task ListPartsAsync(S3Call call)
    {
        int limit = Math.Min(call.QueryNumber("max-parts", missing: S3Limits.Page, least: 0, most: int.MaxValue), S3Limits.Page);
        int after = call.QueryNumber("part-number-marker", missing: 0, least: 0, most: int.MaxValue);
        (Upload upload, IReadOnlyList<UploadedPart> parts) = service.ListParts(call.Bucket, call.Key, UploadId(call), after, limit);
        UploadedPart[] page = [.. parts.Take(limit)];
        return call.WriteAsync("ListPartsResult", xml =>
        {
            xml.Element("Bucket", call.Bucket);
            xml.Element("Key", call.Key);
            xml.Element("UploadId", upload.Id);
            WriteOwner(xml);
            xml.Element("StorageClass", "STANDARD");
            xml.Element("PartNumberMarker", after);
            xml.Element("NextPartNumberMarker", page.Length == 0 ? 0 : page[^1].Number);
            xml.Element("MaxParts", limit);
            xml.Element("IsTruncated", limit > 0 && parts.Count > limit);
            xml.Element("ChecksumAlgorithm", upload.Algorithm.Name());
            xml.Element("ChecksumType", upload.ChecksumType.Name());
            foreach (UploadedPart part in page)
            {
                xml.Element("Part", element =>
                {
                    element.Element("PartNumber", part.Number);
                    element.Element("LastModified", part.Modified);
                    element.Element("ETag", ETags.Quote(part.ETag));
                    element.Element("Size", part.Size);
                    element.Element(upload.Algorithm.Element(), part.Checksum);
                });
            }
        });
    }

    /// <summary><c>ListMultipartUploads</c>.</summary>
    public Task ListUploadsAsync(S3Call call)
    {
        ListingParameters parameters = ListingParameters.Read(call, "max-uploads");
        string keyMarker = call.Query("key-marker") ?? "";
        // Without a key marker S3 passes an upload's over.
        string idMarker = keyMarker.Length == 0 ? "" : call.Query("upload-id-marker") ?? "";
        ListQuery query = parameters.Query(call.Bucket, idMarker.Length == 0 ? parameters.AfterMarker(keyMarker) : Keys.Bytes(keyMarker));
        ScanPage<ListedUpload> page = service.ListUploads(query, idMarker);
        return call.WriteAsync("ListMultipartUploadsResult", xml =>
        {
            xml.Element("Bucket", call.Bucket);
            xml.Element("KeyMarker", parameters.Encode(keyMarker));
            xml.Element("UploadIdMarker", idMarker);
            if (page.Next is not null)
            {
                xml.Element("NextKeyMarker", parameters.Encode(page.Last));
                if (page.Rows.Count > 0 && Keys.Text(page.Rows[^1].Key) == page.Last)
                    xml.Element("NextUploadIdMarker", page.Rows[^1].Id);
            }
            parameters.Write(xml, "MaxUploads", page.Next is not null);
            foreach (ListedUpload upload in page.Rows)
            {
                xml.Element("Upload", element =>
                {
                    element.Element("Key", parameters.Encode(Keys.Text(upload.Key)));
                    element.Element("UploadId", upload.Id);
                    WriteOwner(element);
                    element.Element("StorageClass", "STANDARD");
                    element.Element("Initiated", DateTimeOffset.FromUnixTimeMilliseconds(upload.Initiated));
                    element.Element("ChecksumAlgorithm", upload.Algorithm);
                    element.Element("ChecksumType", upload.ChecksumType);
                });
            }
            parameters.WriteCommonPrefixes(xml, page.CommonPrefixes);
        });
    }

    private async Task UploadPartAsync(S3Call call, int number)
    {
        (UploadedPart part, Checksum? sent) = await service.UploadPartAsync(
            call.Bucket, call.Key, UploadId(call), number, ObjectBody.Of(call, S3Limits.SinglePut), call.Cancellation);
        call.SetHeader("ETag", ETags.Quote(part.ETag));
        if (sent is not null)
            call.SetHeader(sent.Algorithm.Header(), sent.Value);
        await call.EmptyAsync(StatusCodes.Status200OK);
    }

    private async Task CopyPartAsync(S3Call call, int number)
    {
        (UploadedPart part, ObjectVersion source, Upload upload) = await service.CopyPartAsync(
            call.Bucket, call.Key, UploadId(call), number, CopySourceHeader.Read(call), call.Header("x-amz-copy-source-range"), call.Cancellation);
        CopySourceHeader.WriteVersion(call, source);
        await call.WriteAsync("CopyPartResult", xml =>
        {
            xml.Element("ETag", ETags.Quote(part.ETag));
            xml.Element("LastModified", part.Modified);
            xml.Element(upload.Algorithm.Element(), part.Checksum);
        });
    }

    private void WriteOwner(XmlWriter xml)
    {
        foreach (string role in (string[])["Initiator", "Owner"])
            xml.Element(role, owner => owner.Element("ID", OwnerId.Of(identity)));
    }

    private static string UploadId(S3Call call) => call.Query("uploadId")!;

    private static CompletedPart ReadPart(XElement element)
    {
        element.Children(["PartNumber", "ETag", .. Checksums.Algorithms.Select(algorithm => algorithm.Element())]);
        if (!int.TryParse(element.Text("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > S3Limits.Parts)
            throw S3Errors.MalformedXml($"a Part has a PartNumber from 1 to {S3Limits.Parts}.");
        Dictionary<ChecksumAlgorithm, string> checksums = [];
        foreach (ChecksumAlgorithm algorithm in Checksums.Algorithms)
        {
            if (element.Text(algorithm.Element()) is { } value)
                checksums.Add(algorithm, value);
        }
        return new CompletedPart(number, ETags.Unquote(element.Text("ETag") ?? throw S3Errors.MalformedXml("a Part has an ETag.")), checksums);
    }

    private static ChecksumAlgorithm ReadAlgorithm(string name) => Checksums.Find(name) ?? throw S3Errors.InvalidRequest(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");

    private static ChecksumType? ReadType(S3Call call) => call.Header("x-amz-checksum-type") switch
    {
        null => null,
        "FULL_OBJECT" => ChecksumType.FullObject,
        "COMPOSITE" => ChecksumType.Composite,
        _ => throw S3Errors.InvalidRequest("Value for x-amz-checksum-type header is invalid."),
    };
}

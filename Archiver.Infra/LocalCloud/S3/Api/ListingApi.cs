using System.Xml;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.S3.State;

namespace Archiver.Infra.LocalCloud.S3.Api;

/// <summary>The calls that list what is in a bucket.</summary>
internal sealed class ListingApi(S3Service service, CloudIdentity identity)
{
    /// <summary><c>ListObjectsV2</c>, or its first version where the query does not ask for the second.</summary>
    public Task ListAsync(S3Call call) => call.Query("list-type") switch
    {
        null => ListV1Async(call),
        "2" => ListV2Async(call),
        { } other => throw S3Errors.InvalidArgument("Invalid list-type", "list-type", other),
    };

    /// <summary><c>ListObjectVersions</c>.</summary>
    public Task ListVersionsAsync(S3Call call)
    {
        ListingParameters parameters = ListingParameters.Read(call, "max-keys");
        string keyMarker = call.Query("key-marker") ?? "";
        string? versionMarker = call.Query("version-id-marker") is { Length: > 0 } marker ? Identifiers.CheckVersionId(marker) : null;
        if (versionMarker is not null && keyMarker.Length == 0)
            throw S3Errors.InvalidArgument("A version-id marker cannot be specified without a key marker.", "version-id-marker", versionMarker);
        ListQuery query = parameters.Query(call.Bucket, versionMarker is null ? parameters.AfterMarker(keyMarker) : Keys.Bytes(keyMarker));
        ScanPage<ListedVersion> page = service.ListVersions(query, versionMarker);
        return call.WriteAsync("ListVersionsResult", xml =>
        {
            xml.Element("Name", call.Bucket);
            xml.Element("KeyMarker", parameters.Encode(keyMarker));
            xml.Element("VersionIdMarker", versionMarker ?? "");
            if (page.Next is not null)
            {
                xml.Element("NextKeyMarker", parameters.Encode(page.Last));
                // When the page ends in a common prefix, the next begins after all that it stands for.
                if (page.Rows.Count > 0 && page.Rows[^1].KeyText == page.Last)
                    xml.Element("NextVersionIdMarker", page.Rows[^1].VersionId);
            }
            parameters.Write(xml, "MaxKeys", page.Next is not null);
            foreach (ListedVersion version in page.Rows)
            {
                xml.Element(version.IsDeleteMarker ? "DeleteMarker" : "Version", element =>
                {
                    element.Element("Key", parameters.Encode(version.KeyText));
                    element.Element("VersionId", version.VersionId);
                    element.Element("IsLatest", version.IsLatest);
                    WriteObject(element, version);
                    WriteOwner(element);
                });
            }
            parameters.WriteCommonPrefixes(xml, page.CommonPrefixes);
        });
    }

    private Task ListV2Async(S3Call call)
    {
        ListingParameters parameters = ListingParameters.Read(call, "max-keys");
        string? startAfter = call.Query("start-after");
        string? token = call.Query("continuation-token");
        if (token is "")
            throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        byte[] from = token is null ? string.IsNullOrEmpty(startAfter) ? [] : Keys.After(Keys.Bytes(startAfter)) : ContinuationToken.Read(token);
        ScanPage<ListedVersion> page = service.List(parameters.Query(call.Bucket, from));
        bool fetchOwner = call.Query("fetch-owner") is "true";
        return call.WriteAsync("ListBucketResult", xml =>
        {
            xml.Element("Name", call.Bucket);
            parameters.Write(xml, "MaxKeys", page.Next is not null);
            xml.Element("KeyCount", page.Rows.Count + page.CommonPrefixes.Count);
            xml.Element("StartAfter", parameters.Encode(startAfter));
            xml.Element("ContinuationToken", token);
            xml.Element("NextContinuationToken", page.Next is null ? null : ContinuationToken.Write(page.Next));
            WriteContents(xml, parameters, page, fetchOwner);
        });
    }

    private Task ListV1Async(S3Call call)
    {
        ListingParameters parameters = ListingParameters.Read(call, "max-keys");
        string marker = call.Query("marker") ?? "";
        ScanPage<ListedVersion> page = service.List(parameters.Query(call.Bucket, parameters.AfterMarker(marker)));
        return call.WriteAsync("ListBucketResult", xml =>
        {
            xml.Element("Name", call.Bucket);
            xml.Element("Marker", parameters.Encode(marker));
            // Without a delimiter a client takes the last key; S3 says it only where that would not do.
            if (page.Next is not null && parameters.Delimiter.Length > 0)
                xml.Element("NextMarker", parameters.Encode(page.Last));
            parameters.Write(xml, "MaxKeys", page.Next is not null);
            WriteContents(xml, parameters, page, withOwner: true);
        });
    }

    private void WriteContents(XmlWriter xml, ListingParameters parameters, ScanPage<ListedVersion> page, bool withOwner)
    {
        foreach (ListedVersion version in page.Rows)
        {
            xml.Element("Contents", element =>
            {
                element.Element("Key", parameters.Encode(version.KeyText));
                WriteObject(element, version);
                if (withOwner)
                    WriteOwner(element);
            });
        }
        parameters.WriteCommonPrefixes(xml, page.CommonPrefixes);
    }

    private void WriteOwner(XmlWriter xml) => xml.Element("Owner", owner => owner.Element("ID", OwnerId.Of(identity)));

    private static void WriteObject(XmlWriter xml, ListedVersion version)
    {
        xml.Element("LastModified", version.LastModified);
        if (version.IsDeleteMarker)
            return;
        xml.Element("ETag", ETags.Quote(version.ETag!));
        xml.Element("ChecksumAlgorithm", version.ChecksumAlgorithm);
        xml.Element("ChecksumType", version.ChecksumType);
        xml.Element("Size", version.Size);
        xml.Element("StorageClass", "STANDARD");
    }
}

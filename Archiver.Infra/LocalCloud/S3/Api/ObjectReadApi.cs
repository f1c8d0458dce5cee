using System.Globalization;
using System.Xml;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Infra.LocalCloud.S3.Api;

/// <summary>The calls that read an object.</summary>
internal sealed class ObjectReadApi(S3Service service)
{
    private static readonly string[] Attributes = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    /// <summary><c>GetObject</c>.</summary>
    public async Task GetAsync(S3Call call)
    {
        (ObjectVersion version, SafeFileHandle? body) = service.Open(call.Bucket, call.Key, call.VersionId);
        using (body)
        {
            if (await BeginAsync(call, version) is { } range)
                await BodyWriter.SendAsync(call.Http.Response.BodyWriter, body!, range, call.Cancellation);
        }
    }

    /// <summary><c>HeadObject</c>.</summary>
    public Task HeadAsync(S3Call call) => BeginAsync(call, service.Find(call.Bucket, call.Key, call.VersionId));

    /// <summary><c>GetObjectAttributes</c>.</summary>
    public Task GetAttributesAsync(S3Call call)
    {
        IReadOnlyList<string> wanted = call.HeaderList("x-amz-object-attributes");
        if (wanted.Count == 0 || wanted.Any(attribute => !Attributes.Contains(attribute)))
            throw S3Errors.InvalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", string.Join(',', wanted));
        ObjectVersion version = RequireObject(call, service.Find(call.Bucket, call.Key, call.VersionId));
        call.SetHeader("Last-Modified", version.Modified.ToString("r", CultureInfo.InvariantCulture));
        ObjectHeaders.WriteVersionId(call, version);
        return call.WriteAsync("GetObjectAttributesResponse", xml =>
        {
            if (wanted.Contains("ETag"))
                xml.Element("ETag", version.ETag);
            if (wanted.Contains("Checksum") && version.Checksum is { } checksum)
            {
                xml.Element("Checksum", element =>
                {
                    element.Element(checksum.Algorithm.Element(), checksum.Value);
                    element.Element("ChecksumType", checksum.Type.Name());
                });
            }
            if (wanted.Contains("ObjectParts") && version.PartCount > 0)
                xml.Element("ObjectParts", element => WriteParts(call, element, version));
            if (wanted.Contains("StorageClass"))
                xml.Element("StorageClass", "STANDARD");
            if (wanted.Contains("ObjectSize"))
                xml.Element("ObjectSize", version.Size);
        });
    }

    /// <summary>Lets an object through, and refuses a delete marker as S3 does: the newest is an object that is not there, one that is
    /// asked for by its version cannot be read.</summary>
    public static ObjectVersion RequireObject(S3Call call, ObjectVersion version)
    {
        if (!version.IsDeleteMarker)
            return version;
        ObjectHeaders.WriteIdentity(call, version);
        if (call.VersionId is null)
        {
            call.Http.Response.Headers.Remove("Last-Modified");
            throw S3Errors.NoSuchKey(call.Key);
        }
        call.SetHeader("Allow", "DELETE");
        throw S3Errors.MethodNotAllowed(call.Method);
    }

    // Writes the status and the headers. What it gives is the part of the body that is to follow; nothing when none is.
    private async Task<ByteRange?> BeginAsync(S3Call call, ObjectVersion version)
    {
        RequireObject(call, version);
        switch (Preconditions.OfRead(call).Decide(version.ETag!, version.Modified))
        {
            case Verdict.Failed:
                throw S3Errors.PreconditionFailed(call.Header("If-Match") is null ? "If-Unmodified-Since" : "If-Match");
            case Verdict.NotModified:
                ObjectHeaders.WriteIdentity(call, version);
                await call.EmptyAsync(StatusCodes.Status304NotModified);
                return null;
        }
        ByteRange? part = call.Query("partNumber") is null ? RequestedRange(call, version) : RequestedPart(call, version);
        ByteRange range = part ?? new ByteRange(0, version.Size);
        ObjectHeaders.Write(call, version);
        call.Http.Response.StatusCode = part is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        call.Http.Response.ContentLength = range.Length;
        if (part is null)
            ObjectHeaders.WriteChecksum(call, version);
        else if (range.Length > 0) // a part may be empty, and then has no first and last byte to tell of
            call.SetHeader("Content-Range", $"bytes {range.First}-{range.Last}/{version.Size}");
        return range;
    }

    private static ByteRange? RequestedRange(S3Call call, ObjectVersion version)
    {
        // A client that resumes a download asks for the rest only of what it began with.
        if (call.Header("If-Range") is { } condition)
        {
            bool same = condition.Contains('"', StringComparison.Ordinal)
                ? ETags.Match(condition, version.ETag!)
                : new Preconditions(null, null, null, condition).Decide(version.ETag!, version.Modified) == Verdict.Proceed;
            if (!same)
                return null;
        }
        return ByteRange.Parse(call.Header("Range"), version.Size);
    }

    private ByteRange? RequestedPart(S3Call call, ObjectVersion version)
    {
        int number = call.QueryNumber("partNumber", missing: 1, least: 1, most: S3Limits.Parts);
        if (call.Header("Range") is not null)
            throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        if (version.PartCount == 0)
            return number == 1 ? new ByteRange(0, version.Size) : throw NoSuchPart(number);
        long first = 0;
        foreach (ObjectPart part in service.Parts(version))
        {
            if (part.Number == number)
            {
                call.SetHeader("x-amz-mp-parts-count", version.PartCount.ToString(CultureInfo.InvariantCulture));
                return new ByteRange(first, part.Size);
            }
            first += part.Size;
        }
        throw NoSuchPart(number);
    }

    private void WriteParts(S3Call call, XmlWriter xml, ObjectVersion version)
    {
        int most = int.TryParse(call.Header("x-amz-max-parts"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked)
            ? Math.Min(asked, S3Limits.Page)
            : S3Limits.Page;
        _ = int.TryParse(call.Header("x-amz-part-number-marker"), NumberStyles.None, CultureInfo.InvariantCulture, out int after);
        ObjectPart[] parts = [.. service.Parts(version).Where(part => part.Number > after).Take(most + 1)];
        bool more = parts.Length > most;
        ObjectPart[] page = [.. parts.Take(most)];
        xml.Element("PartNumberMarker", after);
        xml.Element("MaxParts", most);
        xml.Element("IsTruncated", more);
        xml.Element("NextPartNumberMarker", page.Length == 0 ? 0 : page[^1].Number);
        xml.Element("PartsCount", version.PartCount);
        foreach (ObjectPart part in page)
        {
            xml.Element("Part", element =>
            {
                element.Element("PartNumber", part.Number);
                element.Element("Size", part.Size);
                element.Element(version.Checksum!.Algorithm.Element(), part.Checksum);
            });
        }
    }

    private static AwsError NoSuchPart(int number) =>
        new("InvalidPartNumber", "The requested partnumber is not satisfiable", 416) { Members = new() { ["PartNumberRequested"] = number } };
}

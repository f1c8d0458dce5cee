using System.Xml.Linq;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.S3.State;
using Microsoft.AspNetCore.Http;

namespace Archiver.Infra.LocalCloud.S3.Api;

/// <summary>The calls about buckets themselves.</summary>
internal sealed class BucketApi(BucketService service, CloudIdentity identity)
{
    private const int MostBuckets = 10_000;

    /// <summary><c>ListBuckets</c>. Without <c>max-buckets</c> it gives all that S3's own page can hold.</summary>
    public Task ListAsync(S3Call call)
    {
        string prefix = call.Query("prefix") ?? "";
        int limit = call.QueryNumber("max-buckets", missing: MostBuckets, least: 1, most: MostBuckets);
        string from = call.Query("continuation-token") is { Length: > 0 } token ? Keys.Text(ContinuationToken.Read(token)) : "";
        (IReadOnlyList<Bucket> page, string? next) = service.List(from, prefix, limit);
        if (call.Query("bucket-region") is { } region)
            page = [.. page.Where(bucket => bucket.Location == region)];
        return call.WriteAsync("ListAllMyBucketsResult", xml =>
        {
            xml.Element("Owner", owner => owner.Element("ID", OwnerId.Of(identity)));
            xml.Element("Buckets", list =>
            {
                foreach (Bucket bucket in page)
                {
                    list.Element("Bucket", element =>
                    {
                        element.Element("Name", bucket.Name);
                        element.Element("CreationDate", bucket.Created);
                        element.Element("BucketRegion", bucket.Location);
                    });
                }
            });
            xml.Element("Prefix", call.Query("prefix"));
            xml.Element("ContinuationToken", next is null ? null : ContinuationToken.Write(Keys.Bytes(next)));
        });
    }

    /// <summary><c>CreateBucket</c>.</summary>
    public async Task CreateAsync(S3Call call)
    {
        if (call.Header("x-amz-bucket-object-lock-enabled") is "true" or "True")
            throw S3Errors.NotImplemented("Object Lock");
        if (call.Header("x-amz-object-ownership") is { } ownership && ownership != "BucketOwnerEnforced")
            throw S3Errors.NotImplemented($"the object ownership '{ownership}', only BucketOwnerEnforced");
        string? location = null;
        IReadOnlyDictionary<string, string> tags = new Dictionary<string, string>();
        if (call.Http.Request.ContentLength is > 0 || call.Http.Request.Headers.TransferEncoding.Count > 0)
        {
            XElement configuration = await call.ReadXmlAsync("CreateBucketConfiguration");
            XElement[] children = configuration.Children("LocationConstraint", "Tags");
            location = configuration.Text("LocationConstraint") is { Length: > 0 } constraint ? constraint : null;
            if (children.FirstOrDefault(child => child.Name.LocalName == "Tags") is { } set)
                tags = TagsReader.ReadSet(set, TagsReader.PerBucket);
        }
        service.Create(call.Bucket, location, tags);
        call.SetHeader("Location", "/" + call.Bucket);
        await call.EmptyAsync(StatusCodes.Status200OK);
    }

    /// <summary><c>HeadBucket</c>.</summary>
    public Task HeadAsync(S3Call call)
    {
        call.SetHeader("x-amz-bucket-region", service.Get(call.Bucket).Location);
        return call.EmptyAsync(StatusCodes.Status200OK);
    }

    /// <summary><c>DeleteBucket</c>.</summary>
    public Task DeleteAsync(S3Call call)
    {
        service.Delete(call.Bucket);
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }

    /// <summary><c>GetBucketLocation</c>. The oldest region has no name here.</summary>
    public Task GetLocationAsync(S3Call call)
    {
        string location = service.Get(call.Bucket).Location;
        return call.WriteAsync("LocationConstraint", xml => xml.WriteString(location == "us-east-1" ? "" : location));
    }

    /// <summary><c>GetBucketVersioning</c>. A bucket that was never asked to keep versions has no status.</summary>
    public Task GetVersioningAsync(S3Call call)
    {
        Versioning versioning = service.Get(call.Bucket).Versioning;
        return call.WriteAsync("VersioningConfiguration", xml => xml.Element("Status", versioning == Versioning.Unversioned ? null : versioning.ToString()));
    }

    /// <summary><c>PutBucketVersioning</c>.</summary>
    public async Task PutVersioningAsync(S3Call call)
    {
        XElement configuration = await call.ReadXmlAsync("VersioningConfiguration");
        configuration.Children("Status", "MfaDelete");
        if (configuration.Text("MfaDelete") is not null and not "Disabled")
            throw S3Errors.NotImplemented("MFA delete");
        service.SetVersioning(call.Bucket, configuration.Text("Status") switch
        {
            "Enabled" => Versioning.Enabled,
            "Suspended" => Versioning.Suspended,
            _ => throw new Wire.AwsError("IllegalVersioningConfigurationException", "The versioning configuration's Status must be Enabled or Suspended."),
        });
        await call.EmptyAsync(StatusCodes.Status200OK);
    }

    /// <summary><c>GetBucketTagging</c>.</summary>
    public Task GetTagsAsync(S3Call call)
    {
        Bucket bucket = service.Get(call.Bucket);
        return bucket.Tags.Count > 0
            ? call.WriteAsync("Tagging", xml => TagsReader.Write(xml, bucket.Tags))
            : throw S3Errors.NoSuchTagSet(bucket.Name);
    }

    /// <summary><c>PutBucketTagging</c>.</summary>
    public async Task PutTagsAsync(S3Call call)
    {
        service.SetTags(call.Bucket, TagsReader.ReadXml(await call.ReadXmlAsync("Tagging"), TagsReader.PerBucket));
        await call.EmptyAsync(StatusCodes.Status204NoContent);
    }

    /// <summary><c>DeleteBucketTagging</c>.</summary>
    public Task DeleteTagsAsync(S3Call call)
    {
        service.SetTags(call.Bucket, new Dictionary<string, string>());
        return call.EmptyAsync(StatusCodes.Status204NoContent);
    }
}

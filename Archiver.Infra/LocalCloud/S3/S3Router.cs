using System.Collections.Frozen;
using Archiver.Infra.LocalCloud.S3.Api;
using Archiver.Infra.LocalCloud.S3.Protocol;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>Answers one call.</summary>
internal delegate Task S3Operation(S3Call call);

/// <summary>Finds the call that a request makes: by method, by what it is about, and by the sub-resource in its query.</summary>
internal sealed class S3Router
{
    private const string None = "";

    // The parameters that S3 takes for a call of their own. One that has no route is answered with NotImplemented; any other
    // parameter that a call does not know is passed over, as S3 does.
    private static readonly FrozenSet<string> SubResources = FrozenSet.Create(
        StringComparer.Ordinal,
        "abac", "accelerate", "acl", "analytics", "annotation", "attributes", "cors", "delete", "encryption", "intelligent-tiering", "inventory", "legal-hold",
        "lifecycle", "location", "logging", "metadataAnnotationTable", "metadataConfiguration", "metadataInventoryTable", "metadataJournalTable",
        "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "policy", "policyStatus", "publicAccessBlock", "renameObject",
        "replication", "requestPayment", "restore", "retention", "select", "session", "tagging", "torrent", "updateEncryption", "uploadId",
        "uploads", "versioning", "versions", "website", "append");

    private enum Scope
    {
        Account,
        Bucket,
        Object,
    }

    private readonly FrozenDictionary<(string Method, Scope, string SubResource), S3Operation> _routes;

    public S3Router(BucketApi buckets, ListingApi listing, ObjectApi objects, ObjectReadApi reads, MultipartApi multipart)
    {
        _routes = new Dictionary<(string, Scope, string), S3Operation>
        {
            [("GET", Scope.Account, None)] = buckets.ListAsync,

            [("PUT", Scope.Bucket, None)] = buckets.CreateAsync,
            [("HEAD", Scope.Bucket, None)] = buckets.HeadAsync,
            [("DELETE", Scope.Bucket, None)] = buckets.DeleteAsync,
            [("GET", Scope.Bucket, "location")] = buckets.GetLocationAsync,
            [("GET", Scope.Bucket, "versioning")] = buckets.GetVersioningAsync,
            [("PUT", Scope.Bucket, "versioning")] = buckets.PutVersioningAsync,
            [("GET", Scope.Bucket, "tagging")] = buckets.GetTagsAsync,
            [("PUT", Scope.Bucket, "tagging")] = buckets.PutTagsAsync,
            [("DELETE", Scope.Bucket, "tagging")] = buckets.DeleteTagsAsync,
            [("GET", Scope.Bucket, None)] = listing.ListAsync,
            [("GET", Scope.Bucket, "versions")] = listing.ListVersionsAsync,
            [("GET", Scope.Bucket, "uploads")] = multipart.ListUploadsAsync,
            [("POST", Scope.Bucket, "delete")] = objects.DeleteManyAsync,

            [("GET", Scope.Object, None)] = reads.GetAsync,
            [("HEAD", Scope.Object, None)] = reads.HeadAsync,
            [("GET", Scope.Object, "attributes")] = reads.GetAttributesAsync,
            [("PUT", Scope.Object, None)] = call => CopySourceHeader.IsOn(call) ? objects.CopyAsync(call) : objects.PutAsync(call),
            [("DELETE", Scope.Object, None)] = objects.DeleteAsync,
            [("GET", Scope.Object, "tagging")] = objects.GetTagsAsync,
            [("PUT", Scope.Object, "tagging")] = objects.PutTagsAsync,
            [("DELETE", Scope.Object, "tagging")] = objects.DeleteTagsAsync,
            [("POST", Scope.Object, "uploads")] = multipart.CreateAsync,
            [("PUT", Scope.Object, "uploadId")] = multipart.PutPartAsync,
            [("POST", Scope.Object, "uploadId")] = multipart.CompleteAsync,
            [("DELETE", Scope.Object, "uploadId")] = multipart.AbortAsync,
            [("GET", Scope.Object, "uploadId")] = multipart.ListPartsAsync,
        }.ToFrozenDictionary();
    }

    /// <summary>The call that a request makes.</summary>
    /// <exception cref="Wire.AwsError"><c>NotImplemented</c> or <c>MethodNotAllowed</c>: there is no such call here.</exception>
    public S3Operation Find(S3Call call)
    {
        Scope scope = call.Address.Bucket is null ? Scope.Account : call.Address.Key is null ? Scope.Bucket : Scope.Object;
        string[] named = [.. call.Address.Query.Keys.Where(SubResources.Contains)];
        if (named.Length > 1)
            throw S3Errors.InvalidArgument("Conflicting query string parameters: " + string.Join(", ", named), "ResourceType", named[0]);
        string subResource = named.Length == 0 ? None : named[0];
        if (_routes.TryGetValue((call.Method, scope, subResource), out S3Operation? operation))
            return operation;
        bool upload = scope == Scope.Bucket && call.Method == "POST" && subResource == None;
        throw subResource == None && !upload
            ? S3Errors.MethodNotAllowed(call.Method)
            : S3Errors.NotImplemented(upload ? "uploads by a browser's form" : $"{call.Method} of the sub-resource '{subResource}' of {(scope == Scope.Object ? "an object" : "a bucket")}");
    }
}

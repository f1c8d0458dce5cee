using System.Security.Cryptography;
using Archiver.Infra.LocalCloud.S3.Bodies;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.S3.State;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>A part that a client names when it completes an upload.</summary>
/// <param name="ETag">Without quotes.</param>
/// <param name="Checksums">What the client believes its checksums to be, in base64.</param>
internal sealed record CompletedPart(int Number, string ETag, IReadOnlyDictionary<ChecksumAlgorithm, string> Checksums);

/// <summary>An upload to complete.</summary>
/// <param name="Checksum">What the client believes the object's checksum to be, if it says.</param>
/// <param name="ChecksumType">What that is taken of, if it says.</param>
/// <param name="Size">How large the client believes the object to be, in bytes, if it says.</param>
internal sealed record CompleteRequest(
    string Bucket, string Key, string UploadId, IReadOnlyList<CompletedPart> Parts, (ChecksumAlgorithm Algorithm, string Value)? Checksum,
    ChecksumType? ChecksumType, long? Size, WriteCondition Condition);

/// <summary>Decides about multipart uploads. Refusals are <see cref="Wire.AwsError"/>s with S3's codes.</summary>
internal sealed class MultipartService(S3Store store, S3Service objects, BucketService buckets, ObjectEvents events, TimeProvider time)
{
    /// <summary>Begins an upload.</summary>
    /// <param name="algorithm">The checksum algorithm that the client will vouch for the parts with; nothing for S3's own.</param>
    /// <param name="type">What the object's checksum is to be taken of; nothing for the algorithm's default.</param>
    public Upload Create(
        string bucket, string key, ObjectAttributes attributes, IReadOnlyDictionary<string, string> tags, ChecksumAlgorithm? algorithm, ChecksumType? type)
    {
        if (algorithm is null && type is not null)
            throw S3Errors.InvalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        ChecksumAlgorithm chosen = algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        ChecksumType effective = type ?? (chosen == ChecksumAlgorithm.Crc64Nvme ? ChecksumType.FullObject : ChecksumType.Composite);
        bool possible = effective == ChecksumType.FullObject
            ? chosen is ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme
            : chosen is not ChecksumAlgorithm.Crc64Nvme;
        if (!possible)
            throw S3Errors.InvalidRequest($"The {effective.Name()} checksum type cannot be used with the {chosen.Name().ToLowerInvariant()} checksum algorithm.");
        Upload upload = new(Identifiers.NewUploadId(), bucket, key, time.GetUtcNow(), chosen, effective, algorithm is not null, attributes, tags);
        return store.Uploads.Create(upload) ? upload : throw S3Errors.NoSuchBucket(bucket);
    }

    /// <summary>Takes a part in.</summary>
    /// <returns>The part, and the checksum that came with it, if one did.</returns>
    public async Task<(UploadedPart Part, Checksum? Sent)> UploadPartAsync(
        string bucket, string key, string uploadId, int number, ObjectBody body, CancellationToken cancellationToken)
    {
        Upload upload = Find(bucket, key, uploadId);
        if (upload.ExplicitChecksum && body.Algorithm is { } sent && sent != upload.Algorithm)
            throw Mismatch(upload, sent);
        using BlobDraft draft = store.Blobs.Create();
        using BodyDigest digest = body.StartDigest(upload.Algorithm);
        await draft.AppendAsync(body.Content, digest, cancellationToken);
        body.Verify(digest);
        return (Keep(upload, number, draft, digest), body.Algorithm is { } own ? digest.Checksum(own) : null);
    }

    /// <summary>Makes a part of an object, or of a range of it.</summary>
    /// <param name="range">The header that names the range, <c>bytes=FIRST-LAST</c>; nothing for the whole.</param>
    public async Task<(UploadedPart Part, ObjectVersion Source, Upload Upload)> CopyPartAsync(
        string bucket, string key, string uploadId, int number, CopySource from, string? range, CancellationToken cancellationToken)
    {
        Upload upload = Find(bucket, key, uploadId);
        (ObjectVersion source, SafeFileHandle body) = objects.OpenSource(from);
        using (body)
        {
            ByteRange bytes = range is null ? new ByteRange(0, source.Size) : ByteRange.ParseStrict(range, source.Size);
            if (bytes.Length > S3Limits.SinglePut)
                throw S3Errors.InvalidRequest($"The specified copy source is larger than the maximum allowable size for a copy source: {S3Limits.SinglePut}");
            using BlobDraft draft = store.Blobs.Create();
            using BodyDigest digest = new(withMd5: true, withSha256: false, upload.Algorithm);
            await draft.AppendAsync(body, bytes.First, bytes.Length, digest, cancellationToken);
            return (Keep(upload, number, draft, digest), source, upload);
        }
    }

    /// <summary>Makes an upload an object: its parts, one after the other, become one body; then one step makes that the key's
    /// newest version and ends the upload.</summary>
    public async Task<Written> CompleteAsync(CompleteRequest request, CancellationToken cancellationToken)
    {
        (Upload upload, IReadOnlyList<UploadedPart> uploaded) =
            store.Uploads.FindWithParts(request.Bucket, request.Key, request.UploadId) ?? throw NoUpload(request.Bucket, request.UploadId);
        List<UploadedPart> parts = Match(upload, uploaded, request);
        using BlobDraft draft = store.Blobs.Create();
        using BodyDigest digest = new(
            withMd5: false, withSha256: false, request.Checksum is { } expected ? [upload.Algorithm, expected.Algorithm] : [upload.Algorithm]);
        foreach (UploadedPart part in parts)
        {
            // A part that is uploaded again, or an abort, takes the file away.
            using SafeFileHandle body = store.Blobs.Open(part.Blob) ?? throw S3Errors.OperationAborted();
            await draft.AppendAsync(body, 0, part.Size, digest, cancellationToken);
        }
        Checksum checksum = upload.ChecksumType == ChecksumType.Composite
            ? Checksums.Compose(upload.Algorithm, [.. parts.Select(part => part.Checksum)])
            : digest.Checksum(upload.Algorithm);
        VerifyWhole(upload, request, checksum, digest);
        NewVersion version = new(
            request.Bucket, request.Key, draft.Commit(), digest.Length, ETagOf(parts), checksum, time.GetUtcNow(), upload.Attributes, upload.Tags,
            [.. parts.Select(part => new ObjectPart(part.Number, part.Size, part.Checksum))])
        {
            Operation = "CompleteMultipartUpload",
        };
        List<string> orphans = [];
        WriteResult result = store.Uploads.Complete(upload.Id, parts, version, request.Condition, orphans);
        if (result.Outcome != WriteOutcome.Done)
        {
            store.Blobs.Delete(version.Blob);
            throw result.Outcome == WriteOutcome.NoSuchUpload
                ? S3Errors.NoSuchUpload(upload.Id)
                : S3Service.Refusal(result.Outcome, request.Bucket, request.Key, request.Condition);
        }
        store.Blobs.Delete(orphans);
        events.Raise(new ObjectChange("CompleteMultipartUpload", version.Bucket, version.Key, result.VersionId, version.Size, version.ETag));
        return new Written(version.ETag, result.VersionId, checksum, version.Modified, version.Size);
    }

    /// <summary>Gives an upload up.</summary>
    public void Abort(string bucket, string key, string uploadId)
    {
        Upload upload = Find(bucket, key, uploadId);
        List<string> orphans = [];
        if (!store.Uploads.Abort(upload.Id, orphans))
            throw S3Errors.NoSuchUpload(uploadId);
        store.Blobs.Delete(orphans);
    }

    /// <summary>An upload, and a page of its parts.</summary>
    /// <param name="after">The part number after which the page begins.</param>
    /// <returns>One part more than <paramref name="limit"/> when there are more.</returns>
    public (Upload Upload, IReadOnlyList<UploadedPart> Parts) ListParts(string bucket, string key, string uploadId, int after, int limit) =>
        store.Uploads.FindWithParts(bucket, key, uploadId, after, limit + 1) ?? throw NoUpload(bucket, uploadId);

    /// <summary>A page of a bucket's uploads.</summary>
    /// <param name="after">The upload of the first key after which it begins; empty to begin with its first.</param>
    public ScanPage<ListedUpload> ListUploads(ListQuery query, string after) =>
        store.Uploads.List(query, after) ?? throw S3Errors.NoSuchBucket(query.Bucket);

    private Upload Find(string bucket, string key, string uploadId) =>
        store.Uploads.Find(bucket, key, uploadId) ?? throw NoUpload(bucket, uploadId);

    private Wire.AwsError NoUpload(string bucket, string uploadId)
    {
        buckets.Get(bucket); // or there is no such bucket, which S3 says first
        return S3Errors.NoSuchUpload(uploadId);
    }

    private UploadedPart Keep(Upload upload, int number, BlobDraft draft, BodyDigest digest)
    {
        UploadedPart part = new(number, draft.Commit(), digest.Length, digest.ETag(), digest.Checksum(upload.Algorithm).Value, time.GetUtcNow());
        List<string> orphans = [];
        if (!store.Uploads.PutPart(upload.Id, part, orphans))
        {
            store.Blobs.Delete(part.Blob);
            throw S3Errors.NoSuchUpload(upload.Id);
        }
        store.Blobs.Delete(orphans);
        return part;
    }

    // The uploaded parts that the client names, checked in the order in which S3 checks.
    private static List<UploadedPart> Match(Upload upload, IReadOnlyList<UploadedPart> uploaded, CompleteRequest request)
    {
        if (request.Parts.Zip(request.Parts.Skip(1)).Any(pair => pair.First.Number >= pair.Second.Number))
            throw S3Errors.InvalidPartOrder(upload.Id);
        Dictionary<int, UploadedPart> byNumber = uploaded.ToDictionary(part => part.Number);
        List<UploadedPart> parts = [];
        foreach (CompletedPart named in request.Parts)
        {
            if (!byNumber.TryGetValue(named.Number, out UploadedPart? part) || part.ETag != named.ETag)
                throw S3Errors.InvalidPart(upload.Id, named.Number);
            // A checksum in an algorithm that the upload was not made with was checked when the part came, and is not kept.
            string? checksum = named.Checksums.GetValueOrDefault(upload.Algorithm);
            if (checksum is null && upload is { ExplicitChecksum: true, ChecksumType: ChecksumType.Composite })
            {
                throw S3Errors.InvalidRequest(
                    $"The upload was created using a {upload.Algorithm.Name().ToLowerInvariant()} checksum. The complete request must include the checksum for each part. It was missing for part {named.Number} in the request.");
            }
            if (checksum is not null && checksum != part.Checksum)
                throw S3Errors.InvalidPart(upload.Id, named.Number);
            parts.Add(part);
        }
        if (parts.SkipLast(1).FirstOrDefault(part => part.Size < S3Limits.SmallestPart) is { } small)
            throw S3Errors.EntityTooSmall(small.Number, small.Size);
        return parts;
    }

    private static void VerifyWhole(Upload upload, CompleteRequest request, Checksum checksum, BodyDigest digest)
    {
        if (request.ChecksumType is { } type && type != upload.ChecksumType)
            throw S3Errors.InvalidRequest($"The upload was created with the {upload.ChecksumType.Name()} checksum type; the complete request names {type.Name()}.");
        if (request.Size is { } size && size != digest.Length)
            throw S3Errors.InvalidRequest($"The provided 'x-amz-mp-object-size' header value {size} does not match what was computed: {digest.Length}");
        if (request.Checksum is not { } expected)
            return;
        if (upload.ExplicitChecksum && expected.Algorithm != upload.Algorithm)
            throw Mismatch(upload, expected.Algorithm);
        string actual = expected.Algorithm == upload.Algorithm ? checksum.Value : digest.Checksum(expected.Algorithm).Value;
        if (actual != expected.Value)
            throw S3Errors.BadDigest($"{expected.Algorithm.Header()} header");
    }

    private static Wire.AwsError Mismatch(Upload upload, ChecksumAlgorithm actual) => S3Errors.InvalidRequest(
        $"Checksum Type mismatch occurred, expected checksum Type: {upload.Algorithm.Name().ToLowerInvariant()}, actual checksum Type: {actual.Name().ToLowerInvariant()}");

    // The MD5 of the parts' MD5s, and how many they are.
    private static string ETagOf(List<UploadedPart> parts)
    {
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (UploadedPart part in parts)
            md5.AppendData(Convert.FromHexString(part.ETag));
        return $"{Convert.ToHexStringLower(md5.GetCurrentHash())}-{parts.Count}";
    }
}

using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>
/// The refusals of S3, with its codes and statuses.
/// See https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
/// </summary>
internal static class S3Errors
{
    public static AwsError NoSuchBucket(string bucket) =>
        new("NoSuchBucket", "The specified bucket does not exist.", 404) { Members = new() { ["BucketName"] = bucket } };

    public static AwsError InvalidBucketName(string bucket) =>
        new("InvalidBucketName", "The specified bucket is not valid: 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit.")
        {
            Members = new() { ["BucketName"] = bucket },
        };

    public static AwsError BucketAlreadyOwnedByYou(string bucket) =>
        new("BucketAlreadyOwnedByYou", "The bucket that you tried to create already exists, and you own it.", 409) { Members = new() { ["BucketName"] = bucket } };

    public static AwsError BucketNotEmpty(string bucket) =>
        new("BucketNotEmpty", "The bucket you tried to delete is not empty. You must delete all of its objects, versions and delete markers first.", 409)
        {
            Members = new() { ["BucketName"] = bucket },
        };

    public static AwsError NoSuchKey(string key) =>
        new("NoSuchKey", "The specified key does not exist.", 404) { Members = new() { ["Key"] = key } };

    public static AwsError NoSuchVersion(string key, string versionId) =>
        new("NoSuchVersion", "The specified version does not exist.", 404) { Members = new() { ["Key"] = key, ["VersionId"] = versionId } };

    public static AwsError NoSuchUpload(string uploadId) =>
        new("NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404)
        {
            Members = new() { ["UploadId"] = uploadId },
        };

    public static AwsError NoSuchTagSet(string bucket) =>
        new("NoSuchTagSet", "The TagSet does not exist.", 404) { Members = new() { ["BucketName"] = bucket } };

    public static AwsError KeyTooLong(int bytes) =>
        new("KeyTooLongError", "Your key is too long.") { Members = new() { ["Size"] = bytes, ["MaxSizeAllowed"] = S3Limits.KeyBytes } };

    public static AwsError InvalidRange(string requested, long size) =>
        new("InvalidRange", "The requested range is not satisfiable.", 416) { Members = new() { ["RangeRequested"] = requested, ["ActualObjectSize"] = size } };

    public static AwsError PreconditionFailed(string condition) =>
        new("PreconditionFailed", "At least one of the pre-conditions you specified did not hold.", 412) { Members = new() { ["Condition"] = condition } };

    public static AwsError InvalidArgument(string message, string name, string? value) =>
        new("InvalidArgument", message) { Members = new() { ["ArgumentName"] = name, ["ArgumentValue"] = value ?? "" } };

    public static AwsError InvalidRequest(string message) => new("InvalidRequest", message);

    public static AwsError InvalidUri(string target) =>
        new("InvalidURI", "Couldn't parse the specified URI: its path and query must be percent-encoded UTF-8.") { Members = new() { ["URI"] = target } };

    public static AwsError MalformedXml(string reason) =>
        new("MalformedXML", $"The XML you provided was not well-formed or did not validate against our published schema: {reason}");

    public static AwsError BadDigest(string what) => new("BadDigest", $"The {what} you specified did not match what we received.");

    public static AwsError InvalidDigest(string header, string value) =>
        new("InvalidDigest", $"The {header} you specified was invalid.") { Members = new() { [header] = value } };

    public static AwsError IncompleteBody(string reason) => new("IncompleteBody", $"The request body is not what its headers announce: {reason}");

    public static AwsError RequestTimeout() =>
        new("RequestTimeout", "Your socket connection to the server was not read from or written to within the timeout period.");

    public static AwsError MissingContentLength() => new("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);

    public static AwsError EntityTooLarge(long size, long limit) =>
        new("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.") { Members = new() { ["ProposedSize"] = size, ["MaxSizeAllowed"] = limit } };

    public static AwsError EntityTooSmall(int part, long size) =>
        new("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size: every part but the last has 5 MiB at least.")
        {
            Members = new() { ["PartNumber"] = part, ["ProposedSize"] = size, ["MinSizeAllowed"] = S3Limits.SmallestPart },
        };

    public static AwsError InvalidPart(string uploadId, int part) =>
        new("InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag or checksum may not match the part's.")
        {
            Members = new() { ["UploadId"] = uploadId, ["PartNumber"] = part },
        };

    public static AwsError InvalidPartOrder(string uploadId) =>
        new("InvalidPartOrder", "The list of parts was not in ascending order. The parts list must be specified in order by part number.")
        {
            Members = new() { ["UploadId"] = uploadId },
        };

    public static AwsError InvalidTag(string message) => new("InvalidTag", message);

    public static AwsError BadRequest(string message) => new("BadRequest", message);

    public static AwsError MetadataTooLarge(int size) =>
        new("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size.")
        {
            Members = new() { ["Size"] = size, ["MaxSizeAllowed"] = S3Limits.MetadataBytes },
        };

    public static AwsError OperationAborted() =>
        new("OperationAborted", "A conflicting conditional operation is currently in progress against this resource. Please try again.", 409);

    public static AwsError MethodNotAllowed(string method) =>
        new("MethodNotAllowed", "The specified method is not allowed against this resource.", 405) { Members = new() { ["Method"] = method } };

    public static AwsError NotImplemented(string what) => new("NotImplemented", $"The local cloud does not have {what}.", 501);

    public static AwsError InternalError(string requestId) =>
        new("InternalError", $"We encountered an internal error. The local cloud's log has its cause under request {requestId}.", 500);
}

using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>Refuses the headers that ask for what the local cloud does not have: passing over them would be to promise it.</summary>
internal static class UnsupportedHeaders
{
    private static readonly string[] Acls = ["private", "bucket-owner-full-control", "bucket-owner-read"];

    private static readonly (string Prefix, string What)[] Missing =
    [
        ("x-amz-server-side-encryption-customer-", "encryption with a customer's key (SSE-C)"),
        ("x-amz-copy-source-server-side-encryption-customer-", "encryption with a customer's key (SSE-C)"),
        ("x-amz-server-side-encryption-aws-kms-key-id", "encryption with KMS keys"),
        ("x-amz-server-side-encryption-context", "encryption with KMS keys"),
        ("x-amz-object-lock-", "Object Lock"),
        ("x-amz-website-redirect-location", "website redirects"),
        ("x-amz-write-offset-bytes", "appending to objects"),
        ("x-amz-if-match-", "deletes conditional on size or time, which S3 has in directory buckets alone"),
        ("x-amz-rename-source", "renaming, which S3 has in directory buckets alone"),
        ("x-amz-mfa", "MFA delete"),
    ];

    /// <summary>Looks at a request's headers.</summary>
    /// <param name="account">The account that owns every bucket.</param>
    /// <exception cref="AwsError">One of them asks for what is not there, or expects another owner.</exception>
    public static void Refuse(S3Call call, string account)
    {
        foreach (string name in call.HeaderNames("x-amz-"))
        {
            foreach ((string prefix, string what) in Missing)
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal))
                    throw S3Errors.NotImplemented(what);
            }
            if (name.StartsWith("x-amz-grant-", StringComparison.Ordinal))
                throw NoAcls();
        }
        if (call.Header("x-amz-acl") is { } acl && !Acls.Contains(acl))
            throw NoAcls();
        if (call.Header("x-amz-server-side-encryption") is { } encryption && encryption != "AES256")
            throw S3Errors.NotImplemented($"the encryption '{encryption}', only AES256");
        if (call.Header("x-amz-storage-class") is { } storageClass && storageClass != "STANDARD")
            throw S3Errors.NotImplemented($"the storage class '{storageClass}', only STANDARD");
        foreach (string header in (string[])["x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"])
        {
            if (call.Header(header) is { } owner && owner != account)
                throw new AwsError("AccessDenied", $"The bucket's owner is {account} and not the expected {owner}.", 403);
        }
    }

    private static AwsError NoAcls() =>
        new("AccessControlListNotSupported", "The bucket does not allow ACLs: the local cloud's buckets have the owner enforced.");
}

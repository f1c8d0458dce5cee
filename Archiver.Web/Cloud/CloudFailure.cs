using Amazon.Runtime;

namespace Archiver.Web.Cloud;

/// <summary>Tells a cloud that does not answer as it should from a bug of ours.</summary>
internal static class CloudFailure
{
    /// <summary>
    /// Whether a call failed on its way or at the service: refused, throttled, timed out, not reached. The SDK's two roots
    /// of such exceptions have nothing in common but <see cref="Exception"/>.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or OperationCanceledException;
}

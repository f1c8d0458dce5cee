using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Archiver.Lambdas.Functions;

/// <summary>Makes calls to S3 and turns their failures into errors that say in words what is wrong, and whether to try again.</summary>
internal static class StorageCall
{
    /// <param name="what">What the call is about, as a message for a person names it.</param>
    public static async Task<T> RunAsync<T>(string what, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (Translate(exception, what) is { } translated)
        {
            throw translated;
        }
    }

    private static FunctionException? Translate(Exception exception, string what) => exception switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } =>
            new ObjectNotFoundException($"There is no such bucket: {what}.", exception),
        AmazonS3Exception { StatusCode: HttpStatusCode.NotFound } =>
            new ObjectNotFoundException($"There is no object {what}.", exception),
        AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed } =>
            new ObjectChangedException($"The object {what} was overwritten after its metadata was read.", exception),
        AmazonS3Exception { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError } fault =>
            new StorageUnavailableException($"S3 could not serve {what}: {Words(fault)}", exception),
        // Without a status, S3 did not answer.
        AmazonServiceException { StatusCode: 0 } or AmazonClientException
            or HttpRequestException or IOException or TimeoutException or OperationCanceledException =>
            new StorageUnavailableException($"S3 could not be reached for {what}: {exception.Message}", exception),
        AmazonServiceException refusal =>
            new StorageRefusedException($"S3 refused {what}: {Words(refusal)}", exception),
        _ => null,
    };

    private static string Words(AmazonServiceException exception) =>
        $"{exception.Message} ({exception.ErrorCode ?? exception.StatusCode.ToString()})";
}

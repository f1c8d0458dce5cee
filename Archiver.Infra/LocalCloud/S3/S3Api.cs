using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>
/// S3 on the wire: the REST protocol with XML. A request of it has no mark of its own, so it takes what no other service takes.
/// See https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html.
/// </summary>
internal sealed partial class S3Api(S3Router router, CloudIdentity identity, ILogger<S3Api> logger) : IWireApi
{
    /// <inheritdoc/>
    /// <remarks>An <c>X-Amz-Target</c> is another service's, one that the local cloud does not have.</remarks>
    public bool Accepts(HttpRequest request) => !request.Headers.ContainsKey("X-Amz-Target");

    /// <inheritdoc/>
    public WireProtocol Protocol => WireProtocol.S3;

    /// <inheritdoc/>
    public string SigningName => "s3";

    /// <inheritdoc/>
    public long? MaxRequestBytes => null;

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        string requestId = SetRequestId(context);
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        AllowSlowReaders(context);
        try
        {
            try
            {
                S3Call call = new(context, S3Address.Parse(target, context.Request.Host.Host), requestId);
                UnsupportedHeaders.Refuse(call, identity.AccountId);
                await router.Find(call)(call);
            }
            catch (AwsError error)
            {
                await RefuseAsync(context, error, requestId);
            }
            catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status408RequestTimeout)
            {
                await RefuseAsync(context, S3Errors.RequestTimeout(), requestId);
            }
            catch (BadHttpRequestException exception)
            {
                // The body broke off, or is no valid chunked transfer.
                await RefuseAsync(context, new AwsError("IncompleteBody", exception.Message, exception.StatusCode), requestId);
            }
            catch (Exception exception) when (RequestBodies.IsBroken(exception))
            {
                await RefuseAsync(context, S3Errors.IncompleteBody(exception.Message), requestId);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionResetException or ConnectionAbortedException
            && context.RequestAborted.IsCancellationRequested)
        {
            LogGone(logger, requestId);
        }
        catch (Exception exception)
        {
            // Whatever it was, this request is over, and the next one has nothing to do with it.
            LogFailed(logger, requestId, context.Request.Method, exception);
            await RefuseAsync(context, S3Errors.InternalError(requestId), requestId);
        }
    }

    /// <inheritdoc/>
    public Task RefuseAsync(HttpContext context, AwsError error) => RefuseAsync(context, error, SetRequestId(context));

    private static string SetRequestId(HttpContext context)
    {
        string requestId = Identifiers.NewRequestId();
        context.Response.Headers["x-amz-request-id"] = requestId;
        context.Response.Headers["x-amz-id-2"] = requestId;
        return requestId;
    }

    private static async Task RefuseAsync(HttpContext context, AwsError error, string requestId)
    {
        if (context.Response.HasStarted)
        {
            // The length is promised already: only a broken connection can say that what came is not all.
            context.Abort();
            return;
        }
        RequestBodies.LeaveUnread(context);
        // The path alone: a presigned URL's query is as good as a key.
        await S3Xml.WriteErrorAsync(context, error, RequestTarget.Split(context).Path, requestId);
    }

    // Whoever downloads may pause, as a browser does behind a program that passes a body on. An upload must move.
    private static void AllowSlowReaders(HttpContext context)
    {
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } response)
            response.MinDataRate = null;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of S3 request {RequestId} went away")]
    private static partial void LogGone(ILogger logger, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "S3 request {RequestId} ({Method}) failed")]
    private static partial void LogFailed(ILogger logger, string requestId, string method, Exception exception);
}

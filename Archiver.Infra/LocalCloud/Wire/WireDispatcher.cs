using Archiver.Infra.LocalCloud.Signing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>Brings each request to the service that it is for, signed and within its limits. Whatever goes wrong on the way is said in
/// that service's error shape.</summary>
/// <param name="apis">The services, in the order in which they are asked.</param>
/// <param name="bodies">Reads the bodies.</param>
/// <param name="guard">Checks signatures; nothing when any key is taken.</param>
internal sealed partial class WireDispatcher(IReadOnlyList<IWireApi> apis, RequestBodies bodies, SignatureGuard? guard, ILogger<WireDispatcher> logger)
{
    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        IWireApi api = Find(context.Request);
        try
        {
            try
            {
                SignatureClaim? claim = guard?.Read(context, api);
                ReadOnlyMemory<byte> body = api.MaxRequestBytes is null ? default : await bodies.ReadAsync(context, api);
                if (claim is not null)
                    guard!.Verify(context, api, claim, body);
                await api.HandleAsync(context);
            }
            catch (AwsError error)
            {
                RequestBodies.LeaveUnread(context);
                await api.RefuseAsync(context, error);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionResetException or ConnectionAbortedException
            && context.RequestAborted.IsCancellationRequested)
        {
            LogGone(logger, api.SigningName);
        }
        catch (Exception exception)
        {
            // Whatever it was, this request is over, and the next one has nothing to do with it.
            LogFailed(logger, api.SigningName, context.Request.Method, exception);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await api.RefuseAsync(context, new AwsError("InternalFailure", "The local cloud failed; its log has the cause.", StatusCodes.Status500InternalServerError));
        }
    }

    private IWireApi Find(HttpRequest request)
    {
        IWireApi api = apis.FirstOrDefault(api => api.Accepts(request)) ?? UnknownApi.Instance;
        // A form that nobody signed doesn't tell its service, but it is none of S3, whose errors would be a riddle to its sender.
        bool form = api.Protocol == WireProtocol.S3 && guard is not null && request.Headers.Authorization.Count == 0 && QueryApi.IsForm(request);
        return form ? apis.FirstOrDefault(other => other.Protocol == WireProtocol.Query) ?? api : api;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of a request to {Service} went away")]
    private static partial void LogGone(ILogger logger, string service);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to {Service} ({Method}) failed")]
    private static partial void LogFailed(ILogger logger, string service, string method, Exception exception);
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Archiver.Infra.LocalCloud.Wire;

/// <summary>
/// Reads the bodies that a service looks at as a whole. All that are in memory at one time stay below a budget, however many clients
/// there are: what would go over it is throttled, which every SDK answers by trying again.
/// </summary>
/// <param name="budget">How many bytes there may be at one time.</param>
internal sealed class RequestBodies(long budget)
{
    private const int Step = 16 * 1024;
    private const string WebServer = "Microsoft.AspNetCore.Server.Kestrel.Core";

    private long _taken;

    /// <summary>The bytes that are in memory now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Has the server read no byte more of a body than it has, even to keep the connection: a refused gigabyte is not worth it.</summary>
    public static void LeaveUnread(HttpContext context) => Limit(context, 0);

    /// <summary>Reads a request's body and puts it in its place, to be read again.</summary>
    /// <param name="api">The service, which has a limit for it.</param>
    /// <returns>The bytes; good until the request ends.</returns>
    /// <exception cref="AwsError">It is too large, broke off, came too slowly, or there is no room for it now.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, IWireApi api)
    {
        long most = api.MaxRequestBytes ?? throw new InvalidOperationException("The bodies of this service stream.");
        if (context.Request.ContentLength > most)
            throw TooLarge(api, most);
        Limit(context, most);
        Lease lease = new(this);
        context.Response.RegisterForDispose(lease);
        MemoryStream buffer = new();
        byte[] chunk = new byte[(int)Math.Min(Step, context.Request.ContentLength + 1 ?? Step)];
        try
        {
            for (int read; (read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0;)
            {
                if (!lease.TryGrow(read))
                    throw Throttled(api);
                buffer.Write(chunk, 0, read);
            }
        }
        catch (BadHttpRequestException exception)
        {
            throw exception.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => TooLarge(api, most),
                StatusCodes.Status408RequestTimeout => new AwsError(Named(api, "RequestTimeout"), "The request's body came too slowly.", exception.StatusCode),
                _ => Unreadable(api, exception),
            };
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw Unreadable(api, exception);
        }
        buffer.Position = 0;
        context.Request.Body = buffer;
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>
    /// Whether a body could not be read because of what it says, which the web server takes for a failure of its own: a chunk is larger than
    /// there are numbers, or there is a zero among the headers after the last chunk.
    /// </summary>
    public static bool IsBroken(Exception exception) =>
        exception is IOException { InnerException: OverflowException } || (exception is InvalidOperationException && exception.Source == WebServer);

    private static AwsError Unreadable(IWireApi api, Exception exception) => new(
        api.Protocol == WireProtocol.Query ? "MalformedQueryString" : "SerializationException", $"The request's body can't be read: {exception.Message}");

    private static AwsError TooLarge(IWireApi api, long most) => new(
        api.Protocol == WireProtocol.RestJson ? "RequestTooLargeException" : Named(api, "RequestEntityTooLarge"),
        $"A request is {most} bytes at most.", StatusCodes.Status413PayloadTooLarge);

    private static AwsError Throttled(IWireApi api) => api.Protocol == WireProtocol.RestJson
        ? new AwsError("TooManyRequestsException", "Rate exceeded: too many requests are under way.", StatusCodes.Status429TooManyRequests)
        : new AwsError(Named(api, "Throttling"), "Rate exceeded: too many requests are under way.");

    // The errors of the query protocol have no "Exception" at their end.
    private static string Named(IWireApi api, string code) => api.Protocol == WireProtocol.Query ? code : code + "Exception";

    private static void Limit(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = bytes;
    }

    private bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= budget)
            return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    /// <summary>What one request has of the budget.</summary>
    private sealed class Lease(RequestBodies bodies) : IDisposable
    {
        private long _taken;

        public bool TryGrow(int bytes)
        {
            if (!bodies.TryTake(bytes))
                return false;
            _taken += bytes;
            return true;
        }

        public void Dispose() => Interlocked.Add(ref bodies._taken, -Interlocked.Exchange(ref _taken, 0));
    }
}

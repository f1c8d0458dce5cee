using System.Security.Cryptography;
using System.Text;
using Archiver.Web.Api.Answers;
using Archiver.Web.Api.Idempotency;
using Archiver.Web.Api.Requests;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Api;

/// <summary>
/// What every request of the API goes through, once it is known who sends it: the pace, the body, the idempotency key; and whatever goes
/// wrong leaves as a problem, without a word of what it looks like inside.
/// </summary>
internal sealed partial class ApiFilter(ApiPace pace, OnceOnly once, ILogger<ApiFilter> logger) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        try
        {
            return await RunAsync(http, async () => (ApiAnswer)(await next(context))!);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.Empty; // nobody waits for an answer any more
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            LogCloud(logger, http.Request.Method, http.Request.Path, exception);
            return ApiProblem.Cloud.Answer("The cloud did not answer as it should. What was asked for may have been done; ask again with the same Idempotency-Key.");
        }
#pragma warning disable CA1031 // Whatever it is, a program is told so in the form that it understands, and the log has the rest.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBug(logger, http.Request.Method, http.Request.Path, exception);
            return ApiProblem.Internal.Answer("Something went wrong here, and the log has what.");
        }
    }

    private async Task<ApiAnswer> RunAsync(HttpContext http, Func<Task<ApiAnswer>> next)
    {
        // The token says who it is, and no cookie that came along.
        Person person = PersonClaims.PersonOf(http.User) ?? throw new InvalidOperationException("The API's scheme let nobody through.");
        http.RequestServices.GetRequiredService<Caller>().Become(person, http.Connection.RemoteIpAddress?.ToString());
        if (pace.Take(person.Id) is { } seconds)
            return ApiProblem.TooMany.Answer("These are more requests than one person's programs may make at a time.") with { RetryAfter = seconds };

        if (HttpMethods.IsGet(http.Request.Method)) return await next();
        (string? key, ApiAnswer? problem) = OnceOnly.KeyOf(http.Request);
        if (problem is not null) return problem;
        (ReadOnlyMemory<byte> body, problem) = await ApiBody.ReadAsync(http.Request, http.RequestAborted);
        if (problem is not null) return problem;
        if (key is null)
        {
            http.Features.Set(new ApiBody(body) { Cause = Guid.NewGuid().ToString("N")[..20] });
            return await next();
        }
        string cause = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{person.Id}\n{key}")))[..20];
        return await once.RunAsync(
            person.Id, key, OnceOnly.HashOf(http.Request, body.Span),
            isTakenOver =>
            {
                http.Features.Set(new ApiBody(body) { Cause = cause, IsTakenOver = isTakenOver });
                return next();
            },
            http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} failed: the cloud did not answer as it should.")]
    private static partial void LogCloud(ILogger logger, string method, PathString path, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogBug(ILogger logger, string method, PathString path, Exception exception);
}

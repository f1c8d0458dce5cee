using Archiver.Web.Api.Answers;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Microsoft.Net.Http.Headers;

namespace Archiver.Web.Api.Tokens;

/// <summary>Says no to a request without a token that holds, and to a person who may not, in the API's form; the latter on record, as on a page.</summary>
internal static class TokenRefusals
{
    /// <summary>There is no token, or it does not hold.</summary>
    /// <param name="isThere">Whether there is one.</param>
    public static Task UnauthenticatedAsync(HttpContext http, bool isThere)
    {
        http.Response.Headers[HeaderNames.WWWAuthenticate] = isThere ? "Bearer error=\"invalid_token\"" : "Bearer";
        return ApiProblem.Unauthenticated.Answer(isThere ? "The bearer token does not hold: it is not for this API, or its time is over." : "There is no bearer token.").ExecuteAsync(http);
    }

    /// <summary>It can't be told whether the token holds.</summary>
    public static Task UnknownAsync(HttpContext http) =>
        ApiProblem.Cloud.Answer("The sign-in provider does not answer, without which no token can be checked. Try again in a moment.").ExecuteAsync(http);

    /// <summary>The token's person may not.</summary>
    public static Task ForbiddenAsync(HttpContext http)
    {
        Operation? operation = http.GetEndpoint()?.Metadata.GetMetadata<AllowAttribute>()?.Operation;
        string reason = operation is { } named ? AccessRules.Refusal(named) : "This takes a role, and you have none.";
        TimeProvider time = http.RequestServices.GetRequiredService<TimeProvider>();
        if (operation is { } refused && !HttpMethods.IsGet(http.Request.Method))
        {
            http.RequestServices.GetRequiredService<IAuditTrail>().Add(new AuditEntry
            {
                Attempt = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
                At = time.GetUtcNow(),
                Phase = AuditPhase.Refused,
                Operation = refused,
                By = AuditActor.Of(PersonClaims.PersonOf(http.User)),
                From = http.Connection.RemoteIpAddress?.ToString(),
                On = new AuditSubject("address", Cut(http.Request.Path)),
                Detail = reason,
            });
        }
        return ApiProblem.Forbidden.Answer(reason).ExecuteAsync(http);
    }

    private static string Cut(PathString path) => path.ToString() is { Length: > 300 } text ? text[..300] : path.ToString();
}

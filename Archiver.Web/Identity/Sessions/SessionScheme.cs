using System.Security.Claims;
using System.Text.Encodings.Web;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using static Archiver.Web.Identity.IdentityWords;

namespace Archiver.Web.Identity.Sessions;

/// <summary>
/// Tells who sends a request by its session's cookie. Who is nobody is sent to the sign-in page, and who may not is told so:
/// with a page where a person looks, with problem details where a program does.
/// </summary>
internal sealed class SessionScheme(
    SessionService sessions, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string Name = "session";

    private bool _unknown;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SessionId.KeyOf(SessionCookie.Read(Context)) is not { } key) return AuthenticateResult.NoResult();
        try
        {
            if (await sessions.FindAsync(key, Context.RequestAborted) is not { } session) return AuthenticateResult.NoResult();
            ClaimsPrincipal principal = SessionPrincipal.Of(session, Context.Connection.RemoteIpAddress?.ToString());
            return AuthenticateResult.Success(new AuthenticationTicket(principal, Name));
        }
        catch (Exception exception) when (CloudFailure.Is(exception) && !Context.RequestAborted.IsCancellationRequested)
        {
            _unknown = true;
            return AuthenticateResult.Fail(exception);
        }
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_unknown) return AnswerAsync(StatusCodes.Status503ServiceUnavailable, L["Who you are can't be looked up just now. Try again in a moment."]);
        if (!IsForAPerson) return AnswerAsync(StatusCodes.Status401Unauthorized, L["This takes signing in."]);
        Response.Redirect(ReturnUrl.SignInFor(OriginalPath + Request.QueryString));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        string reason = Context.GetEndpoint()?.Metadata.GetMetadata<AllowAttribute>() is { } allow ? AccessRules.Refusal(allow.Operation) : L["This takes a role, and you have none."];
        if (!IsForAPerson) return AnswerAsync(StatusCodes.Status403Forbidden, reason);
        Response.StatusCode = StatusCodes.Status403Forbidden; // the frame comes with it, and says why
        return Task.CompletedTask;
    }

    // Browsers say of what they load for the window that it is a navigation; older ones ask for HTML.
    private bool IsForAPerson => HttpMethods.IsGet(Request.Method)
        && !Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)
        && (Request.Headers["Sec-Fetch-Mode"] is [{ } mode] ? mode == "navigate" : Request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.Ordinal));

    private Task AnswerAsync(int status, string detail) => TypedResults.Problem(detail, statusCode: status).ExecuteAsync(Context);
}

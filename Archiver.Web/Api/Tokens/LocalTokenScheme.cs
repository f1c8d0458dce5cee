using System.Security.Claims;
using System.Text.Encodings.Web;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Api.Tokens;

/// <summary>Tells who sends a request by a token that the dashboard made.</summary>
internal sealed class LocalTokenScheme(LocalTokens tokens, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer ";

    private bool IsThere => Request.Headers.Authorization.Count > 0;

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsThere) return Task.FromResult(AuthenticateResult.NoResult());
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || tokens.Read(header[Bearer.Length..].Trim()) is not { } person)
            return Task.FromResult(AuthenticateResult.Fail("The token does not hold."));
        ClaimsPrincipal principal = new(new ClaimsIdentity(PersonClaims.Of(person), Scheme.Name, PersonClaims.Name, PersonClaims.Role));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => TokenRefusals.UnauthenticatedAsync(Context, IsThere);

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => TokenRefusals.ForbiddenAsync(Context);
}

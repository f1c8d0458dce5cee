using Archiver.Web.Api.Answers;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.SignIn;

namespace Archiver.Web.Api.Tokens;

/// <summary>A token for programs.</summary>
/// <param name="Token">The bearer token.</param>
/// <param name="ExpiresAt">Until when it holds.</param>
internal sealed record TokenView(string Token, DateTimeOffset ExpiresAt);

/// <summary>
/// Gives whoever is signed in at a dashboard without a provider a token for their programs. This is a page's business: it goes by
/// the session, and is answered to the dashboard's own pages only.
/// </summary>
internal static class TokenEndpoints
{
    /// <summary>The address.</summary>
    public const string Address = "/api/v1/tokens";

    public static void MapTokens(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetRequiredService<SignInOptions>().HasProvider) return;
        endpoints.MapPost(Address, CreateAsync).RequireOperation(Operation.IssueApiToken).AddEndpointFilter<SameOrigin>().ExcludeFromDescription();
    }

    private static async Task<ApiAnswer> CreateAsync(HttpContext http, LocalTokens tokens, CommandGate gate) => ApiAnswer.Of(await gate.RunAsync(
        Operation.IssueApiToken, new AuditSubject("token"),
        permit =>
        {
            permit.Demand(Operation.IssueApiToken);
            (string token, DateTimeOffset expiresAt) = tokens.Create(permit.Person);
            return Task.FromResult(ApiAnswer.Ok(new TokenView(token, expiresAt), $"It holds until {Lambdas.Contracts.UtcTimestamp.Format(expiresAt)}."));
        },
        answer => answer.End(), http.RequestAborted));
}

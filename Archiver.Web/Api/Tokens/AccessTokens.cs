using System.Security.Claims;
using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Provider;
using Archiver.Web.Identity.SignIn;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Archiver.Web.Api.Tokens;

/// <summary>How the provider's access tokens are checked, and whom they make of a request's sender: the same person, by the same mapping of roles, as at the page.</summary>
internal sealed class AccessTokens(SignInOptions signIn, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
    private const string Unreachable = "api-provider-unreachable";

    // No key of ours has anything to do with it, and neither has none.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <inheritdoc/>
    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    /// <inheritdoc/>
    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name != ApiSchemes.Provider || signIn.Authority is not { } authority) return;
        options.Authority = authority.AbsoluteUri;
        options.RequireHttpsMetadata = authority.Scheme == Uri.UriSchemeHttps;
        options.TimeProvider = time;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = signIn.Audience ?? signIn.ClientId,
            ValidAlgorithms = Algorithms,
            ValidateIssuer = true,
            ValidateAudience = true,
            ValidateIssuerSigningKey = true,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromSeconds(30),
            LifetimeValidator = Holds,
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = TakePerson,
            OnAuthenticationFailed = async context =>
            {
                // A provider that does not answer says nothing of the token.
                if (!await IsReachableAsync(context)) context.HttpContext.Items[Unreachable] = true;
                context.Fail(context.Exception);
            },
            OnChallenge = context =>
            {
                context.HandleResponse();
                return context.HttpContext.Items.ContainsKey(Unreachable)
                    ? TokenRefusals.UnknownAsync(context.HttpContext)
                    : TokenRefusals.UnauthenticatedAsync(context.HttpContext, context.HttpContext.Request.Headers.Authorization.Count > 0);
            },
            OnForbidden = context => TokenRefusals.ForbiddenAsync(context.HttpContext),
        };
    }

    private static async Task<bool> IsReachableAsync(AuthenticationFailedContext context)
    {
        try
        {
            // Known for hours once it was read.
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private bool Holds(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + parameters.ClockSkew && (notBefore is not { } begin || now >= begin - parameters.ClockSkew);
    }

    private Task TakePerson(TokenValidatedContext context)
    {
        if (ProviderPerson.Of(context.Principal!.Claims, signIn) is { } person)
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity(PersonClaims.Of(person), ApiSchemes.Provider, PersonClaims.Name, PersonClaims.Role));
        else
            context.Fail("The token names nobody.");
        return Task.CompletedTask;
    }
}

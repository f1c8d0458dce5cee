using Archiver.Web.Identity.Sessions;
using Archiver.Web.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Archiver.Web.Identity.Provider;

/// <summary>Registers signing in at an OpenID provider: authorization code with PKCE.</summary>
internal static class ProviderRegistration
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "provider";

    public static void AddProvider(this IServiceCollection services, SignInOptions options)
    {
        services.AddSingleton<TokenSeal>();
        services.AddSingleton<ProviderClient>();
        services.AddSingleton<ProviderSignOut>();
        services.AddSingleton<SessionRenewal>();
        services.AddAuthentication().AddOpenIdConnect(Scheme, oidc => Configure(oidc, options));
    }

    private static void Configure(OpenIdConnectOptions oidc, SignInOptions options)
    {
        oidc.Authority = options.Authority!.ToString();
        oidc.RequireHttpsMetadata = options.Authority.Scheme == Uri.UriSchemeHttps; // http is for this machine only: the settings' reader sees to it
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret;
        oidc.Scope.Clear();
        foreach (string scope in options.Scopes) oidc.Scope.Add(scope);
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes as a navigation, with which browsers send cookies of SameSite=Lax; as another site's form they would not.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.CallbackPath = SignInPaths.Callback;
        oidc.MapInboundClaims = false;
        oidc.ClaimActions.Clear(); // the issuer is half of who somebody is
        oidc.SaveTokens = true; // for the session's row, and nothing else: nobody signs in with these properties
        oidc.SignInScheme = SessionScheme.Name;
        oidc.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        foreach (CookieBuilder cookie in (CookieBuilder[])[oidc.NonceCookie, oidc.CorrelationCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.HttpOnly = true;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
        oidc.Events.OnTokenValidated = DemandSignature;
        oidc.Events.OnTicketReceived = EnterAsync;
        oidc.Events.OnRemoteFailure = context => FailAsync(context, context.Failure);
        oidc.Events.OnAccessDenied = context => FailAsync(context, null);
    }

    // The handler takes an unsigned token where it comes straight of the provider (OpenID Connect Core 1.0, 3.1.3.7, lets it). A provider
    // signs, and whoever stands between it and here on a plain connection does not.
    private static Task DemandSignature(TokenValidatedContext context)
    {
        if (context.SecurityToken.RawSignature is not { Length: > 0 }) context.Fail("The identity token is not signed.");
        return Task.CompletedTask;
    }

    private static async Task EnterAsync(TicketReceivedContext context)
    {
        IServiceProvider services = context.HttpContext.RequestServices;
        SignInOptions options = services.GetRequiredService<SignInOptions>();
        SessionService sessions = services.GetRequiredService<SessionService>();
        AuthenticationProperties given = context.Properties!;
        string? from = context.HttpContext.Connection.RemoteIpAddress?.ToString();
        if (ProviderPerson.Of(context.Principal!.Claims, options) is not { } person)
        {
            await FailAsync(context, null);
            return;
        }
        ProviderTokens tokens = new(given.GetTokenValue(OpenIdConnectParameterNames.IdToken)!, given.GetTokenValue(OpenIdConnectParameterNames.RefreshToken));
        DateTimeOffset until = DateTimeOffset.TryParse(given.GetTokenValue("expires_at"), System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset said)
            ? said
            : services.GetRequiredService<ProviderClient>().Until(null);
        // Whatever session the browser had: it gets another id, so that nobody can have planted the one that it goes on with.
        if (SessionId.KeyOf(SessionCookie.Read(context.HttpContext)) is { } before) await sessions.EndAsync(before, context.HttpContext.RequestAborted);
        (string id, _) = await sessions.StartAsync(
            person, from, context.HttpContext.RequestAborted, new ProviderVoucher(services.GetRequiredService<TokenSeal>().Seal(tokens), until));
        SessionCookie.Write(context.HttpContext, id, options.Lifetime);
        services.GetRequiredService<SignInRecord>().SignedIn(person, from);
        context.HandleResponse();
        context.Response.Redirect(ReturnUrl.Clean(context.ReturnUri));
    }

    private static Task FailAsync<TOptions>(HandleRequestContext<TOptions> context, Exception? failure) where TOptions : AuthenticationSchemeOptions
    {
        // What the provider or the browser sent may be in the message of the failure, which is for the log; its kind is for the record.
        context.HttpContext.RequestServices.GetRequiredService<SignInRecord>().Refused(
            context.HttpContext.Connection.RemoteIpAddress?.ToString(), $"The provider's answer was not taken: {failure?.GetType().Name ?? "it refused"}.");
        context.HandleResponse();
        context.Response.Redirect(SignInPaths.Failed);
        return Task.CompletedTask;
    }
}

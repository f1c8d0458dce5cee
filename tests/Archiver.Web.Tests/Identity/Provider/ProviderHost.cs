using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using HttpResults = Microsoft.AspNetCore.Http.Results;

namespace Archiver.Web.Tests.Identity.Provider;

/// <summary>
/// A real OpenID provider, OpenIddict, on a port of its own. Whoever comes without its cookie chooses who they are; the roles that
/// people have can be changed at any time.
/// </summary>
public sealed class ProviderHost : IAsyncDisposable
{
    /// <summary>The dashboard's secret here.</summary>
    public const string Secret = "a secret between the two of them";

    private const string Cookie = "provider-user";

    private static readonly Dictionary<string, string[]> Everybody = new()
    {
        ["Vic"] = ["archive-readers"],
        ["Rita"] = ["archive-reviewers"],
        ["Olga"] = ["archive-operators", "something-else"],
        ["Nora"] = ["something-else"],
    };

    private readonly WebApplication _app;

    private ProviderHost(WebApplication app) => _app = app;

    /// <summary>Its address, and the issuer of its tokens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>People and their roles, as the claim has them.</summary>
    public ConcurrentDictionary<string, string[]> People { get; } = new(Everybody);

    /// <summary>How often it asked somebody who they are.</summary>
    public int Asked { get; private set; }

    /// <summary>Whether it does not answer for tokens.</summary>
    public bool IsAway { get; set; }

    /// <summary>Starts it.</summary>
    /// <param name="accessTokenLife">For how long access tokens are good.</param>
    public static async Task<ProviderHost> StartAsync(TimeSpan? accessTokenLife = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        string database = Guid.NewGuid().ToString();
        builder.Services.AddDbContext<ProviderStore>(options => options.UseInMemoryDatabase(database).UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<ProviderStore>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetEndSessionEndpointUris("end-session");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow();
                server.RegisterScopes(Scopes.Profile, Scopes.OfflineAccess);
                server.AddEphemeralEncryptionKey().AddEphemeralSigningKey().DisableAccessTokenEncryption();
                server.SetRefreshTokenReuseLeeway(TimeSpan.Zero).SetAccessTokenLifetime(accessTokenLife ?? TimeSpan.FromMinutes(5));
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableEndSessionEndpointPassthrough()
                    .DisableTransportSecurityRequirement();
            });
        ProviderHost host = new(builder.Build());
        host._app.Use((context, next) =>
        {
            if (!host.IsAway || context.Request.Path != "/token") return next(context);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        host._app.UseAuthentication();
        host._app.MapGet("/authorize", (Delegate)host.Authorize);
        host._app.MapPost("/token", (Delegate)host.TokenAsync);
        host._app.MapGet("/end-session", (Delegate)EndSession);
        await host._app.StartAsync();
        return host;
    }

    /// <summary>Makes it answer, with everybody in their first roles.</summary>
    public void Reset()
    {
        IsAway = false;
        foreach ((string name, string[] roles) in Everybody) People[name] = roles;
    }

    /// <summary>Makes a dashboard known, in the place of another.</summary>
    /// <param name="refresh">Whether it may have refresh tokens.</param>
    public async Task RegisterAsync(Uri dashboard, bool refresh = true)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        IOpenIddictApplicationManager clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        OpenIddictApplicationDescriptor client = new()
        {
            ClientId = "archiver",
            ClientSecret = Secret,
            ClientType = ClientTypes.Confidential,
            RedirectUris = { new Uri(dashboard, "/sign-in/callback") },
            PostLogoutRedirectUris = { new Uri(dashboard, "/signed-out") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession, Permissions.GrantTypes.AuthorizationCode,
                Permissions.ResponseTypes.Code, Permissions.Scopes.Profile,
            },
        };
        if (refresh) client.Permissions.Add(Permissions.GrantTypes.RefreshToken);
        if (await clients.FindByClientIdAsync(client.ClientId) is { } other) await clients.UpdateAsync(other, client);
        else await clients.CreateAsync(client);
    }

    /// <summary>The settings of a dashboard that signs people in here.</summary>
    public (string Key, string Value)[] Settings(int recheckSeconds = 1, bool refresh = true) =>
    [
        ("SignIn:Authority", Address.ToString()),
        ("SignIn:ClientId", "archiver"),
        ("SignIn:ClientSecret", Secret),
        ("SignIn:Scopes", refresh ? "openid profile offline_access" : "openid profile"),
        ("SignIn:Roles:Viewer", "archive-readers"),
        ("SignIn:Roles:Reviewer", "archive-reviewers"),
        ("SignIn:Roles:Operator:0", "archive-operators"),
        ("SignIn:RecheckSeconds", recheckSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private IResult Authorize(HttpContext context, string? @as)
    {
        OpenIddictRequest request = context.GetOpenIddictServerRequest()!;
        string? who = @as ?? context.Request.Cookies[Cookie];
        if (who is null || !People.ContainsKey(who))
        {
            Asked++;
            string links = string.Concat(People.Keys.Order().Select(name => $"<p><a href=\"{WebUtility.HtmlEncode($"/authorize{context.Request.QueryString}&as={name}")}\">{name}</a></p>"));
            return HttpResults.Content($"<!DOCTYPE html><title>Provider</title><h1>Who are you?</h1>{links}", "text/html");
        }
        context.Response.Cookies.Append(Cookie, who, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax });
        return HttpResults.SignIn(Principal(who, request.GetScopes()), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        ClaimsPrincipal granted = (await context.AuthenticateOpenIddictAsync()).Principal!;
        string who = granted.GetClaim(Claims.Subject)!;
        return People.ContainsKey(who)
            ? HttpResults.SignIn(Principal(who, granted.GetScopes(), granted), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
            : HttpResults.Forbid(
                new Microsoft.AspNetCore.Authentication.AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private static IResult EndSession(HttpContext context)
    {
        context.Response.Cookies.Delete(Cookie);
        return HttpResults.SignOut(new Microsoft.AspNetCore.Authentication.AuthenticationProperties { RedirectUri = "/" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private ClaimsPrincipal Principal(string who, IEnumerable<string> scopes, ClaimsPrincipal? granted = null)
    {
        ClaimsIdentity identity = granted is null ? new ClaimsIdentity("provider") : (ClaimsIdentity)granted.Identity!;
        identity.SetClaim(Claims.Subject, who).SetClaim(Claims.Name, $"{who} of the provider");
        identity.SetClaims("roles", [.. People[who]]);
        ClaimsPrincipal principal = new(identity);
        principal.SetScopes(scopes);
        principal.SetDestinations(static _ => [Destinations.IdentityToken, Destinations.AccessToken]);
        return principal;
    }
}

/// <summary>Where the provider keeps its clients and tokens.</summary>
public sealed class ProviderStore(DbContextOptions<ProviderStore> options) : DbContext(options);

internal static class OpenIddictRequests
{
    public static Task<Microsoft.AspNetCore.Authentication.AuthenticateResult> AuthenticateOpenIddictAsync(this HttpContext context) =>
        Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.AuthenticateAsync(context, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
}

using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using HttpResults = Microsoft.AspNetCore.Http.Results;

namespace Archiver.Web.Tests.Identity.Provider;

/// <summary>A provider of whose token endpoint somebody else has got hold: it answers with whatever identity token a test makes.</summary>
internal sealed class ForgingProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "k1" };

    private ForgingProvider(WebApplication app) => _app = app;

    /// <summary>Its address, which is its issuer.</summary>
    public string Address => _app.Urls.First();

    /// <summary>The identity token of the next answer.</summary>
    public string IdToken { get; set; } = "";

    /// <summary>The settings of a dashboard that trusts it.</summary>
    public (string Key, string Value)[] Settings => [("SignIn:Authority", Address), ("SignIn:ClientId", "archiver"), ("SignIn:Roles:Viewer", "readers")];

    public static async Task<ForgingProvider> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        ForgingProvider provider = new(builder.Build());
        provider._app.MapGet("/.well-known/openid-configuration", () => HttpResults.Json(new
        {
            issuer = provider.Address,
            authorization_endpoint = $"{provider.Address}/authorize",
            token_endpoint = $"{provider.Address}/token",
            jwks_uri = $"{provider.Address}/keys",
        }));
        provider._app.MapGet("/keys", () =>
        {
            JsonWebKey key = JsonWebKeyConverter.ConvertFromRSASecurityKey(provider._key);
            return HttpResults.Json(new { keys = new[] { new { kty = key.Kty, use = "sig", kid = key.Kid, alg = "RS256", n = key.N, e = key.E } } });
        });
        provider._app.MapPost("/token", () => HttpResults.Json(new { access_token = "a", token_type = "Bearer", expires_in = 300, id_token = provider.IdToken }));
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>Makes an identity token that is good where nothing else is said.</summary>
    public string Token(string nonce, string? issuer = null, string audience = "archiver", TimeSpan? good = null, SecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256)
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime, expires = now + (good ?? TimeSpan.FromMinutes(5));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience,
            IssuedAt = expires.AddHours(-1),
            NotBefore = expires.AddHours(-1),
            Expires = expires,
            Claims = new Dictionary<string, object> { ["sub"] = "mallory", ["name"] = "Mallory", ["roles"] = "readers", ["nonce"] = nonce },
            SigningCredentials = new SigningCredentials(key ?? _key, algorithm),
        });
    }

    /// <summary>The public key's bytes, which a careless client could take for a secret that it shares.</summary>
    public SymmetricSecurityKey PublicAsSecret() => new(_key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "k1" };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

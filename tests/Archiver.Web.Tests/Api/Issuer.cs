using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Archiver.Web.Tests.Api;

/// <summary>A provider's metadata and keys on a loopback port, and tokens signed with them.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "k1" };

    private Issuer(WebApplication app) => _app = app;

    /// <summary>Its address.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Whether it answers.</summary>
    public bool IsDown { get; set; }

    public static async Task<Issuer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Issuer issuer = new(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => issuer.IsDown
            ? Microsoft.AspNetCore.Http.Results.StatusCode(500)
            : Microsoft.AspNetCore.Http.Results.Json(new { issuer = issuer.Address, jwks_uri = $"{issuer.Address}/keys" }));
        issuer._app.MapGet("/keys", () =>
        {
            JsonWebKey key = JsonWebKeyConverter.ConvertFromRSASecurityKey(issuer._key);
            return Microsoft.AspNetCore.Http.Results.Json(new { keys = new[] { new { kty = key.Kty, use = "sig", kid = key.Kid, alg = "RS256", n = key.N, e = key.E } } });
        });
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>The settings of a dashboard that trusts it.</summary>
    public (string, string)[] Settings =>
    [
        ("SignIn:Authority", Address), ("SignIn:ClientId", "archiver"), ("SignIn:Audience", "archiver-api"),
        ("SignIn:Roles:Viewer", "readers"), ("SignIn:Roles:Reviewer", "reviewers"), ("SignIn:Roles:Operator:0", "ops"),
    ];

    /// <summary>A token.</summary>
    public string Token(
        string[]? roles = null, string audience = "archiver-api", string? issuer = null, DateTime? expires = null, SecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256)
    {
        Dictionary<string, object> claims = new() { ["sub"] = "ann-1", ["name"] = "Ann", ["roles"] = roles ?? ["readers", "reviewers"] };
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience,
            Expires = expires ?? now.AddMinutes(5),
            Claims = claims,
            SigningCredentials = new SigningCredentials(key ?? _key, algorithm),
        });
    }

    /// <summary>The public key's bytes, which a careless server could take for a secret that it shares.</summary>
    public SymmetricSecurityKey PublicAsSecret() => new(_key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "k1" };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

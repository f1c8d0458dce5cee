using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Archiver.Web.Identity.Provider;

/// <summary>What the provider gave for a session, for the provider alone: no page and no other service sees it.</summary>
/// <param name="Identity">The identity token, by which the provider knows whom to sign out.</param>
/// <param name="Refresh">What a fresh identity token is asked for with; nothing where the provider gives none.</param>
internal sealed record ProviderTokens(string Identity, string? Refresh)
{
    /// <summary>Keeps the tokens out of whatever prints this.</summary>
    public override string ToString() => "tokens";
}

/// <summary>What a session is kept with.</summary>
/// <param name="Tokens">The tokens, sealed.</param>
/// <param name="Until">Until when the provider vouches for it.</param>
internal sealed record ProviderVoucher(string Tokens, DateTimeOffset Until)
{
    /// <inheritdoc cref="ProviderTokens.ToString"/>
    public override string ToString() => $"tokens until {Until:O}";
}

/// <summary>Seals tokens for the table, with keys that every replica has.</summary>
internal sealed class TokenSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("archiver.session.tokens");

    /// <summary>Seals them.</summary>
    public string Seal(ProviderTokens tokens) => _protector.Protect(JsonSerializer.Serialize(tokens));

    /// <summary>Opens them; nothing where the key is gone.</summary>
    public ProviderTokens? Open(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ProviderTokens>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

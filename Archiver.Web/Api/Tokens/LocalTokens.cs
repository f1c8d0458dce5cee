using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.DataProtection;

namespace Archiver.Web.Api.Tokens;

/// <summary>
/// The bearer tokens of a dashboard without a provider: made for who is signed in, for an hour, and readable to nobody but dashboards
/// that share their keys.
/// </summary>
internal sealed class LocalTokens(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>For how long one holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // So that one that strays is known for what it is, by people and by those who look for secrets in files.
    private const string Prefix = "arc_";
    private const int Longest = 4096;

    private readonly IDataProtector _protector = protection.CreateProtector("Archiver.Web.Api.Tokens.v1");

    /// <summary>Makes one.</summary>
    /// <returns>The token, and until when it holds.</returns>
    public (string Token, DateTimeOffset ExpiresAt) Create(Person person)
    {
        DateTimeOffset expiresAt = time.GetUtcNow() + Lifetime;
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(new Content(person.Id, person.Name, [.. person.Roles.Order()], expiresAt));
        return (Prefix + Base64Url.EncodeToString(_protector.Protect(content)), expiresAt);
    }

    /// <summary>Reads one.</summary>
    /// <returns>Whose it is; nobody's where it does not hold.</returns>
    public Person? Read(string token)
    {
        if (token.Length > Longest || !token.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(token.AsSpan(Prefix.Length))) return null;
        try
        {
            Content? content = JsonSerializer.Deserialize<Content>(_protector.Unprotect(Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length))));
            return content is not null && time.GetUtcNow() < content.ExpiresAt ? new Person(content.Id, content.Name, content.Roles.ToHashSet()) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    private sealed record Content(string Id, string Name, IReadOnlyList<Role> Roles, DateTimeOffset ExpiresAt);
}

using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using Archiver.Web.Identity.SignIn;

namespace Archiver.Web.Identity.Provider;

/// <summary>Whom the claims of a validated identity token tell of.</summary>
internal static class ProviderPerson
{
    private static readonly string[] OtherNames = ["preferred_username", "email", "sub"];

    /// <summary>The person; nobody where the token has no issuer or no subject.</summary>
    /// <param name="claims">The token's.</param>
    /// <param name="options">Which claims have the name and the roles, and what makes a role.</param>
    public static Person? Of(IEnumerable<Claim> claims, SignInOptions options)
    {
        Claim[] all = [.. claims];
        if (First(all, "iss") is not { } issuer || First(all, "sub") is not { } subject) return null;
        string name = OtherNames.Prepend(options.NameClaim).Select(claim => First(all, claim)).OfType<string>().Select(Clean).FirstOrDefault(Person.IsName) ?? "?";
        HashSet<string> values = [.. Values(all, options.RoleClaim)];
        return new Person($"{issuer}|{subject}", name, options.Roles.Where(role => role.Value.Any(values.Contains)).Select(role => role.Key).ToFrozenSet());
    }

    private static string? First(Claim[] claims, string type) => claims.FirstOrDefault(claim => claim.Type == type)?.Value;

    private static string Clean(string name)
    {
        string clean = new([.. name.Trim().Where(character => !char.IsControl(character))]);
        return clean.Length <= Person.LongestName ? clean : clean[..Person.LongestName];
    }

    // A list is a claim each. A claim in another, such as realm_access.roles, is JSON in the outer one.
    private static IEnumerable<string> Values(Claim[] claims, string path)
    {
        string[] direct = [.. claims.Where(claim => claim.Type == path).Select(claim => claim.Value)];
        if (direct.Length > 0 || path.IndexOf('.') is not (> 0 and var dot)) return direct;
        return claims.Where(claim => claim.Type == path[..dot]).SelectMany(claim => Inner(claim.Value, path[(dot + 1)..].Split('.')));
    }

    private static string[] Inner(string json, string[] path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement element = document.RootElement;
            foreach (string step in path)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element)) return [];
            }
            return element.ValueKind switch
            {
                JsonValueKind.String => [element.GetString()!],
                JsonValueKind.Array => [.. element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return []; // no object: it has nothing in it
        }
    }
}

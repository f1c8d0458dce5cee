using System.Security.Claims;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Identity.Sessions;

/// <summary>A session as the principal of a request or a circuit.</summary>
internal static class SessionPrincipal
{
    /// <summary>Nobody.</summary>
    public static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    private const string Key = "archiver:session";
    private const string From = "archiver:from";

    /// <summary>The principal of a session.</summary>
    /// <param name="from">The address of the connection. A circuit knows its connection by nothing else.</param>
    public static ClaimsPrincipal Of(Session session, string? from)
    {
        ClaimsIdentity identity = new(PersonClaims.Of(session.Person), SessionScheme.Name, PersonClaims.Name, PersonClaims.Role);
        identity.AddClaim(new Claim(Key, session.Key));
        if (from is not null) identity.AddClaim(new Claim(From, from));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>The session's name; nothing where there is none.</summary>
    public static string? KeyOf(ClaimsPrincipal principal) => principal.FindFirst(Key)?.Value;

    /// <summary>The address of the connection, where it is known.</summary>
    public static string? FromOf(ClaimsPrincipal principal) => principal.FindFirst(From)?.Value;
}

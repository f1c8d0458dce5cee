using System.Security.Claims;

namespace Archiver.Web.Identity.Sessions;

/// <summary>The session behind a circuit.</summary>
internal sealed class CallerSession(Caller caller)
{
    /// <summary>The session as it was read last; nothing where there is none any more.</summary>
    public Session? Now { get; private set; }

    /// <summary>Takes the session as it is now, and the caller with it.</summary>
    /// <param name="session">The session; nothing where it ended.</param>
    /// <param name="from">The address of the connection.</param>
    /// <returns>Whether that made a difference.</returns>
    public bool Take(Session? session, string? from)
    {
        bool same = session?.Key == Now?.Key && IsSame(session?.Self, Now?.Self) && IsSame(session?.ActingAs, Now?.ActingAs) && from == caller.From;
        Now = session;
        if (!same) caller.Become(session?.Person, from);
        return !same;
    }

    /// <summary>The principal of it.</summary>
    public ClaimsPrincipal Principal => Now is { } session ? SessionPrincipal.Of(session, caller.From) : SessionPrincipal.Nobody;

    private static bool IsSame(Person? one, Person? other) =>
        one is null ? other is null : other is not null && one.Id == other.Id && one.Name == other.Name && one.Roles.SetEquals(other.Roles);
}

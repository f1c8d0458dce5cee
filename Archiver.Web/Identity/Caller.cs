using System.Collections.Frozen;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Identity;

/// <summary>
/// Who is behind this scope: a circuit's or a request's. It is told so by whatever signed them in, and again when their roles
/// change, so that what it says holds at the moment that it is asked.
/// </summary>
public sealed class Caller
{
    private static readonly FrozenSet<Role> NoRole = [];

    /// <summary>Who it is; nobody before they signed in and after they signed out.</summary>
    public Person? Person { get; private set; }

    /// <summary>Where they call from: an address, or nothing where that is not known.</summary>
    public string? From { get; private set; }

    /// <summary>The person's name; empty for nobody.</summary>
    public string Name => Person?.Name ?? "";

    /// <summary>It is somebody else, or they may do other things than before.</summary>
    public event Action? Changed;

    /// <summary>Whether the person may do it now.</summary>
    public bool May(Operation operation) => AccessRules.Allows(operation, Person?.Roles ?? NoRole);

    /// <summary>Takes who it is from now on.</summary>
    /// <param name="person">Who; nobody when they signed out.</param>
    /// <param name="from">Where they call from.</param>
    public void Become(Person? person, string? from)
    {
        bool same = person?.Id == Person?.Id && person?.Name == Person?.Name && (person?.Roles.SetEquals(Person?.Roles ?? NoRole) ?? true);
        (Person, From) = (person, from);
        if (!same) Changed?.Invoke();
    }
}

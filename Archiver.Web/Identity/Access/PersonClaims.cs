using System.Collections.Frozen;
using System.Security.Claims;

namespace Archiver.Web.Identity.Access;

/// <summary>A person as the claims of a principal, whatever signed them in: the one shape that policies and callers are read from.</summary>
internal static class PersonClaims
{
    /// <summary>The claim of <see cref="Person.Id"/>.</summary>
    public const string Id = "archiver:person";

    /// <summary>The claim of <see cref="Person.Name"/>.</summary>
    public const string Name = "archiver:name";

    /// <summary>The claim of a role; one for each.</summary>
    public const string Role = "archiver:role";

    /// <summary>A person's claims.</summary>
    public static IEnumerable<Claim> Of(Person person) =>
        [new Claim(Id, person.Id), new Claim(ClaimTypes.NameIdentifier, person.Id), new Claim(Name, person.Name), .. person.Roles.Order().Select(role => new Claim(Role, role.ToString()))];

    /// <summary>The person of a principal; nobody where nobody signed in.</summary>
    public static Person? PersonOf(ClaimsPrincipal? principal) => principal?.FindFirst(Id) is not { } id ? null : new Person(
        id.Value,
        principal.FindFirst(Name)?.Value ?? "",
        principal.FindAll(Role).Select(claim => Enum.Parse<Role>(claim.Value)).ToFrozenSet());
}

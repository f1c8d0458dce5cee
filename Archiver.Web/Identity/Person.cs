using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Identity;

/// <summary>Somebody who uses the dashboard or the API.</summary>
/// <param name="Id">Who they are, for good: the provider and its subject for them. Names change and repeat; this does not.</param>
/// <param name="Name">What they are called; decisions are recorded under it.</param>
/// <param name="Roles">What they may do.</param>
public sealed record Person(string Id, string Name, IReadOnlySet<Role> Roles)
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 80;

    /// <summary>Every role.</summary>
    public static readonly IReadOnlySet<Role> EveryRole = Enum.GetValues<Role>().ToFrozenSet();

    /// <summary>Whether something is a name: not empty, not too long, no control characters.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) => name?.Trim() is { Length: > 0 and <= LongestName } trimmed && !trimmed.Any(char.IsControl);

    /// <summary>Whether they may do it.</summary>
    public bool May(Operation operation) => AccessRules.Allows(operation, Roles);
}

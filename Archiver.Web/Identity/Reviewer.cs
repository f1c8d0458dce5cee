namespace Archiver.Web.Identity;

/// <summary>
/// The person in front of this circuit. Until there is sign-in, who that is, is what they say: the name is kept in their browser,
/// and is the account's that runs the dashboard until they give one.
/// </summary>
public sealed class Reviewer
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 80;

    /// <summary>The name that decisions are recorded under.</summary>
    public string Name { get; private set; } = Environment.UserName;

    /// <summary>The name changed.</summary>
    public event Action? Changed;

    /// <summary>Takes a name; one that is empty, too long or has control characters changes nothing.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool Rename(string? name)
    {
        string trimmed = name?.Trim() ?? "";
        if (trimmed.Length is 0 or > LongestName || trimmed.Any(char.IsControl)) return false;
        if (trimmed == Name) return true;
        Name = trimmed;
        Changed?.Invoke();
        return true;
    }
}

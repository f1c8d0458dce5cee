namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>The rule for the names of state machines and executions.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html</remarks>
internal static class ResourceName
{
    private const string Forbidden = "<>{}[]?*\"#%\\^|~`$&,;:/";

    /// <summary>Gives a name back.</summary>
    /// <exception cref="Wire.AwsError"><c>InvalidName</c>: it has not 1 to 80 characters, or one that a name may not have.</exception>
    public static string Require(string name) =>
        name.Length is < 1 or > 80 || name.Any(IsForbidden) ? throw Refusals.InvalidName(name) : name;

    // U+FFFE and U+FFFF are no characters, and a surrogate is half of one beyond the first plane.
    private static bool IsForbidden(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || char.IsSurrogate(character)
        || character >= '\uFFFE' || Forbidden.Contains(character, StringComparison.Ordinal);
}

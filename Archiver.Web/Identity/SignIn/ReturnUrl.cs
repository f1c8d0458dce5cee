namespace Archiver.Web.Identity.SignIn;

/// <summary>Where somebody goes on after signing in: an address of this dashboard, whatever the query said.</summary>
internal static class ReturnUrl
{
    /// <summary>The parameter's name.</summary>
    public const string Parameter = "returnUrl";

    private const string Home = "/approvals";
    private const int Longest = 2000;

    /// <summary>A path of this host, with its query; home for anything else, such as <c>//elsewhere</c> or <c>/\elsewhere</c>, which browsers take to another host.</summary>
    public static string Clean(string? url) =>
        url is { Length: > 0 and <= Longest } && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\'))
        && !url.Any(character => char.IsControl(character) || character == '\\')
        && !url.StartsWith(SignInPaths.Page, StringComparison.OrdinalIgnoreCase)
            ? url
            : Home;

    /// <summary>The sign-in page's address, that leads to another one afterwards.</summary>
    public static string SignInFor(string? url) => $"{SignInPaths.Page}?{Parameter}={Uri.EscapeDataString(Clean(url))}";
}

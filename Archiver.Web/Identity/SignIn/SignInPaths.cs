namespace Archiver.Web.Identity.SignIn;

/// <summary>The addresses of signing in and out. All of them are open to nobody in particular.</summary>
internal static class SignInPaths
{
    /// <summary>Where signing in starts.</summary>
    public const string Page = "/sign-in";

    /// <summary>Takes the one-time code of the terminal's link.</summary>
    public const string Local = "/sign-in/local";

    /// <summary>Where the provider sends people back.</summary>
    public const string Callback = "/sign-in/callback";

    /// <summary>Where one is when that did not work.</summary>
    public const string Failed = "/sign-in/failed";

    /// <summary>Ends the session.</summary>
    public const string SignOut = "/sign-out";

    /// <summary>Where one is after signing out.</summary>
    public const string SignedOut = "/signed-out";
}

namespace Archiver.Web.Identity.Sessions;

/// <summary>The cookie that holds a session's id, and nothing else.</summary>
internal static class SessionCookie
{
    /// <summary>What a request has.</summary>
    public static string? Read(HttpContext context) => context.Request.Cookies[Name(context.Request)];

    /// <summary>Gives the browser a session's id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="lifetime">For how long the session lasts at most.</param>
    public static void Write(HttpContext context, string id, TimeSpan lifetime)
    {
        CookieOptions options = Options(context.Request);
        options.MaxAge = lifetime;
        context.Response.Cookies.Append(Name(context.Request), id, options);
    }

    /// <summary>Takes it back.</summary>
    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Options(context.Request));

    /// <summary>
    /// Its name. Browsers give cookies to every port of a host: dashboards side by side on one machine would sign each other's people
    /// out, but for the port in it. With the prefix, a browser takes it from the host itself and over https only.
    /// </summary>
    public static string Name(HttpRequest request)
    {
        string name = request.Host.Port is { } port ? FormattableString.Invariant($"archiver-session-{port}") : "archiver-session";
        return request.IsHttps ? $"__Host-{name}" : name;
    }

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax, // a link in somebody's mail is to open the approval that it names
        Secure = request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}

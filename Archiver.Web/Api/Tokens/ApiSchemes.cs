namespace Archiver.Web.Api.Tokens;

/// <summary>How the API knows who sends a request: by a bearer token, and by nothing that a browser sends by itself.</summary>
internal static class ApiSchemes
{
    /// <summary>The API's scheme: the provider's tokens where there is one, else the dashboard's own.</summary>
    public const string Api = "api";

    /// <summary>For what people read at a page and programs by themselves: a token where one is sent, else the session. It is for reading only.</summary>
    public const string Either = "api-or-session";

    /// <summary>The provider's tokens.</summary>
    public const string Provider = "api-provider";

    /// <summary>The dashboard's own tokens.</summary>
    public const string Local = "api-local";
}

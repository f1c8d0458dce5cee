using Archiver.Web.Api.Requests;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Api;

/// <summary>How the API's operations are put on the map, all alike.</summary>
internal static class ApiEndpoints
{
    /// <summary>What every address of the API begins with.</summary>
    public const string Prefix = "/api/v1";

    /// <summary>Maps a read.</summary>
    /// <param name="api">The API's group.</param>
    /// <param name="pattern">Its address.</param>
    /// <param name="allow">What it is, as the rules know it.</param>
    /// <param name="about">What the document says of it.</param>
    /// <param name="handler">Answers it.</param>
    public static void Get(this IEndpointRouteBuilder api, string pattern, Operation allow, ApiOperation about, Delegate handler) => api.MapGet(pattern, handler).Add(allow, about);

    /// <summary>Maps a command.</summary>
    /// <inheritdoc cref="Get" path="/param"/>
    public static void Post(this IEndpointRouteBuilder api, string pattern, Operation allow, ApiOperation about, Delegate handler) => api.MapPost(pattern, handler).Add(allow, about);

    /// <summary>Maps a command that says what is to be.</summary>
    /// <inheritdoc cref="Get" path="/param"/>
    public static void Put(this IEndpointRouteBuilder api, string pattern, Operation allow, ApiOperation about, Delegate handler) => api.MapPut(pattern, handler).Add(allow, about);

    /// <summary>Maps a command that takes something away.</summary>
    /// <inheritdoc cref="Get" path="/param"/>
    public static void Delete(this IEndpointRouteBuilder api, string pattern, Operation allow, ApiOperation about, Delegate handler) => api.MapDelete(pattern, handler).Add(allow, about);

    /// <summary>A path parameter's value; it is there, or the address would be another.</summary>
    public static string Route(this HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    private static void Add(this RouteHandlerBuilder endpoint, Operation allow, ApiOperation about) =>
        endpoint.RequireOperation(allow).WithMetadata(about).WithName(about.Id);
}

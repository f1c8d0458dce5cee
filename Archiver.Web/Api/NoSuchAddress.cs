using Archiver.Web.Api.Answers;
using Archiver.Web.Api.Requests;
using Microsoft.AspNetCore.Routing.Template;

namespace Archiver.Web.Api;

/// <summary>Answers what is none of the API's addresses, or comes with a method that the address does not take, in the form that programs understand.</summary>
internal static class NoSuchAddress
{
    public static ApiAnswer Handle(HttpContext http, EndpointDataSource endpoints)
    {
        string[] methods =
        [
            .. endpoints.Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null && Matches(endpoint, http.Request.Path))
                .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Distinct().Order(StringComparer.Ordinal),
        ];
        return methods.Length == 0
            ? ApiProblem.NotFound.Answer("There is no such address.")
            : ApiProblem.MethodNotAllowed.Answer($"The address takes {string.Join(", ", methods)}.") with { Allow = string.Join(", ", methods) };
    }

    private static bool Matches(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!), []).TryMatch(path, []);
}

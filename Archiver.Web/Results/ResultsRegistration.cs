namespace Archiver.Web.Results;

/// <summary>Registers the feature.</summary>
internal static class ResultsRegistration
{
    public static IServiceCollection AddResults(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapResults(this IEndpointRouteBuilder endpoints) => endpoints;
}

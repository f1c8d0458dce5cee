namespace Archiver.Web.Runs;

/// <summary>Registers the feature.</summary>
internal static class RunsRegistration
{
    public static IServiceCollection AddRuns(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder endpoints) => endpoints;
}

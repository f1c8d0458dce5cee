using Archiver.Web.Identity.Access;
using Archiver.Web.Results.Export;
using Archiver.Web.Results.Store;
using Archiver.Web.Results.Summary;
using Archiver.Web.Shell;

namespace Archiver.Web.Results;

/// <summary>Registers the feature.</summary>
internal static class ResultsRegistration
{
    public static IServiceCollection AddResults(this IServiceCollection services)
    {
        services.AddSingleton<ResultsStore>();
        services.AddSingleton<ResultsReader>();
        services.AddSingleton<ResultsLive>();
        services.AddSingleton<ResultsClearer>();
        services.AddSingleton<SummaryReader>();
        services.AddSingleton<ResultsSummary>();
        services.AddSingleton(new NavigationItem(3, "Results", ResultsUrl.Page));
        return services;
    }

    public static IEndpointRouteBuilder MapResults(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(ResultsUrl.Export, ResultsExport.Csv).RequireOperation(Operation.ExportResults);
        endpoints.MapGet(ResultsUrl.JsonExport, ResultsExport.Json).RequireOperation(Operation.ExportResults);
        endpoints.MapGet(ResultLinks.ApprovalRoute, ApprovalOfResult.HandleAsync).RequireOperation(Operation.ReadApprovals);
        return endpoints;
    }
}

using Archiver.Web.Runs.Again;
using Archiver.Web.Runs.Overview;
using Archiver.Web.Runs.Story;
using Archiver.Web.Shell;

namespace Archiver.Web.Runs;

/// <summary>Registers the feature.</summary>
internal static class RunsRegistration
{
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.AddSingleton<RunsClient>();
        services.AddSingleton<RunsLive>();
        services.AddSingleton<RunWatch>();
        services.AddSingleton<OverviewListPace>();
        services.AddSingleton<OverviewDescribePace>();
        services.AddSingleton<RunsOverviewLive>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunAgain>();
        services.AddSingleton<InboxUploads>();
        services.AddSingleton<DropStatus>();
        services.AddHostedService<DropWatch>();
        services.AddHealthChecks().AddCheck<DropHealth>("drops");
        services.AddSingleton(new NavigationItem(2, "Runs", "/runs"));
        return services;
    }

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapUploads();
        return endpoints;
    }
}

using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Export;
using Archiver.Web.Audit.Pages;
using Archiver.Web.Audit.Store;
using Archiver.Web.Audit.Trail;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Audit;

/// <summary>Registers the feature.</summary>
internal static class AuditRegistration
{
    // Before the features that have something to record: hosted services stop in the opposite order, and this one writes what is left.
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddOptions<AuditOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<AuditOptions>, AuditOptionsReader>();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptionsReader>();
        services.AddSingleton<AuditHasher>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<AuditWorker>();
        services.AddSingleton<AuditReader>();
        services.AddHealthChecks().AddCheck<AuditHealth>("audit");
        services.AddSingleton(new NavigationItem(4, "Audit", AuditUrl.Page));
        return services;
    }

    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(AuditUrl.Export, AuditExport.Handle).WithMetadata(new AllowAttribute(Operation.ExportAudit));
        return endpoints;
    }
}

namespace Archiver.Web.Audit;

/// <summary>Registers the feature.</summary>
internal static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<IAuditTrail, LoggedTrail>();
}

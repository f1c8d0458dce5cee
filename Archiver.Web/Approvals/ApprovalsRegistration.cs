namespace Archiver.Web.Approvals;

/// <summary>Registers the feature.</summary>
internal static class ApprovalsRegistration
{
    public static IServiceCollection AddApprovals(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapApprovals(this IEndpointRouteBuilder endpoints) => endpoints;
}

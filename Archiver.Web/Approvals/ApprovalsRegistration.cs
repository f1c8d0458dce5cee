using Archiver.Web.Approvals.Bulk;
using Archiver.Web.Approvals.DeadLetters;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Approvals.Pages;
using Archiver.Web.Approvals.Presence;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Approvals.Replicas;
using Archiver.Web.Approvals.Review;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals;

/// <summary>Registers the feature.</summary>
internal static class ApprovalsRegistration
{
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.AddOptions<ApprovalsOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<ApprovalsOptions>, ApprovalsOptionsReader>();
        services.AddSingleton<IValidateOptions<ApprovalsOptions>, ApprovalsOptionsReader>();
        services.AddSingleton<IConfigureOptions<ApprovalsOptions>, DenyReasonsReader>();
        services.AddSingleton<IValidateOptions<ApprovalsOptions>, DenyReasonsReader>();
        services.AddOptions<FourEyesOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<FourEyesOptions>, FourEyesOptionsReader>();
        services.AddSingleton<IValidateOptions<FourEyesOptions>, FourEyesOptionsReader>();
        services.AddSingleton<FourEyesRules>();
        services.AddSingleton<Replica>();
        services.AddSingleton<ReplicaRegistry>();
        services.AddSingleton<InboxFollower>();
        services.AddSingleton<ApprovalsStore>();
        services.AddSingleton<ApprovalsFeed>();
        services.TryAddSingleton<IApprovalEvents, NoApprovalEvents>();
        services.AddSingleton<IntakeStatus>();
        services.AddSingleton<ApprovalIntake>();
        services.AddSingleton<DeadLetterQueue>();
        services.AddSingleton<DeadLetterIntake>();
        services.AddSingleton<DeliverySchedule>();
        services.AddSingleton<SendPace>();
        services.AddSingleton<DecisionDelivery>();
        services.AddSingleton<DoubtfulWrites>();
        services.AddHostedService(provider => provider.GetRequiredService<DoubtfulWrites>());
        services.AddSingleton<RowTurn>();
        services.AddSingleton<ApprovalDecisions>();
        services.AddSingleton<ApprovalClaims>();
        services.AddSingleton<InboxViews>();
        services.AddScoped<InboxSight>();
        services.AddScoped<DecisionCommands>();
        services.AddScoped<ClaimCommands>();
        services.AddSingleton<BulkPace>();
        services.AddScoped<BulkWork>();
        services.AddScoped<BulkRuns>();
        services.AddSingleton<PresenceBoard>();
        services.AddSingleton<PresenceRows>();
        services.AddScoped<LookingAt>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<LookingAt>());
        services.AddHostedService<PresenceTeller>();
        services.AddHostedService<PresenceFollower>();
        services.AddSingleton<HistoryPace>();
        services.AddSingleton<TaskFateReader>();
        services.AddSingleton<OnScreen>();
        services.AddSingleton<ReconcileOrder>();
        services.AddSingleton<Reconciler>();
        services.AddHostedService<FollowWorker>();
        services.AddHostedService<ReplicaAnnouncer>();
        services.AddHostedService<DeliveryWorker>();
        services.AddHostedService<IntakeWorker>();
        services.AddHostedService<ReconcileWorker>();
        services.AddSingleton<SeenNotes>();
        services.AddHostedService(provider => provider.GetRequiredService<SeenNotes>());
        services.AddHealthChecks().AddCheck<IntakeHealth>("intake");
        services.AddSingleton(new NavigationItem(1, "Approvals", "/approvals", typeof(ApprovalsBadge)));
        return services;
    }

    public static IEndpointRouteBuilder MapApprovals(this IEndpointRouteBuilder endpoints)
    {
        // The inbox is home, and has one address.
        endpoints.MapGet("/", () => TypedResults.LocalRedirect("~/approvals")).AllowAnonymous();
        endpoints.MapGet(RecordExport.Route, RecordExport.HandleAsync).RequireOperation(Operation.ExportApproval);
        return endpoints;
    }
}

using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Preview;
using Archiver.Web.Results;
using Archiver.Web.Runs;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Display;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Language;
using Archiver.Web.Shell.Welcome;
using Archiver.Web.Tests.Audit;
using Bunit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using MudBlazor;

namespace Archiver.Web.Tests;

/// <summary>
/// Renders components with the dashboard's own services over the shared local cloud. What runs in the background is not
/// started: a test calls the one step that it is about.
/// </summary>
public abstract class DashboardContext : BunitContext
{
    /// <summary>The clock starts at this moment.</summary>
    protected static readonly DateTimeOffset Start = new(2026, 3, 1, 14, 2, 0, TimeSpan.Zero);

    /// <param name="cloud">The cloud that all tests share.</param>
    /// <param name="resources">The names to work on, where a test has queues of its own; else the stack's.</param>
    /// <param name="settings">What is set.</param>
    protected DashboardContext(CloudFixture cloud, CloudResources? resources = null, params (string Key, string Value)[] settings)
    {
        Cloud = cloud;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
        Services.AddLogging();
        Services.AddMudServices();
        Services.AddCloud(cloud.Connection);
        if (resources is not null) Services.AddSingleton(resources);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<SecondTicker>().AddScoped<CommandExecutor>().AddScoped<ViewerTime>().AddLanguage().AddWelcome();
        Services.AddIdentity().AddAudit().AddApprovals().AddRuns().AddResults().AddPreview();
        Services.AddSingleton<IAuditTrail>(Trail);
        Services.GetRequiredService<Caller>().Become(Permits.Someone("Ann"), "127.0.0.1");
        Services.GetRequiredService<ApprovalsFeed>().MarkComplete();
    }

    protected CloudFixture Cloud { get; }

    protected FakeTimeProvider Time { get; } = new(Start) { AutoAdvanceAmount = TimeSpan.Zero };

    /// <summary>What was put on record so far.</summary>
    private protected FakeTrail Trail { get; } = new();

    /// <summary>What the snackbars said so far.</summary>
    protected IReadOnlyList<string> Said => [.. Services.GetRequiredService<ISnackbar>().ShownSnackbars.Select(bar => bar.Message?.ToString() ?? "")];

    /// <summary>Waits until a snackbar says what is waited for. No component renders with it.</summary>
    protected async Task SaidAsync(Predicate<string> said)
    {
        TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ISnackbar snackbar = Services.GetRequiredService<ISnackbar>();
        snackbar.OnSnackbarsUpdated += Listen;
        Listen();
        await heard.Task.WaitAsync(DefaultWaitTimeout);
        snackbar.OnSnackbarsUpdated -= Listen;

        void Listen()
        {
            if (Said.Any(line => said(line))) heard.TrySetResult();
        }
    }

    protected Task SaidAsync(string said) => SaidAsync(line => line == said);

    protected T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Renders the providers that dialogs and popovers need; dialogs then show in what is returned.</summary>
    protected IRenderedComponent<MudDialogProvider> RenderProviders()
    {
        Render<MudPopoverProvider>();
        return Render<MudDialogProvider>();
    }
}

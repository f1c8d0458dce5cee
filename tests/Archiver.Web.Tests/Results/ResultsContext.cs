using Amazon.DynamoDBv2;
using AngleSharp.Dom;
using Archiver.Web.Audit;
using Archiver.Web.Identity;
using Archiver.Web.Results;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Language;
using Archiver.Web.Tests.Audit;
using Archiver.Web.Tests.Results.Fakes;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Archiver.Web.Tests.Results;

/// <summary>Renders the feature over a table of the test's own, which it may fill, sort and clear.</summary>
public abstract class ResultsContext : BunitContext
{
    private protected ResultsContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddMudServices();
        Services.AddSingleton<IAmazonDynamoDB>(Table);
        Services.AddSingleton(Records.Cloud);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddScoped<CommandExecutor>().AddScoped<ViewerTime>().AddScoped<ViewerCulture>();
        Services.AddIdentity().AddAudit().AddResults();
        Services.AddSingleton<IAuditTrail>(new FakeTrail());
        Services.GetRequiredService<Caller>().Become(Permits.Someone("Ann"), "127.0.0.1");
    }

    private protected FakeResultsTable Table { get; } = new();

    private protected SteppedTime Time { get; } = new(Records.Now);

    private protected BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    /// <summary>The address without its host.</summary>
    protected string Address => new Uri(Navigation.Uri).PathAndQuery;

    /// <summary>What the snackbars said so far.</summary>
    protected IReadOnlyList<string> Said => [.. Services.GetRequiredService<ISnackbar>().ShownSnackbars.Select(bar => bar.Message?.ToString() ?? "")];

    /// <summary>Renders the page at an address, and waits until it is read.</summary>
    protected async Task<IRenderedComponent<Web.Results.Pages.Results>> OpenAsync(string address = "/results")
    {
        Navigation.NavigateTo(address);
        IRenderedComponent<Web.Results.Pages.Results> page = Render<Web.Results.Pages.Results>();
        await ReadAsync(page);
        return page;
    }

    /// <summary>Waits until the page is read: nothing in it is busy, and it shows what it has.</summary>
    protected static Task ReadAsync(IRenderedComponent<Web.Results.Pages.Results> page) =>
        page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[aria-busy=true]")));

    /// <summary>The files' names, from above.</summary>
    protected static IEnumerable<string> Names(IRenderedComponent<Web.Results.Pages.Results> page) =>
        page.FindAll("[role=table] tbody tr .name").Select(name => name.TextContent);

    /// <summary>A button or a link by what it says.</summary>
    protected static IElement Named<T>(IRenderedComponent<T> rendered, string name)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        Assert.Single(rendered.FindAll("button, a"), one => one.TextContent.Trim() == name);

    /// <summary>Clicks it. Found and clicked in one step: a live page may be drawn anew in between.</summary>
    protected static Task ClickAsync<T>(IRenderedComponent<T> rendered, string name)
        where T : Microsoft.AspNetCore.Components.IComponent => rendered.InvokeAsync(() => Named(rendered, name).ClickAsync());

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        Table.Dispose();
        Time.Dispose();
    }
}

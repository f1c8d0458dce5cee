using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Archiver.EndToEnd.BrowserFixture))]

namespace Archiver.EndToEnd;

/// <summary>One real Chromium for all tests; each test has a context of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private string? _test;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>Starts the browser: the one that CHROMIUM names, else the system's, else Playwright's own.</summary>
    public async ValueTask InitializeAsync()
    {
        // A limit for what never comes, not a pace: a machine under load must not turn a test red.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>Opens a fresh context, signs it in, and gives its page, on the inbox.</summary>
    internal async Task<IPage> OpenAsync(DashboardProcess dashboard, BrowserNewContextOptions? options = null)
    {
        IPage page = await OpenAsync(dashboard.Address, options);
        await dashboard.SignInAsync(page);
        return page;
    }

    /// <summary>Opens a fresh context, in which nobody is signed in, and gives its page.</summary>
    public async Task<IPage> OpenAsync(Uri address, BrowserNewContextOptions? options = null)
    {
        await CloseEarlierAsync();
        options ??= new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } };
        options.BaseURL = address.ToString();
        IBrowserContext context = await _browser.NewContextAsync(options);
        _contexts.Add(context);
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    // The pages of a test that has ended look for its dashboard for ever, which takes from the next one. Tests run one at a time.
    private async Task CloseEarlierAsync()
    {
        if (_test == TestContext.Current.Test?.UniqueID) return;
        _test = TestContext.Current.Test?.UniqueID;
        foreach (IBrowserContext context in _contexts) await context.CloseAsync();
        _contexts.Clear();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

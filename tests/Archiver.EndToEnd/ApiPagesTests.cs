using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>The pages that lead programs' people to the API, in a real browser under the dashboard's own content security policy.</summary>
public sealed class ApiPagesTests(BrowserFixture browser)
{
    [Fact]
    public async Task Pages_OfTheApi_GiveATokenUnseenAndShowTheDocumentWithoutAnotherHost()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        IPage page = await browser.OpenAsync(dashboard);
        List<string> alarms = [];
        page.Console += (_, line) =>
        {
            if (line.Type == "error" || line.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase)) alarms.Add(line.Text);
        };
        page.PageError += (_, error) => alarms.Add(error);
        string home = dashboard.Address.ToString();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(home, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                alarms.Add($"request to {request.Url}");
        };

        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync("/api");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy API token" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("The token is on the clipboard");
        string token = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.StartsWith("arc_", token, StringComparison.Ordinal);
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, dashboard.Output, StringComparison.Ordinal);

        using HttpClient program = new() { BaseAddress = dashboard.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await program.GetAsync("/api/v1/approvals", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await page.GotoAsync("/api/docs");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Archiver", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("Lists approvals of one status").First).ToBeAttachedAsync();
        Assert.Empty(alarms);
    }
}

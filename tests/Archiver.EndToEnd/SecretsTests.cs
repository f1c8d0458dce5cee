using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>What must never be seen is looked for in everything that leaves the process while it is used: its log at its most talkative, every answer, every address, every frame.</summary>
public sealed class SecretsTests(BrowserFixture browser)
{
    [Fact]
    public async Task Use_WithEverythingLogged_ShowsNoTokenAnywhere()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path, "--Approvals:UndoSeconds", "0", "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Trace");
        string token = $"task-token-{Guid.NewGuid():N}";
        ConcurrentBag<string> seen = [];
        IPage page = await browser.OpenAsync(dashboard.Address, null);
        page.Request += (_, request) => seen.Add(request.Url);
        page.Response += async (_, response) => seen.Add(await BodyAsync(response));
        page.WebSocket += (_, socket) =>
        {
            socket.FrameReceived += (_, frame) => seen.Add(frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? []));
        };
        Uri link = new(await dashboard.NextLinkAsync());
        await page.GotoAsync(link.ToString());
        await page.WaitForURLAsync("**/approvals");

        await HumanQueue.SendAsync(dashboard.CloudEndpoint, JsonSerializer.Serialize(new { TaskToken = token, Order = 4711 }));
        ILocator approve = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") });
        await Expect(approve).ToBeVisibleAsync();
        string approval = (await page.Locator("tr.approval a.name").First.GetAttributeAsync("href"))!;
        await approve.ClickAsync();
        await Expect(approve).ToBeHiddenAsync();
        await page.GotoAsync(approval);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        seen.Add(await (await page.APIRequest.GetAsync(approval + "/record.json")).TextAsync());
        seen.Add(await (await page.APIRequest.GetAsync("/results/export.csv")).TextAsync());
        seen.Add(await (await page.APIRequest.GetAsync("/audit/export.jsonl")).TextAsync());
        await page.GotoAsync("/approvals/dead-letters");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await dashboard.StopAsync();

        // The link itself is printed, which is its purpose; nothing else of the log may have its code.
        string[] log = [.. dashboard.Output.Split('\n').Where(line => !line.StartsWith("Sign in: ", StringComparison.Ordinal))];
        Assert.True(log.Length > 200, "The log is not as talkative as it was to be.");
        string code = link.Fragment.TrimStart('#');
        BrowserContextCookiesResult[] cookies = [.. await page.Context.CookiesAsync()];
        Assert.NotEmpty(cookies);
        foreach (string secret in (string[])[token, code, .. cookies.Select(cookie => cookie.Value)])
        {
            Assert.DoesNotContain(log, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(seen, text => text.Contains(secret, StringComparison.Ordinal));
        }
        Assert.All(cookies, cookie => Assert.True(cookie.HttpOnly, $"Script can read the cookie {cookie.Name}."));
    }

    private static async Task<string> BodyAsync(IResponse response)
    {
        try
        {
            return await response.TextAsync();
        }
        catch (PlaywrightException)
        {
            return ""; // a redirect, or a page that was left: it has no body
        }
    }
}

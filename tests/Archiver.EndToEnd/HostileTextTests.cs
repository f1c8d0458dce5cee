using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>
/// Text that would run if it were taken for markup, in every field that a message, a file's name, a person's name or a reason can
/// carry, on every page that shows it, in a real browser.
/// </summary>
public sealed class HostileTextTests(BrowserFixture browser)
{
    private const string Script = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"' onfocus='window.hacked=1' autofocus x='";
    private const string Link = "javascript:window.hacked=1";

    [Fact]
    public async Task Pages_HostileTextEverywhere_ShowItAndRunNothing()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path, "--Approvals:UndoSeconds", "0");
        IPage page = await browser.OpenAsync(dashboard);
        List<string> alarms = [];
        page.Dialog += (_, dialog) =>
        {
            alarms.Add($"dialog {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Console += (_, line) =>
        {
            if (line.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase)) alarms.Add(line.Text);
        };
        string home = dashboard.Address.ToString();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(home, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) alarms.Add($"request to {request.Url}");
        };

        // A person, a message of anybody's machine, and one that is no approval.
        await page.GotoAsync("/identity/act-as");
        await page.GetByLabel("Name").FillAsync("<img src=x onerror=window.hacked=1>");
        foreach (string role in (string[])["Viewer", "Reviewer", "Operator"]) await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new($"^{role}:") }).SetCheckedAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Act as them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^You are <img") })).ToBeVisibleAsync();
        await HumanQueue.SendAsync(dashboard.CloudEndpoint, Message().ToJsonString());
        await HumanQueue.SendAsync(dashboard.CloudEndpoint, new JsonObject { [Script] = Script }.ToJsonString());

        await page.GotoAsync("/approvals");
        ILocator deny = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Deny <script>") });
        await Expect(deny).ToBeVisibleAsync();
        await CheckAsync(page, alarms);
        string approval = (await page.Locator("tr.approval a.name").First.GetAttributeAsync("href"))!;
        await page.GotoAsync(approval);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("<script>");
        await CheckAsync(page, alarms);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Deny ") }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Reason").FillAsync(Script);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Deny", Exact = true }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("onerror=window.hacked=1");
        await CheckAsync(page, alarms);

        // A real file of a hostile name, through the whole workflow.
        await page.GotoAsync("/runs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start run" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Files").SetInputFilesAsync(new FilePayload { Name = "<img src=x onerror=window.hacked=1>.txt", MimeType = "text/plain", Buffer = "hello"u8.ToArray() });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await page.GotoAsync("/results");
        await Expect(page.GetByText("<img src=x onerror=window.hacked=1>.txt").First).ToBeVisibleAsync();
        await CheckAsync(page, alarms);

        foreach (string path in (string[])["/runs", "/approvals/dead-letters", "/audit", $"/runs/{Uri.EscapeDataString(Script)}", $"/approvals/{Uri.EscapeDataString(Script)}", $"/results?name={Uri.EscapeDataString(Script)}", $"/{Uri.EscapeDataString(Script)}"])
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("main")).Not.ToBeEmptyAsync();
            await CheckAsync(page, alarms);
        }
    }

    private static JsonObject Message() => new()
    {
        ["TaskToken"] = $"hostile-{Guid.NewGuid():N}",
        ["ExecutionArn"] = Link,
        ["RequestedAt"] = Script,
        ["ExpiresAt"] = Script,
        ["Recommendation"] = Script,
        ["File"] = new JsonObject
        {
            ["Id"] = Script,
            ["Name"] = Script,
            ["Bucket"] = Script,
            ["Key"] = "../../" + Script,
            ["VersionId"] = Script,
            ["Size"] = 1,
            ["ContentType"] = Script,
            ["Sha256"] = Script,
            ["Archive"] = true,
            ["Quality"] = 5,
            ["QualityThreshold"] = 50,
            ["Checks"] = new JsonArray(new JsonObject { ["Name"] = Script, ["Passed"] = false, ["Detail"] = Script }),
        },
        [Script] = new JsonObject { [Link] = new JsonArray(Script, Link) },
    };

    private static async Task CheckAsync(IPage page, List<string> alarms)
    {
        Assert.False(await page.EvaluateAsync<bool>("() => 'hacked' in window"), $"Text ran as script on {page.Url}");
        Assert.Equal(0, await page.Locator("main [onerror], main [onfocus], main a[href^='javascript' i], main script").CountAsync());
        Assert.Empty(alarms);
    }
}

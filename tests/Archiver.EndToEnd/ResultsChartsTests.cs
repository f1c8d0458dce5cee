using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>The charts of the results, in a real browser: clicked, by keyboard alone, as tables and compared; and the grid's own columns.</summary>
public sealed class ResultsChartsTests(BrowserFixture browser)
{
    private static readonly string[] Actions = ["Archived", "Archived", "Quality_Fail", "Denied", "Unarchivable", "Expired"];

    [Fact]
    public async Task Charts_OfResults_FilterTheGridAndTellTheSameAsATable()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        DateTime day = await FillAsync(dashboard);
        string date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        IPage page = await browser.OpenAsync(dashboard, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, TimezoneId = "UTC" });
        await page.GotoAsync("/results");
        ILocator rows = page.GetByRole(AriaRole.Table, new() { Name = "Results", Exact = true }).Locator("tbody tr");

        // A click on a bar shows its results, and what is in force can be taken off.
        await page.GetByRole(AriaRole.Link, new() { Name = $"Archived on {date}: 4 results, filter" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"day={date}&action=Archived$"));
        await Expect(rows).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.List, new() { Name = "Filters in force" }).GetByRole(AriaRole.Link, new() { Name = "Archived Take off" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(12);

        // The same by keyboard alone: from the chart's button to its first bar, along with the arrows, and there.
        await page.GotoAsync("/results");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show as table Results over time" }).FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        ILocator focused = page.Locator(":focus");
        string before = day.AddDays(-2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Expect(focused).ToHaveAccessibleNameAsync($"Archived on {before}: 4 results, filter");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowUp");
        string middle = day.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Expect(focused).ToHaveAccessibleNameAsync($"Quality_Fail on {middle}: 2 results, filter");
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(2);
        // What was clicked is gone with the chart of days: the focus is not lost.
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Filters in force" })).ToBeFocusedAsync();

        // As a table, with the same links.
        await page.GotoAsync("/results");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show as table Denials by reason" }).ClickAsync();
        await page.GetByRole(AriaRole.Table, new() { Name = "Denials by reason" }).GetByRole(AriaRole.Link, new() { Name = "Blurred: 3 results, filter" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(3);

        // Just what is filtered is exported.
        string? export = await page.GetByRole(AriaRole.Link, new() { Name = "Export JSON" }).GetAttributeAsync("href");
        JsonElement[] exported = JsonSerializer.Deserialize<JsonElement[]>(await (await page.APIRequest.GetAsync(export!)).TextAsync())!;
        Assert.Equal(["Blurred", "Blurred", "Blurred"], exported.Select(row => row.GetProperty("Comment").GetString()));

        // Beside the day before.
        await page.GotoAsync($"/results?day={date}");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Compare with" }).SelectOptionAsync("The period before");
        await Expect(page.GetByText($"Compared with {middle}")).ToBeVisibleAsync();
        await Expect(page.GetByText("as many as before")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("compare=before$"));
    }

    [Fact]
    public async Task Columns_OfOnesOwn_StayAfterAReload()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        await FillAsync(dashboard);
        IPage page = await browser.OpenAsync(dashboard, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, TimezoneId = "UTC" });
        await page.GotoAsync("/results");
        ILocator grid = page.GetByRole(AriaRole.Table, new() { Name = "Results", Exact = true });
        ILocator file = grid.GetByRole(AriaRole.Columnheader, new() { Name = "File" });

        await page.GetByRole(AriaRole.Button, new() { Name = "Columns", Exact = true }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Comment" }).PressAsync(" ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move File to the front" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move File to the front" }).PressAsync("Escape");
        await Expect(grid.GetByRole(AriaRole.Columnheader).First).ToHaveTextAsync("File");
        LocatorBoundingBoxResult before = (await file.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(before.X + before.Width, before.Y + 10);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(before.X + before.Width + 80, before.Y + 10, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await Expect(grid).ToHaveClassAsync(new Regex("fixed"));

        await page.ReloadAsync();

        await Expect(grid.GetByRole(AriaRole.Columnheader).First).ToHaveTextAsync("File");
        await Expect(grid.GetByRole(AriaRole.Columnheader, new() { Name = "Comment" })).ToHaveCountAsync(0);
        Assert.InRange((await file.BoundingBoxAsync())!.Width, before.Width + 70, before.Width + 90);
        await page.GetByRole(AriaRole.Button, new() { Name = "Columns", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset columns" }).ClickAsync();
        await Expect(grid.GetByRole(AriaRole.Columnheader).First).ToHaveTextAsync("Time");
    }

    // Twelve results a day on three days; gives the last of them.
    private static async Task<DateTime> FillAsync(DashboardProcess dashboard)
    {
        using AmazonDynamoDBClient dynamoDb = new(
            new BasicAWSCredentials("local", "local"), new AmazonDynamoDBConfig { ServiceURL = dashboard.CloudEndpoint.ToString(), AuthenticationRegion = "us-east-1" });
        string table = Assert.Single((await dynamoDb.ListTablesAsync()).TableNames, name => name.Contains("ArchiveTable", StringComparison.Ordinal));
        DateTime last = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-1);
        for (int i = 0; i < 36; i++)
        {
            DateTime time = last.AddDays(-(i / 12)).AddHours(8).AddMinutes(i % 12);
            string action = Actions[i % 6];
            Dictionary<string, AttributeValue> item = new()
            {
                ["Id"] = new AttributeValue { S = $"run-{i:D2}" },
                ["Timestamp"] = new AttributeValue { S = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) },
                ["Day"] = new AttributeValue { S = time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
                ["Action"] = new AttributeValue { S = action },
                ["Archive"] = new AttributeValue { BOOL = true },
                ["Quality"] = new AttributeValue { N = $"{i * 37 % 101}" },
                ["QualityThreshold"] = new AttributeValue { N = "50" },
                ["Approval"] = new AttributeValue { BOOL = action is "Denied" or "Expired" },
                ["FileName"] = new AttributeValue { S = $"File {i:D2}.pdf" },
                ["Size"] = new AttributeValue { N = "1024" },
            };
            if (action == "Denied")
            {
                item["Approved"] = new AttributeValue { BOOL = false };
                item["Comment"] = new AttributeValue { S = i % 12 < 6 ? "Blurred" : "Not the final version" };
                item["DecisionSeconds"] = new AttributeValue { N = $"{(i + 1) * 40}" };
            }
            await dynamoDb.PutItemAsync(table, item);
        }
        return last;
    }
}

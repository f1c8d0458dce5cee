using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Amazon.StepFunctions.Model;
using Archiver.Web.Runs;
using Bunit;
using Microsoft.JSInterop;
using MudBlazor;

namespace Archiver.Web.Tests.Runs;

/// <summary>The dialog, with the browser's part of it played by the test.</summary>
public sealed class StartRunDialogTests : DashboardContext
{
    private readonly BunitJSModuleInterop _files;
    private readonly IRenderedComponent<MudDialogProvider> _dialogs;

    public StartRunDialogTests(CloudFixture cloud) : base(cloud)
    {
        _files = JSInterop.SetupModule("./Runs/StartRunDialog.razor.js").SetupModule("open", []);
        _files.SetupVoid("send", _ => true).SetVoidResult();
        _files.SetupVoid("stop").SetVoidResult();
        _dialogs = RenderProviders();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_AFileWithAnOddName_StartsItsRunWhenTheBrowserHasSentIt()
    {
        const string name = "../<b>\"ü\" 名.txt";
        await OpenAsync(new BrowserFile(name, 5));
        Assert.Equal(name, _dialogs.Find("ul.chosen .foreign").TextContent);
        Assert.Contains("5 B", Chosen(0), StringComparison.Ordinal);
        _dialogs.Find("input[type=checkbox]").Change(true);

        Button("Start").Click(); // its task ends with the sending
        (string click, int[] places, BrowserFiles browser) = await SentAsync();
        Assert.Equal([0], places);
        await _dialogs.InvokeAsync(() => browser.Progress([[0, 2]]));
        Assert.Contains("40 %", Chosen(0), StringComparison.Ordinal);
        await _dialogs.InvokeAsync(() => browser.Ended(0, null));

        await SaidAsync("One run started.");
        await _dialogs.WaitForAssertionAsync(() => Assert.Empty(_dialogs.FindAll(".mud-dialog")));
        JsonNode input = JsonNode.Parse((await DescribeAsync($"{click}-0001")).Input)!;
        Assert.Equal($"uploads/{click}-0001/{name}", (string)input["key"]!);
        Assert.Equal(Cloud.Resources.InboxBucket, (string)input["bucket"]!);
        Assert.True((bool)input["approval_needed"]!);
    }

    [Fact]
    public async Task Start_TheBrowserSaysTheEndTwice_StartsOneRun()
    {
        await OpenAsync(new BrowserFile("a.txt", 1), new BrowserFile("b.txt", 0));

        Button("Start").Click(); // its task ends with the sending
        (_, int[] places, BrowserFiles browser) = await SentAsync();
        await _dialogs.InvokeAsync(() =>
        {
            browser.Ended(1, null);
            browser.Ended(1, null);
            browser.Ended(0, null);
        });

        Assert.Equal([0, 1], places);
        await SaidAsync("2 runs started.");
    }

    [Fact]
    public async Task Start_OneFileFails_SaysWhyAndSendsThatOneAgain()
    {
        await OpenAsync(new BrowserFile("good.txt", 1), new BrowserFile("bad.txt", 1));

        Button("Start").Click(); // its task ends with the sending
        (string click, _, BrowserFiles browser) = await SentAsync();
        await _dialogs.InvokeAsync(() =>
        {
            browser.Ended(0, null);
            browser.Ended(1, "The connection broke.");
        });

        await _dialogs.WaitForAssertionAsync(() =>
            Assert.Equal("bad.txt: It could not be uploaded: The connection broke.", _dialogs.Find(".mud-alert .foreign").TextContent));
        Assert.Contains("Started", Chosen(0), StringComparison.Ordinal);
        Assert.Contains("Failed", Chosen(1), StringComparison.Ordinal);

        await _dialogs.WaitForAssertionAsync(() => Assert.False(Button("Start").HasAttribute("disabled")));
        await _dialogs.InvokeAsync(() => Button("Start").Click()); // no render comes between finding it and the click
        (string again, int[] places, _) = await SentAsync(times: 2);
        Assert.Equal(click, again);
        Assert.Equal([1], places);
        await _dialogs.InvokeAsync(() => browser.Ended(1, null));
        await _dialogs.WaitForAssertionAsync(() => Assert.Empty(_dialogs.FindAll(".mud-dialog")));
        Assert.Equal("ExecutionStarted", await FirstEventAsync($"{click}-0002"));
    }

    [Fact]
    public async Task Choose_FilesThatCanNotBeTaken_RefusesThemBeforeTheStartAndKeepsTheOthersPlaces()
    {
        await OpenAsync(new BrowserFile("huge.bin", InboxUploads.LargestFile + 1), new BrowserFile("fits.bin", InboxUploads.LargestFile));

        Assert.Equal("huge.bin is larger than 1 GB.", _dialogs.Find(".mud-alert .foreign").TextContent);
        Assert.Equal("fits.bin", _dialogs.Find("ul.chosen .foreign").TextContent);
        Button("Start").Click(); // its task ends with the sending
        (_, int[] places, _) = await SentAsync();
        Assert.Equal([1], places);
    }

    [Fact]
    public async Task Choose_AThousandFiles_AsksForThemInPages()
    {
        BrowserFile[] files = [.. Enumerable.Range(0, 1000).Select(index => new BrowserFile($"{index}.txt", index))];

        await OpenAsync(files, pageSize: 400);

        Assert.Equal(1000, _dialogs.FindAll("ul.chosen li").Count);
        Assert.Contains("999.txt", Chosen(999), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_MoreThanAThousandFiles_RefusesThemAll()
    {
        await ShowAsync();
        _files.Setup<int>("take", _ => true).SetResult(1001);
        await _dialogs.Find("input[type=file]").ChangeAsync("");

        await _dialogs.WaitForAssertionAsync(() =>
            Assert.Equal("1,001 files are more than 1,000 at once.", _dialogs.Find(".mud-alert .foreign").TextContent));
        Assert.Empty(_dialogs.FindAll("ul.chosen"));
    }

    [Fact]
    public async Task Stop_WhileAFileIsSent_StopsTheBrowserAndStartsNothing()
    {
        await OpenAsync(new BrowserFile("a.txt", 1));

        Button("Start").Click(); // its task ends with the sending
        await SentAsync();
        await Button("Stop").ClickAsync();

        await SaidAsync("Stopped. 0 runs started.");
        await _dialogs.WaitForAssertionAsync(() => Assert.NotEmpty(_files.Invocations["stop"]));
    }

    private IElement Button(string text) => _dialogs.FindAll("button").First(button => button.TextContent.Trim() == text);

    private string Chosen(int place) => _dialogs.FindAll("ul.chosen li")[place].TextContent;

    private Task<IDialogReference> ShowAsync() => _dialogs.InvokeAsync(() => Get<IDialogService>().ShowAsync<StartRunDialog>("Start run"));

    private Task OpenAsync(params BrowserFile[] files) => OpenAsync(files, files.Length);

    private async Task OpenAsync(BrowserFile[] files, int pageSize)
    {
        _files.Setup<int>("take", _ => true).SetResult(files.Length);
        for (int from = 0; from < files.Length; from += pageSize)
            _files.Setup<BrowserFile[]>("describe", from).SetResult([.. files.Skip(from).Take(pageSize)]);
        await ShowAsync();
        await _dialogs.Find("input[type=file]").ChangeAsync("");
    }

    private async Task<(string Click, int[] Places, BrowserFiles Browser)> SentAsync(int times = 1)
    {
        await _dialogs.WaitForAssertionAsync(() => Assert.Equal(times, _files.Invocations["send"].Count));
        IReadOnlyList<object?> arguments = _files.Invocations["send"][times - 1].Arguments;
        string address = Assert.IsType<string>(arguments[0]);
        Assert.StartsWith("runs/uploads/", address, StringComparison.Ordinal);
        return (address["runs/uploads/".Length..], [.. Assert.IsAssignableFrom<IEnumerable<int>>(arguments[1])],
            Assert.IsType<DotNetObjectReference<BrowserFiles>>(arguments[2]).Value);
    }

    private string Arn(string name) => $"{Cloud.Resources.StateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}";

    private Task<DescribeExecutionResponse> DescribeAsync(string name) =>
        Cloud.StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = Arn(name) }, Cancel);

    private async Task<string> FirstEventAsync(string name) => (await Cloud.StepFunctions.GetExecutionHistoryAsync(
        new GetExecutionHistoryRequest { ExecutionArn = Arn(name), MaxResults = 1 }, Cancel)).Events[0].Type.Value;
}

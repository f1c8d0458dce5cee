using AngleSharp.Dom;
using Archiver.Web.Shell.Json;
using Bunit;

namespace Archiver.Web.Tests.Shell.Json;

public sealed class JsonViewTests : BunitContext
{
    private const string Text = """{"first":{"inner":"needle"},"second":[1,2,3],"third":"Needle too"}""";

    private readonly BunitJSModuleInterop _module;

    public JsonViewTests()
    {
        _module = JSInterop.SetupModule("./Shell/Json/JsonView.razor.js");
        _module.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Fold_AMember_HidesWhatIsInItAndSaysHowMuch()
    {
        IRenderedComponent<JsonView> view = View(Text);
        IElement fold = view.Find("button[aria-label='Fold second']");
        Assert.Equal("true", fold.GetAttribute("aria-expanded"));

        fold.Click();

        Assert.Equal("false", view.Find("button[aria-label='Unfold second']").GetAttribute("aria-expanded"));
        Assert.Contains("[ 3 … ],", Lines(view), StringComparison.Ordinal);
        Assert.Contains("needle", Lines(view), StringComparison.Ordinal);
    }

    [Fact]
    public void Search_WhatIsFolded_UnfoldsItAndCounts()
    {
        IRenderedComponent<JsonView> view = View(Text);
        view.Find("button[aria-label='Fold all of Input']").Click();
        Assert.DoesNotContain("needle", Lines(view), StringComparison.Ordinal);

        view.Find("input").Input("NEEDLE");

        Assert.Equal("1 of 2", view.Find("[role=status]").TextContent);
        Assert.Contains("needle", view.Find(".line.current").TextContent, StringComparison.Ordinal);
        Assert.Equal("needle", view.Find(".line.current mark").TextContent);

        view.Find("input").KeyDown(Key.Enter);
        Assert.Contains("Needle too", view.Find(".line.current").TextContent, StringComparison.Ordinal);
        view.Find("button[aria-label='Next match in Input']").Click();
        Assert.Equal("1 of 2", view.Find("[role=status]").TextContent);
    }

    [Fact]
    public void Search_WhatIsNotThere_SaysSo()
    {
        IRenderedComponent<JsonView> view = View(Text);

        view.Find("input").Input("absent");

        Assert.Equal("Not found", view.Find("[role=status]").TextContent);
        Assert.True(view.Find("button[aria-label='Next match in Input']").HasAttribute("disabled"));
    }

    [Fact]
    public void Copy_TheText_PutsItOnTheClipboardAndSaysSo()
    {
        _module.Setup<bool>("copy", Text).SetResult(true);
        IRenderedComponent<JsonView> view = View(Text);

        view.Find("button[aria-label='Copy Input']").Click();

        view.WaitForAssertion(() => Assert.Equal("Copied", view.Find("button[aria-label='Copy Input']").TextContent));
    }

    [Fact]
    public void View_TextThatIsNoJson_IsShownAsItIs() => Assert.Equal("no <b>JSON</b>", View("no <b>JSON</b>").Find("pre").TextContent);

    [Fact]
    public void View_ThousandsOfLines_ShowsSomeAndMoreWhenAsked()
    {
        IRenderedComponent<JsonView> view = View($"[{string.Join(',', Enumerable.Range(0, 1200))}]");
        Assert.Equal(500, view.FindAll(".line").Count);

        view.Find("button.more").Click();

        Assert.Equal(1000, view.FindAll(".line").Count);
    }

    [Fact]
    public void View_OtherText_StartsAnew()
    {
        IRenderedComponent<JsonView> view = View(Text);
        view.Find("button[aria-label='Fold second']").Click();

        view.Render(parameters => parameters.Add(one => one.Text, """{"second":[1,2,3,4,5,6]}"""));

        Assert.NotEmpty(view.FindAll("button[aria-label='Fold second']"));
    }

    [Fact]
    public void Editor_BrokenText_SaysWhereAndCannotBeFormatted()
    {
        string text = "{\"a\": }";
        IRenderedComponent<JsonEditor> editor = Render<JsonEditor>(parameters => parameters.Add(one => one.Label, "Input").Add(one => one.Text, text));

        Assert.Contains("Line 1, column 7", editor.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", editor.Find("textarea").GetAttribute("aria-invalid"));
        Assert.True(editor.Find("button").HasAttribute("disabled"));
    }

    [Fact]
    public void Editor_Format_IndentsWhatIsWritten()
    {
        string text = "";
        IRenderedComponent<JsonEditor> editor = Render<JsonEditor>(parameters => parameters
            .Add(one => one.Label, "Input").Add(one => one.Text, "{\"a\":1}").Add(one => one.TextChanged, changed => text = changed));

        editor.Find("button").Click();

        Assert.Equal("{\n  \"a\": 1\n}", text);
    }

    private IRenderedComponent<JsonView> View(string text) => Render<JsonView>(parameters => parameters.Add(one => one.Title, "Input").Add(one => one.Text, text));

    private static string Lines(IRenderedComponent<JsonView> view) => view.Find(".lines").TextContent;
}

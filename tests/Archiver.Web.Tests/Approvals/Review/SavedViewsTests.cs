using AngleSharp.Dom;
using Archiver.Web.Approvals.Review;
using Bunit;

namespace Archiver.Web.Tests.Approvals.Review;

public sealed class SavedViewsTests(CloudFixture cloud) : DashboardContext(cloud)
{
    private const string Module = "./Approvals/Review/SavedViews.razor.js";

    private static readonly ReviewView Nameless = new(new InboxFilter { Text = "ledger" }, ApprovalSort.Name, Descending: false);

    [Fact]
    public void Defaults_EachQuery_IsWhatItsStateIsWrittenAs() =>
        Assert.All(SavedView.Defaults(), view => Assert.Equal(view.Query, ReviewUrl.ToQuery(SavedView.Read(view.Query))));

    [Fact]
    public void Read_WhatABrowserKept_IsTakenAsFarAsItIsUnderstood()
    {
        IReadOnlyList<SavedView> views = SavedView.Read([new("Mine", "?q=a&colour=red&item=f00"), null, new("", "?q=b"), new(null!, null!), new("mine", "?q=c"), new("Broken", "?min-quality=x")]);

        Assert.Equal([new SavedView("Mine", "?q=a"), new SavedView("Broken", "")], views);
    }

    [Fact]
    public void With_OneOfTheSameName_TakesItsPlace() =>
        Assert.Equal([new SavedView("A", "?q=2"), new SavedView("B", "")], SavedView.With([new("a", "?q=1"), new("B", "")], new("A", "?q=2")));

    [Fact]
    public async Task Save_AName_IsKeptAndChosen()
    {
        BunitJSModuleInterop module = Kept();
        IRenderedComponent<SavedViews> views = Show(Nameless);
        Assert.Equal("A view without a name", views.Find("select option").TextContent);

        await views.Find("button").ClickAsync();
        await views.Find("input").InputAsync(" Ledgers ");
        await views.Find("form").SubmitAsync();

        SavedView kept = Assert.Single(Assert.IsAssignableFrom<IReadOnlyList<SavedView>>(Assert.Single(module.Invocations["write"]).Arguments[0]));
        Assert.Equal(new SavedView("Ledgers", "?q=ledger&sort=name"), kept);
        Assert.Equal("Ledgers", views.FindAll("optgroup option").Single().TextContent);
        Assert.NotEmpty(views.FindAll("button[aria-label='Delete the view Ledgers']"));
    }

    [Fact]
    public async Task Rename_AndDelete_AreOfOnesOwn()
    {
        BunitJSModuleInterop module = Kept(new SavedView("Ledgers", "?q=ledger&sort=name"));
        IRenderedComponent<SavedViews> views = Show(Nameless);

        await (await views.WaitForElementAsync("button[aria-label='Rename the view Ledgers']")).ClickAsync();
        await views.Find("input").InputAsync("Books");
        await views.Find("form").SubmitAsync();
        Assert.Equal("Books", views.FindAll("optgroup option").Single().TextContent);

        await views.Find("button[aria-label='Delete the view Books']").ClickAsync();
        Assert.Empty(views.FindAll("optgroup"));
        Assert.Equal(2, module.Invocations["write"].Count);
    }

    [Fact]
    public async Task Choose_ADefault_GoesThere()
    {
        ReviewView? gone = null;
        IRenderedComponent<SavedViews> views = Render<SavedViews>(parameters => parameters.Add(one => one.View, ReviewView.Default).Add(one => one.Changed, view => gone = view));
        IElement low = views.FindAll("option").Single(option => option.TextContent == "Low quality");

        await views.Find("select").ChangeAsync(low.GetAttribute("value"));

        Assert.Equal(new ReviewView(new InboxFilter { MostQuality = 49 }, ApprovalSort.Quality, Descending: false), gone);
        Assert.Empty(views.FindAll("button")); // all that waits has a name
    }

    private BunitJSModuleInterop Kept(params SavedView[] views)
    {
        BunitJSModuleInterop module = JSInterop.SetupModule(Module);
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<SavedView?[]>("read").SetResult(views);
        return module;
    }

    private IRenderedComponent<SavedViews> Show(ReviewView view) => Render<SavedViews>(parameters => parameters.Add(one => one.View, view));
}

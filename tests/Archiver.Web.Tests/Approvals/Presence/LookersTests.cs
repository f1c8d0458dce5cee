using Archiver.Web.Approvals.Presence;
using Bunit;

namespace Archiver.Web.Tests.Approvals.Presence;

/// <summary>What a page says of who else looks.</summary>
public sealed class LookersTests(CloudFixture cloud) : DashboardContext(cloud)
{
    [Fact]
    public async Task Lookers_AsOthersComeAndGo_AreNamed()
    {
        PresenceBoard board = Get<PresenceBoard>();
        Get<LookingAt>().Look("a"); // Ann, whose page it is
        IRenderedComponent<Lookers> lookers = Render<Lookers>(parameters => parameters.Add(one => one.ApprovalId, "a"));
        Assert.Empty(Text(lookers));
        Assert.Equal("status", lookers.Find(".lookers").GetAttribute("role"));

        object[] circuits = [new(), new(), new(), new()];
        board.Set(circuits[0], new Looker("test|Bob", "Bob", "a"));
        await lookers.WaitForAssertionAsync(() => Assert.Equal("Bob is looking at this", Text(lookers)));
        board.Set(circuits[1], new Looker("test|Cy", "Cy", "a"));
        await lookers.WaitForAssertionAsync(() => Assert.Equal("Bob, Cy are looking at this", Text(lookers)));
        board.Set(circuits[2], new Looker("test|Di", "Di", "a"));
        board.Set(circuits[3], new Looker("test|Ed", "Ed", "a"));
        await lookers.WaitForAssertionAsync(() => Assert.Equal("Bob, Cy and 2 others are looking at this", Text(lookers)));

        foreach (object circuit in circuits) board.Set(circuit, null);
        await lookers.WaitForAssertionAsync(() => Assert.Empty(Text(lookers)));
        await DisposeComponentsAsync();
        Assert.False(board.IsWatched); // and nothing is read from the other replicas any more
    }

    private static string Text(IRenderedComponent<Lookers> lookers) => lookers.Find(".lookers").TextContent.Trim();
}
